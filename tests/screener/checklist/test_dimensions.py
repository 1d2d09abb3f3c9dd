"""What holds for each criterion alike; the files beside this one have the thresholds."""

from datetime import timedelta

import pytest

from assets.metrics.families import EQUITY, TOKEN
from screener.checklist import CRITERIA
from screener.checklist.staleness import limits_of
from tests.screener.checklist.asking import NOW, finding
from tests.screener.checklist.thresholds import (
    holder_concentration,
    liquidity_depth,
    tokenomics,
    transparency,
    utility,
)

TABLES = {
    "utility": utility.TABLE,
    "tokenomics": tokenomics.TABLE,
    "liquidity_depth": liquidity_depth.TABLE,
    "holder_concentration": holder_concentration.TABLE,
    "transparency": transparency.TABLE,
}
ROWS = {
    (kind, f"{dimension}.{name}"): rows
    for dimension, table in TABLES.items()
    for (kind, name), rows in table.items()
}
ROWS[TOKEN, "utility.market_cap_to_tvl"] = utility.OF_DEFI
SECTOR_OF = {"utility.market_cap_to_tvl": "DeFi"}
CAN_NOT_FAIL = {"transparency.threshold_list", "transparency.paid_promotion"}
NO_CAUTION = {"transparency.warnings"}


def test_there_are_as_many_as_the_design_has():
    asked = {kind: sum(kind in each.kinds for each in CRITERIA.values()) for kind in (TOKEN, EQUITY)}
    assert asked == {TOKEN: 34, EQUITY: 26}
    assert all(len(each.kinds) == 1 for each in CRITERIA.values())


def test_each_has_its_rows():
    assert {(next(iter(each.kinds)), each.id) for each in CRITERIA.values()} == set(ROWS)


@pytest.mark.parametrize(("kind", "criterion"), ROWS)
def test_the_rows_have_every_answer_and_both_sides_of_each_limit(kind, criterion):
    answer = {state for _measures, state in ROWS[kind, criterion]}
    possible = {"pass", "caution", "fail", "unknown"}
    possible -= {"fail"} if criterion in CAN_NOT_FAIL else set()
    possible -= {"caution"} if criterion in NO_CAUTION else set()
    possible |= {"n-a"} if CRITERIA[criterion].unless else set()
    assert answer == possible


@pytest.mark.parametrize(("kind", "criterion"), ROWS)
def test_of_the_other_kind_it_is_not_asked(kind, criterion):
    asked = CRITERIA[criterion]
    other = EQUITY if kind == TOKEN else TOKEN
    assert other not in asked.kinds


@pytest.mark.parametrize(("kind", "criterion"), ROWS)
def test_old_facts_make_a_stale_pass(kind, criterion):
    measures = next(measures for measures, state in ROWS[kind, criterion] if state == "pass")
    sector = SECTOR_OF.get(criterion, "")
    for family in CRITERIA[criterion].families:
        for age, stale in (
            (limits_of(kind)[family], False),
            (limits_of(kind)[family] + timedelta(seconds=1), True),
        ):
            source = {
                "asset_id": 1,
                "family": family,
                "observation_id": 7,
                "provider": "sandbox",
                "as_of": NOW - age,
                "known_at": NOW - age,
            }
            answer = finding(criterion, kind=kind, sector=sector, sources=[source], **measures)
            assert (answer.state, answer.stale) == ("pass", stale)
            assert answer.points == 1.0


@pytest.mark.parametrize(("kind", "criterion"), ROWS)
def test_points_lie_where_the_answer_says(kind, criterion):
    for measures, state in ROWS[kind, criterion]:
        answer = finding(criterion, kind=kind, sector=SECTOR_OF.get(criterion, ""), **measures)
        if state in ("unknown", "n-a"):
            assert answer.points is None
        else:
            low, high = {"pass": (1, 1), "caution": (0, 1), "fail": (0, 0)}[state]
            assert low <= answer.points <= high
