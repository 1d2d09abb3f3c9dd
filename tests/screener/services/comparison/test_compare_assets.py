from datetime import timedelta

import pytest

from screener.checklist import CHECKLIST_VERSION, CRITERIA
from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits
from screener.services.comparison.compare_assets import Interval, compare_assets, highest_of
from tests.factories.example import NOW, fill_equity, fill_example
from tests.factories.scorecards import (
    make_answered_card,
    make_asset,
    make_card,
    make_finding,
    make_unrated_card,
)

pytestmark = pytest.mark.django_db


def answers(table):
    return {row.criterion.id: row for group in table.dimensions for row in group.rows}


def test_a_token_and_a_share_stand_side_by_side():
    token, equity = fill_example(), fill_equity()
    table = compare_assets([equity, token], now=NOW)
    assert [side.asset for side in table.sides] == [equity, token]
    titles = {each.id: each.titles for each in table.dimensions}
    assert titles["tokenomics"] == ("Capital structure", "Tokenomics")
    assert titles["transparency"] == ("Transparency",)
    rows = answers(table)
    assert set(rows) == {each for each in CRITERIA if each in rows}
    runway, holders = rows["tokenomics.cash_runway"], rows["holder_concentration.holder_count"]
    assert [each["state"] for each in runway.cells] == ["unknown", "n-a"]
    assert [each["state"] for each in holders.cells] == ["n-a", "caution"]


def test_criteria_that_nobody_is_asked_are_left_out():
    token = fill_example()
    assert all("token" in row.criterion.kinds for row in answers(compare_assets([token], now=NOW)).values())


def test_a_criterion_that_a_scorecard_does_not_tell_of_is_none():
    one, two = make_asset("One"), make_asset("Two")
    make_card(one, findings=[make_finding("transparency.team", "pass", 2)])
    make_card(two, findings=[])
    row = answers(compare_assets([one, two], now=NOW))["transparency.team"]
    assert row.cells[0]["state"] == "pass"
    assert row.cells[1] is None


def test_an_asset_without_a_score_is_shown_without_one():
    one, two = make_asset("One"), make_asset("Two")
    make_card(one)
    table = compare_assets([one, two], now=NOW)
    assert table.sides[1].card is None
    assert table.sides[1].total.interval is None
    assert [each.interval is None for each in table.dimensions[0].scores] == [False, True]


def test_only_differences_leaves_answers_that_differ():
    one, two = make_asset("One"), make_asset("Two")
    alike = make_finding("transparency.audit", "pass", 30)
    figures = {"market_cap_usd": 1e6, "price_usd": 2.0}
    make_card(one, findings=[make_finding("transparency.team", "pass", 2), alike], figures=figures)
    make_card(
        two,
        findings=[make_finding("transparency.team", "fail", 0), alike | {"value": 90}],
        figures=figures | {"price_usd": 3.0},
    )
    table = compare_assets([one, two], now=NOW)
    fewer = table.differences()
    assert set(answers(table)) == {"transparency.team", "transparency.audit"}
    assert set(answers(fewer)) == {"transparency.team"}
    assert [row.measure.name for rows in fewer.first for row in rows] == ["price_usd"]
    assert fewer.figures == ()
    assert len(fewer.dimensions) == 5, "scores stay"


@pytest.mark.parametrize(
    ("told_scores", "place"),
    [
        ([Interval(80, 70, 90), Interval(50, 40, 60)], 0),
        ([Interval(50, 40, 60), Interval(80, 60.1, 90), None], 1),
        ([Interval(80, 50, 90), Interval(55, 40, 60)], None),
        ([Interval(80, 60, 90), Interval(55, 40, 60)], None),
        ([Interval(80, 80, 80), Interval(80, 80, 80)], None),
        ([Interval(80, 70, 90), None], None),
        ([], None),
    ],
)
def test_the_highest_is_named_only_where_nothing_unknown_can_change_it(told_scores, place):
    assert highest_of(told_scores) == place


def test_scores_of_different_rules_are_not_compared():
    one, two = make_asset("One"), make_asset("Two")
    make_card(one, 90, total_low=90, total_high=90, checklist_version=CHECKLIST_VERSION)
    make_card(two, 10, total_low=10, total_high=10, checklist_version=CHECKLIST_VERSION)
    assert compare_assets([one, two], now=NOW).sides[0].total.is_highest
    make_card(two, 10, total_low=10, total_high=10, checklist_version="0.1")
    table = compare_assets([one, two], now=NOW)
    assert not table.same_rules
    assert not table.sides[0].total.is_highest
    assert [each.is_of_older_rules for each in table.sides] == [False, True]


def test_what_is_old_is_told():
    one, two = make_asset("One"), make_asset("Two")
    make_card(
        one,
        as_of=NOW - timedelta(hours=25),
        findings=[make_finding("transparency.team", "unknown", stale=True)],
    )
    make_card(two, as_of=NOW - timedelta(hours=23))
    sides = compare_assets([one, two], now=NOW).sides
    assert [each.is_stale for each in sides] == [True, False]
    assert [each.stale_answers for each in sides] == [1, 0]


def test_gates_are_criteria_and_those_that_are_gone_are_left_out():
    one = make_asset("One")
    make_card(
        one, gates_open=["liquidity_depth.pool_control", "gone.one"], gates_unverified=["transparency.team"]
    )
    (side,) = compare_assets([one], now=NOW).sides
    assert [each.id for each in side.gates_open] == ["liquidity_depth.pool_control"]
    assert [each.id for each in side.gates_unverified] == ["transparency.team"]


def test_the_newest_card_of_each_in_two_queries(django_assert_num_queries):
    assets = [make_asset(name) for name in ("One", "Two", "Three", "Four", "Five")]
    for each in assets:
        make_card(each, 10)
        make_card(each, 20)
    with django_assert_num_queries(2):
        table = compare_assets(assets, now=NOW)
    assert {each.card.total for each in table.sides} == {20}


def test_what_is_not_rated_has_intervals_alone_and_is_no_winner():
    rated, unrated = make_asset("Alpha"), make_asset("Beta")
    dimensions = {"utility": {"score": 0.9, "low": 0.8, "high": 1.0, "coverage": 0.8}}
    make_answered_card(rated, total=10.0)
    make_unrated_card(unrated, low=50.0, high=90.0, dimensions=dimensions)
    table = compare_assets([rated, unrated], now=NOW)
    assert table.sides[1].total.interval == (None, 50, 90)
    assert table.dimensions[0].scores[1].interval == (None, 80, 100)
    assert [each.total.is_highest for each in table.sides] == [False, False]


def test_tiers_are_by_the_readers_limits():
    one = make_asset("One")
    make_card(one, tier="micro", figures={"market_cap_usd": 60e6})
    assert compare_assets([one], now=NOW).sides[0].tier == "micro"
    own = OF_CHECKLIST.with_own({"token": read_limits("micro:50m,small:2b,mid:10b")}, whose=Whose.PROFILE)
    assert compare_assets([one], now=NOW, tiers=own).sides[0].tier == "small"
