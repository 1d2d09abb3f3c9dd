from datetime import timedelta

import pytest

from assets.metrics.witnesses.trading import MOST_TURNOVERS
from tests.assets.metrics.batch import NOW
from tests.assets.metrics.witnesses.looking import asked_by

SUPPLY = {"circulating": 50.0, "total": 100.0}


def turned_over(volume, *, supply=SUPPLY, kind="token", **market):
    market = {"price_usd": 2, "volume_24h_usd": volume, **market}
    return asked_by("turned_over", kind=kind, supply=supply, market=market)


@pytest.mark.parametrize(
    ("volume", "fields"),
    [(0, []), (200 * MOST_TURNOVERS, []), (201 * MOST_TURNOVERS, ["volume_24h_usd"]), (None, [])],
)
def test_all_units_change_hands_only_so_often_in_a_day(volume, fields):
    assert turned_over(volume) == fields


def test_the_largest_value_that_anybody_tells_counts():
    assert turned_over(300 * MOST_TURNOVERS, units_in_diluted=150) == []
    assert turned_over(300 * MOST_TURNOVERS, units_in_cap=149) == ["volume_24h_usd"]
    assert turned_over(300 * MOST_TURNOVERS, supply={**SUPPLY, "maximum": 200}) == []


def test_without_a_value_or_of_shares_nothing_is_asked():
    assert turned_over(1e9, supply={}) == turned_over(1e9, price_usd=None) == []
    assert turned_over(1e9, kind="equity") == []


@pytest.mark.parametrize(
    ("frame", "venue"), [("pools", {"address": "a"}), ("books", {"venue": "v", "pair": "X/USD"})]
)
def test_nor_do_they_in_one_venue_alone(frame, venue):
    """A hundred units at two dollars."""
    for volume, fields in ((200 * MOST_TURNOVERS, []), (201 * MOST_TURNOVERS, ["volume_24h_usd"])):
        venues = {frame: [venue | {"volume_24h_usd": volume}]}
        assert asked_by("turned_over", supply=SUPPLY, market={"price_usd": 2}, **venues) == fields
        assert asked_by("turned_over", market={"price_usd": 2}, **venues) == []


@pytest.mark.parametrize(("days", "fields"), [(7, ["volume_24h_usd"]), (8, [])])
def test_units_of_another_time_do_not_contradict_a_volume(days, fields):
    counted = {f"{name}_at": NOW - timedelta(days=days) for name in SUPPLY}
    told = turned_over(1e9, supply=SUPPLY | counted, volume_24h_usd_at=NOW, price_usd_at=NOW)
    assert told == fields


@pytest.mark.parametrize(
    ("ratio", "fields"), [(None, []), (1_000, []), (0.001, ["volume_24h_usd"]), (1, ["volume_24h_usd"])]
)
def test_units_of_before_a_change_are_read_in_those_of_the_price(ratio, fields):
    """All hundred units at two dollars turned over 500 times, a hundred thousand of them half a time."""
    day = NOW - timedelta(days=3)
    change = {"event": "redenomination", "happened_on": day, "earliest_on": day, "ratio": ratio}
    counted = {f"{name}_at": NOW - timedelta(days=5) for name in SUPPLY}
    market = {"price_usd": 2, "volume_24h_usd": 1e5, "volume_24h_usd_at": NOW, "price_usd_at": NOW}
    assert asked_by("turned_over", supply=SUPPLY | counted, market=market, capital=[change]) == fields
