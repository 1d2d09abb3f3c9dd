from datetime import UTC, datetime, timedelta

import pytest

from screener.charts import drawdown_chart, volatility_chart
from tests.screener.charts.drawn import places, shape, stays_inside

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SPAN = (NOW, NOW + timedelta(days=2))


def over_days(*shares):
    return [(NOW + timedelta(days=day), share) for day, share in enumerate(shares)]


def test_a_loss_goes_down_from_the_top_and_a_swing_up_from_the_bottom():
    lost, moved = (
        chart(over_days(0.0, 0.4, 0.1), span=SPAN, peers=0.2) for chart in (drawdown_chart, volatility_chart)
    )
    assert stays_inside(lost)
    assert stays_inside(moved)
    down, up = ([y for _x, y in places(shape(each, "line"))] for each in (lost, moved))
    assert down[0] < down[2] < down[1]
    assert up[0] > up[2] > up[1]
    assert [point.values["share"] for point in lost.points] == [0.0, 0.4, 0.1]


@pytest.mark.parametrize("chart", [drawdown_chart, volatility_chart])
def test_the_median_of_the_peers_is_a_level_wherever_it_lies(chart):
    (level,) = chart(over_days(0.01, 0.02), span=SPAN, peers=0.9).levels
    assert 0 <= level.y <= chart(over_days(0.01, 0.02), span=SPAN, peers=0.9).height
    assert chart(over_days(0.01, 0.02), span=SPAN, peers=None).levels == ()


@pytest.mark.parametrize("chart", [drawdown_chart, volatility_chart])
def test_one_day_is_no_line(chart):
    assert chart(over_days(0.1), span=SPAN, peers=0.1) is None
    assert chart([], span=SPAN, peers=None) is None


def test_what_is_known_later_begins_later_on_the_same_days():
    late = volatility_chart(over_days(0.01, 0.02, 0.03)[1:], span=SPAN, peers=None)
    assert [x for x, _y in places(shape(late, "line"))] == [500, 1_000]


def test_a_price_at_its_high_all_the_time_is_a_line_at_the_top():
    assert stays_inside(drawdown_chart(over_days(0.0, 0.0, 0.0), span=SPAN, peers=None))
