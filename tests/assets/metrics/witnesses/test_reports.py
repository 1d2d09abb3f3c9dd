import pytest

from assets.metrics.witnesses.reports import SLACK
from tests.assets.metrics.witnesses.looking import asked_by

LINES = ("cash_usd", "current_assets_usd", "total_assets_usd", "total_liabilities_usd")
BEFORE = dict.fromkeys(LINES, 9e6) | {"revenue_ttm_usd": 2e7}


def scaled(times, *, lines=LINES, **changes):
    now = BEFORE | {name: BEFORE[name] * times for name in lines} | changes
    return asked_by("other_scale", kind="equity", fundamentals=now, fundamentals_year_ago=BEFORE)


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1e3, 1e6])
@pytest.mark.parametrize("growth", [1 / SLACK * 1.01, 1, SLACK * 0.99])
def test_balance_sheets_of_different_scales_are_questioned_as_a_whole(scale, growth):
    assert sorted(scaled(scale * growth)) == sorted([*BEFORE, *BEFORE])


@pytest.mark.parametrize("times", [1, 10, 50, 1e-1, 1 / 50, -1_000 / SLACK / 1.01])
def test_growth_is_no_scale(times):
    assert scaled(times) == []


def test_one_or_two_lines_may_vanish():
    assert scaled(1e-3, lines=LINES[:2]) == []
    assert len(scaled(1e-3, lines=LINES[:3])) == 10


def test_one_report_alone_contradicts_nothing():
    assert asked_by("other_scale", kind="equity", fundamentals=BEFORE) == []
