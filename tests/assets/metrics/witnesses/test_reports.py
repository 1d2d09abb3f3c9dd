import pytest

from assets.metrics.witnesses.reports import SLACK
from tests.assets.metrics.witnesses.looking import asked, asked_by

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


@pytest.mark.parametrize(
    ("factor", "questioned"), [(None, []), (1_000.0, sorted(BEFORE)), (1e-6, sorted(BEFORE))]
)
def test_a_report_that_was_multiplied_is_questioned(factor, questioned):
    now = BEFORE | {"rescaled_by": factor}
    found = asked_by("rescaled", kind="equity", fundamentals=now, fundamentals_year_ago=BEFORE)
    assert sorted(found) == questioned


def test_a_multiplied_report_is_shown_beside_what_it_says():
    found = asked(kind="equity", fundamentals={"cash_usd": 4_917_000.0, "rescaled_by": 1_000.0})
    assert found == [("fundamentals", "", "cash_usd", 4_917_000, 4_917)]


WHOLE = {
    "total_assets_usd": 900.0,
    "current_assets_usd": 400.0,
    "total_liabilities_usd": 500.0,
    "revenue_ttm_usd": 800.0,
}


def above(**changes):
    return asked_by("above_its_total", kind="equity", fundamentals=WHOLE | changes)


@pytest.mark.parametrize(
    ("changes", "questioned"),
    [
        ({"cash_usd": 908.0}, []),
        ({"cash_usd": 910.0}, ["cash_usd"]),
        ({"receivables_usd": 410.0}, ["receivables_usd"]),
        ({"current_liabilities_usd": 510.0}, ["current_liabilities_usd"]),
        ({"debt_usd": 500.0}, []),
        ({"gross_profit_ttm_usd": 810.0}, ["gross_profit_ttm_usd"]),
        ({"gross_profit_ttm_usd": -2_000.0}, []),
        # Several parts say that the total is wrong.
        (
            {"cash_usd": 300.0, "total_assets_usd": 0.9, "property_usd": 200.0},
            ["cash_usd", "current_assets_usd", "property_usd", "total_assets_usd"],
        ),
        ({"cash_usd": 9e9, "total_assets_usd": float("nan")}, []),
    ],
)
def test_no_part_is_more_than_its_total(changes, questioned):
    assert sorted(above(**changes)) == questioned


@pytest.mark.parametrize(
    ("times", "is_off"),
    [
        (1e3, True),
        (1.9e3, True),
        (510, True),
        (490, False),
        (2.1e3, False),
        (1e6, True),
        (1e-3, True),
        (9, False),
    ],
)
def test_revenue_is_of_one_scale_with_that_of_the_year_before(times, is_off):
    rows = {"revenue_ttm_usd": 5e6 * times, "revenue_prior_ttm_usd": 5e6}
    found = asked_by("other_scale_of_revenue", kind="equity", fundamentals=rows)
    assert sorted(found) == (["revenue_prior_ttm_usd", "revenue_ttm_usd"] if is_off else [])


@pytest.mark.parametrize("prior", [0.0, float("nan")])
def test_a_first_revenue_is_of_no_scale(prior):
    rows = {"revenue_ttm_usd": 5e6, "revenue_prior_ttm_usd": prior}
    assert asked_by("other_scale_of_revenue", kind="equity", fundamentals=rows) == []
