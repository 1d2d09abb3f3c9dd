from datetime import timedelta

import pytest

from assets.metrics.witnesses.questioned import questioned
from assets.metrics.witnesses.unlocking import FREE_SHARE, OTHERS_SHARE, TIMES_CIRCULATING
from tests.assets.metrics.batch import NOW, facts_of_one, measured
from tests.assets.metrics.witnesses.looking import asked_by

SUPPLY = {"circulating": 500.0, "total": 1_000.0, "maximum": 1_000.0}


def event(amount, days=10, **changes):
    return {"unlock_at": NOW + timedelta(days=days), "amount": amount, "category": "team", **changes}


def schedule(*events, supply=SUPPLY, **rows):
    return {"schedules": {"precision": "day"}, "unlocks": list(events), "supply": supply, **rows}


@pytest.mark.parametrize(
    ("amount", "fields"), [(1_000, []), (1_020, []), (1_021, ["amount"]), (1e21, ["amount"])]
)
def test_no_more_can_come_free_than_there_can_be(amount, fields):
    assert asked_by("beyond_supply", **schedule(event(amount))) == fields
    parts = schedule(event(amount / 2), event(amount / 2, days=-10))
    assert asked_by("beyond_supply", **parts) == fields * 2


@pytest.mark.parametrize(
    ("supply", "market", "most"),
    [
        ({"total": 100.0}, {}, 100),
        ({}, {"units_in_diluted": 100.0}, 100),
        ({"circulating": 10.0}, {}, 10 * TIMES_CIRCULATING),
    ],
)
def test_without_a_max_the_next_best_is_the_limit(supply, market, most):
    for amount, fields in ((most, []), (most * 1.1, ["amount"])):
        assert asked_by("beyond_supply", **schedule(event(amount), supply=supply, market=market)) == fields


def test_without_any_supply_nothing_is_asked():
    assert asked_by("beyond_supply", **schedule(event(1e30), supply={})) == []
    assert asked_by("beyond_locked", **schedule(event(1e30), supply={})) == []


@pytest.mark.parametrize(
    ("amount", "fields"),
    [(500, []), (500 + 1_000 * OTHERS_SHARE, []), (501 + 1_000 * OTHERS_SHARE, ["float_share", "amount"])],
)
def test_no_more_comes_free_than_is_still_locked(amount, fields):
    assert asked_by("beyond_locked", **schedule(event(amount))) == fields


def test_where_all_circulates_nothing_is_left_to_come_free():
    full = schedule(event(250), supply=SUPPLY | {"circulating": 1_000.0})
    assert asked_by("beyond_locked", **full) == ["float_share", "amount"]
    steady = event(500, days=-100, ends_at=NOW + timedelta(days=100))
    assert asked_by("beyond_locked", **schedule(steady, supply=full["supply"])) == ["float_share", "amount"]
    assert asked_by("beyond_locked", **schedule(steady)) == []


@pytest.mark.parametrize(
    ("amount", "fields"), [(500 + 1_000 * FREE_SHARE, []), (501 + 1_000 * FREE_SHARE, ["amount"])]
)
def test_no_more_came_free_than_circulates(amount, fields):
    assert asked_by("beyond_locked", **schedule(event(amount, days=-10))) == fields


def test_a_sound_schedule_is_measured():
    assert measured(**schedule(event(25)))["unlock_30d_share"] == 0.05


@pytest.mark.parametrize(("days", "fields"), [(7, ["float_share", "amount"]), (8, [])])
def test_a_count_of_another_time_does_not_contradict_a_schedule(days, fields):
    counted = SUPPLY | {"circulating_at": NOW - timedelta(days=days)}
    assert asked_by("beyond_locked", **schedule(event(900), supply=counted)) == fields


@pytest.mark.parametrize(
    ("events", "most"),
    [
        ([event(300, days=-10), event(700)], 300 + 500),  # still locked: 500
        ([event(800, days=-10), event(100)], 500 + 100),  # circulating: 500
    ],
)
def test_what_contradicts_a_schedule_is_the_most_that_it_can_sum_up_to(events, most):
    found = questioned(facts_of_one(**schedule(*events))).questions
    of_amounts = found[(found["witness"] == "beyond_locked") & (found["field"] == "amount")]
    assert set(of_amounts["against"]) == {most}
    assert of_amounts["value"].sum() > most
