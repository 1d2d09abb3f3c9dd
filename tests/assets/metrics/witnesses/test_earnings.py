from datetime import timedelta

import pytest

from assets.metrics.witnesses.earnings import PERIODS_FACTOR
from tests.assets.metrics.batch import NOW
from tests.assets.metrics.witnesses.looking import asked_by


@pytest.mark.parametrize(
    ("fees", "revenue", "is_asked"),
    [
        (100, 100, False),
        (100, 100 * PERIODS_FACTOR, False),
        (100, 101 * PERIODS_FACTOR, True),
        (0, 1, True),
        (-50, 10, True),
        (-50, -200, False),
        (100, -300, False),
        (None, 100, False),
        (100, None, False),
    ],
)
def test_revenue_is_a_part_of_the_fees(fees, revenue, is_asked):
    usage = {"fees_annual_usd": fees, "revenue_annual_usd": revenue}
    assert asked_by("above_fees", usage=usage) == ["revenue_annual_usd"] * is_asked


@pytest.mark.parametrize(("days", "is_asked"), [(7, True), (8, False)])
def test_fees_of_another_time_are_not_compared(days, is_asked):
    usage = {"fees_annual_usd": 1, "fees_annual_usd_at": NOW - timedelta(days=days)}
    usage |= {"revenue_annual_usd": 9, "revenue_annual_usd_at": NOW}
    assert asked_by("above_fees", usage=usage) == ["revenue_annual_usd"] * is_asked
