from datetime import UTC, datetime, timedelta

import numpy as np

from screener.charts import shares_chart
from screener.services.market.lines import line_of, market_lines

DAYS = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(20)]


def test_a_line_has_its_known_days():
    line = line_of(1, "Micro", DAYS, np.array([np.nan, 0.5, *[np.nan] * 18]))
    assert (line.days, line.values) == ((DAYS[1],), (0.5,))


def test_the_table_goes_back_by_seven_days_to_the_first():
    values = np.linspace(0, 1, 20)
    hollow = np.where(np.arange(20) == 12, np.nan, values)
    lines = [
        line_of(1, "One", DAYS, values),
        line_of(2, "Two", DAYS, hollow),
        line_of(3, "Few", DAYS[:1], values[:1]),
    ]
    shown = market_lines(lines, draw=shares_chart, unit="share")
    assert [row.at for row in shown.rows] == [DAYS[19], DAYS[12], DAYS[5], DAYS[0]]
    assert shown.rows[1].values == (values[12], None)
    assert shown.missing == ("Few",)
    assert shown.chart is not None


def test_without_a_line_there_is_no_chart():
    shown = market_lines([line_of(1, "Few", [], np.array([]))], draw=shares_chart, unit="share")
    assert (shown.chart, shown.rows, shown.missing) == (None, (), ("Few",))
