from dataclasses import replace

import numpy as np

from assets.metrics.planning.progress import PlannedOrders
from screener.services.dossier.plan_chart import plan_chart
from tests.assets.metrics.planning.made import bars

ORDERS = PlannedOrders(price_usd=np.array([2.0, 1.0]), units=np.array([1.0, 1.0]), stop_usd=0.5)


def test_orders_and_stop_are_levels_within_the_chart():
    chart = plan_chart(bars((2, 1.9, 2), (2, 1.9, 2)), ORDERS)
    assert [each.value for each in chart.levels] == [2.0, 1.0, 0.5]
    assert all(0 <= each.y <= chart.height for each in chart.levels)
    assert chart.levels[0].y < chart.levels[1].y < chart.levels[2].y


def test_without_a_stop_there_is_no_line_for_it():
    chart = plan_chart(bars((2, 1.9, 2), (2, 1.9, 2)), replace(ORDERS, stop_usd=0.0))
    assert len(chart.levels) == 2


def test_one_day_is_no_chart():
    assert plan_chart(bars((2, 1.9, 2)), ORDERS) is None
