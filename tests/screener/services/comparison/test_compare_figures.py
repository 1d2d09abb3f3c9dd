import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.families import FAMILY_NAMES
from assets.models import RequestLog
from screener.checklist import CRITERIA
from screener.checklist.bands import AtLeast
from screener.services.comparison.compare_figures import (
    FIRST,
    GROUPS,
    Absence,
    Better,
    best_of,
    compare_figures,
    same_position,
)
from tests.factories.scorecards import NOW, make_asset, make_card

AS_THE_CHECKLIST = {
    "float_share": "tokenomics.float_share",
    "unlock_30d_share": "tokenomics.unlock_30d",
    "emission_12m_share": "tokenomics.emission_12m",
    "round_trip_cost_share": "liquidity_depth.round_trip_cost",
    "days_to_exit": "liquidity_depth.days_to_exit",
    "depth_down_usd": "liquidity_depth.depth_to_position",
    "last_trade_hours": "liquidity_depth.living_market",
    "top_ten_adjusted_share": "holder_concentration.top_ten_share",
    "largest_wallet_share": "holder_concentration.largest_wallet",
    "holder_count": "holder_concentration.holder_count",
    "runway_months": "tokenomics.cash_runway",
}
FIGURES = {each.measure.name: each for figures in (*FIRST, *GROUPS.values()) for each in figures}


def row_of(columns, name):
    compared = compare_figures(columns)
    groups = (*compared.first, *(each.rows for each in compared.groups))
    return {row.measure.name: row for rows in groups for row in rows}[name]


@pytest.mark.parametrize(("name", "criterion"), AS_THE_CHECKLIST.items())
def test_better_is_what_the_checklist_calls_better(name, criterion):
    rises = isinstance(CRITERIA[criterion].bands[0], AtLeast)
    assert FIGURES[name].better is (Better.HIGHER if rises else Better.LOWER)


def test_every_figure_names_families_that_exist():
    assert {family for each in FIGURES.values() for family in each.families} <= set(FAMILY_NAMES)


@pytest.mark.parametrize(
    ("values", "better", "best"),
    [
        ([1, 2, 3], Better.HIGHER, {2}),
        ([1, 2, 3], Better.LOWER, {0}),
        ([1, 1, 3], Better.LOWER, {0, 1}),
        ([None, 2, 3], Better.LOWER, {1}),
        ([0.0, None, 3], Better.LOWER, {0}),
        ([None, 2], Better.LOWER, set()),
        ([2, 2, 2], Better.HIGHER, set()),
        ([1, 2, 3], None, set()),
        ([None, None], Better.HIGHER, set()),
    ],
)
def test_the_best_is_named_where_there_is_one(values, better, best):
    assert best_of(values, better=better) == best


@given(
    values=st.lists(st.none() | st.floats(allow_nan=False), min_size=2, max_size=5),
    better=st.sampled_from(Better),
)
def test_no_known_value_beats_the_best(values, better):
    sign = 1 if better is Better.HIGHER else -1
    for place in best_of(values, better=better):
        assert all(sign * values[place] >= sign * each for each in values if each is not None)


@pytest.mark.django_db
def test_a_missing_figure_says_why():
    told, other, silent, new = (
        make_asset("Told"),
        make_asset("Other", kind="equity"),
        make_asset("Silent"),
        make_asset("New"),
    )
    RequestLog.objects.create(
        asset=silent, provider="goplus", family="holders", asked_at=NOW, problem="Not known."
    )
    columns = [
        (told, make_card(told, figures={"tvl_usd": 5.0, "holder_count": 7})),
        (other, make_card(other, figures={})),
        (silent, make_card(silent, figures={})),
        (new, None),
    ]
    tvl, holders = row_of(columns, "tvl_usd"), row_of(columns, "holder_count")
    assert [each.absence for each in tvl.cells] == [
        None,
        Absence.OTHER_KIND,
        Absence.UNKNOWN,
        Absence.UNSCORED,
    ]
    assert holders.cells[2].request_log.problem == "Not known."
    assert holders.cells[1].request_log is None
    assert not holders.is_complete


@pytest.mark.django_db
def test_rows_that_none_of_the_kinds_can_have_are_left_out():
    one, two = make_asset("One", kind="equity"), make_asset("Two", kind="equity")
    names = {
        row.measure.name
        for group in compare_figures([(one, make_card(one)), (two, make_card(two))]).groups
        for row in group.rows
    }
    assert "tvl_usd" not in names
    assert "runway_months" in names


@pytest.mark.django_db
def test_costs_of_different_positions_have_no_best():
    one, two = make_asset("One"), make_asset("Two")
    cheap = {"round_trip_cost_share": 0.01, "position_usd": 100, "spread_share": 0.01}
    dear = {"round_trip_cost_share": 0.05, "position_usd": 9_000, "spread_share": 0.02}
    columns = [(one, make_card(one, figures=cheap)), (two, make_card(two, figures=dear))]
    assert not same_position(columns)
    assert not any(each.is_best for each in row_of(columns, "round_trip_cost_share").cells)
    assert [each.is_best for each in row_of(columns, "spread_share").cells] == [True, False]
    alike = [
        (one, make_card(one, figures=cheap)),
        (two, make_card(two, figures=dear | {"position_usd": 100})),
    ]
    assert [each.is_best for each in row_of(alike, "round_trip_cost_share").cells] == [True, False]


@pytest.mark.django_db
def test_they_take_one_query(django_assert_num_queries):
    columns = [
        (each, make_card(each)) for each in (make_asset("One"), make_asset("Two"), make_asset("Three"))
    ]
    with django_assert_num_queries(1):
        compare_figures(columns)
