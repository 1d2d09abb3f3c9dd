from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.unlocks import INSIDER_CATEGORIES, UNLOCK_CATEGORIES
from tests.assets.metrics.batch import NOW, measured

SHARES = ["unlock_30d_share", "unlock_12m_share", "insider_unlock_12m_share"]
MARKET = {"price_usd": 0.5, "volume_24h_usd": 500_000}
SUPPLY = {"circulating": 50e6, "total": 100e6}


def unlock(days, amount, category="team"):
    return {"unlock_at": NOW + timedelta(days=days), "amount": amount, "category": category}


def scheduled(*unlocks, **rows):
    return measured(
        **{"market": MARKET, "supply": SUPPLY, "schedules": {"complete": 1}, "unlocks": list(unlocks), **rows}
    )


def test_the_worked_example():
    """20 M more at $0.50: 40 % of what circulates, $10 M of possible selling, $25 M become $35 M."""
    found = scheduled(unlock(10, 20e6))
    assert found["unlock_30d_share"] == pytest.approx(0.4)
    assert found["unlock_30d_usd"] == 10e6
    assert found["unlock_30d_volume_days"] == 20
    assert (found["market_cap_usd"], found["market_cap_after_unlock_usd"]) == (25e6, 35e6)
    assert found["next_unlock_days"] == 10


@pytest.mark.parametrize(
    ("days", "counts"), [(-1, False), (0, False), (0.1, True), (30, True), (30.1, False)]
)
def test_which_unlocks_count_for_the_month(days, counts):
    assert scheduled(unlock(days, 5e6))["unlock_30d_share"] == pytest.approx(0.1 if counts else 0)


@pytest.mark.parametrize(
    ("begins", "ends", "share"),
    [(0, 300, 0.1), (-150, 150, 0.1), (20, 40, 0.5), (-40, -10, 0), (-10, 10, 0.5), (5, 25, 1), (60, 90, 0)],
)
def test_a_steady_release_counts_by_the_part_that_falls_into_the_month(begins, ends, share):
    steady = unlock(begins, 50e6) | {"ends_at": NOW + timedelta(days=ends)}
    assert scheduled(steady)["unlock_30d_share"] == pytest.approx(share, abs=1e-9)


def test_a_steady_release_that_runs_is_the_next_one():
    running = unlock(-10, 1e6) | {"ends_at": NOW + timedelta(days=10)}
    over = unlock(-30, 1e6) | {"ends_at": NOW + timedelta(days=-10)}
    assert scheduled(running, unlock(5, 1e6))["next_unlock_days"] == 0
    assert scheduled(over, unlock(5, 1e6))["next_unlock_days"] == 5


def test_insiders_are_counted_apart():
    found = scheduled(
        unlock(100, 5e6, "investors"), unlock(200, 10e6, "community"), unlock(400, 20e6, "team")
    )
    assert found[SHARES].tolist() == pytest.approx([0, 0.3, 0.1])


def test_a_schedule_with_nothing_left_is_zero_and_no_schedule_is_not_known():
    assert scheduled()[SHARES].tolist() == [0, 0, 0]
    assert scheduled(supply={})[SHARES].tolist() == [0, 0, 0]
    assert np.isnan(scheduled()["next_unlock_days"])
    assert measured(market=MARKET, supply=SUPPLY)[[*SHARES, "unlock_30d_usd"]].isna().all()


@pytest.mark.parametrize("amount", [-1, None, np.inf])
def test_an_absurd_amount_makes_the_sum_unknown(amount):
    assert scheduled(unlock(5, 1e6), unlock(6, amount))[SHARES].isna().all()


def test_an_unlock_against_an_unknown_supply_is_not_known():
    assert scheduled(unlock(5, 1e6), supply={})[SHARES].isna().all()


@settings(max_examples=20)
@given(days=st.lists(st.floats(0.1, 364), max_size=8))
def test_a_month_is_part_of_a_year_and_insiders_are_part_of_all(days):
    found = scheduled(*(unlock(each, 1e6, UNLOCK_CATEGORIES[int(each) % 9]) for each in days))
    assert found["unlock_30d_share"] <= found["unlock_12m_share"] + 1e-12
    assert found["insider_unlock_12m_share"] <= found["unlock_12m_share"] + 1e-12


def test_insiders_are_categories():
    assert set(INSIDER_CATEGORIES) < set(UNLOCK_CATEGORIES)


PARTIAL = {"schedules": {"complete": 0}}


def test_a_schedule_that_is_not_whole_says_nothing_by_what_it_does_not_list():
    """100 M can be, 50 M circulate, 1 M more is listed: what becomes of 49 M nobody has read."""
    found = scheduled(unlock(100, 1e6), **PARTIAL)
    assert found[[*SHARES, "unlock_30d_usd", "unlock_30d_volume_days"]].isna().all()
    assert found["unlocks_open"] == 1
    assert found["next_unlock_days"] == 100
    assert scheduled(**PARTIAL)[SHARES].isna().all(), "an empty list is not 0"


def test_what_a_schedule_lists_is_the_least_that_comes_free():
    found = scheduled(unlock(10, 5e6), **PARTIAL)
    assert found[SHARES].tolist() == pytest.approx([0.1] * 3)
    assert found["unlock_30d_usd"] == 2.5e6
    assert found["unlocks_open"] == 1


@pytest.mark.parametrize(("listed", "whole"), [(50e6, True), (40.1e6, True), (39.9e6, False)])
def test_a_schedule_that_lists_next_to_all_that_is_locked_is_whole(listed, whole):
    found = scheduled(unlock(100, listed, "treasury"), **PARTIAL)
    assert found["unlocks_open"] == (not whole)
    assert np.isnan(found["unlock_30d_share"]) == (not whole)


@pytest.mark.parametrize(("listed", "whole"), [(0.49e6, False), (0.51e6, True)])
def test_a_schedule_that_calls_itself_whole_is_not_of_thousands(listed, whole):
    """50 M of 100 M don't circulate: what lists less than a hundredth of them counts in another unit."""
    found = scheduled(unlock(400, listed))
    assert found["unlocks_open"] == (not whole)
    assert found["unlock_30d_share"] == pytest.approx(0 if whole else np.nan, nan_ok=True)
    assert scheduled()["unlock_30d_share"] == 0, "nothing is locked"


def test_what_came_free_by_the_schedule_is_not_counted_twice():
    """80 M of 100 M are listed and free, 50 M circulate: of 20 M that are not listed nothing is known."""
    assert scheduled(unlock(-10, 80e6), **PARTIAL)["unlocks_open"] == 1
    assert scheduled(unlock(-10, 95e6), **PARTIAL)["unlocks_open"] == 0


def test_without_a_supply_to_hold_it_against_only_the_schedule_says_that_it_is_whole():
    nothing_more = {"supply": {"circulating": 50e6}}
    assert scheduled(unlock(100, 1e6), **nothing_more)["unlock_30d_share"] == 0
    assert np.isnan(scheduled(unlock(100, 1e6), **nothing_more, **PARTIAL)["unlock_30d_share"])


@settings(max_examples=30)
@given(
    days=st.lists(st.floats(-300, 300), max_size=6),
    amount=st.floats(1e4, 1e7),
    limit=st.none() | st.floats(5e7, 1e9),
)
def test_what_is_not_whole_never_shows_less_than_it_would_have_to(days, amount, limit):
    """Of the same events an open schedule shows the same shares or none, and never a small one."""
    events = [unlock(each, amount) for each in days]
    supply = {"supply": {"circulating": 50e6, "maximum": limit}}
    whole, partial = scheduled(*events, **supply), scheduled(*events, **supply, **PARTIAL)
    for name, least in zip(SHARES, (0.01, 0.05, 0.05), strict=True):
        assert partial[name] == whole[name] or np.isnan(partial[name])
        if partial["unlocks_open"]:
            assert not partial[name] < least


# Without a schedule ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("supply", "authority", "is_known"),
    [
        ({"circulating": 100e6, "total": 100e6, "maximum": 100e6}, "", True),
        ({"circulating": 99.95e6, "total": 100e6, "maximum": 100e6}, "", True),
        ({"circulating": 99.8e6, "total": 100e6, "maximum": 100e6}, "", False),
        ({"circulating": 100e6, "total": 100e6}, "none", True),
        ({"circulating": 100e6, "total": 100e6}, "wallet", False),
        ({"circulating": 100e6, "total": 100e6}, "", False),
        ({"circulating": 100e6, "total": 120e6, "maximum": 100e6}, "", False),
        ({"total": 100e6, "maximum": 100e6}, "none", False),
        ({"circulating": 100e6}, "none", False),
    ],
)
def test_where_all_there_can_be_circulates_nothing_can_come_free(supply, authority, is_known):
    found = measured(market=MARKET, supply=supply, contract={"mint_authority": authority})
    expected = [0.0] * len(SHARES) if is_known else [np.nan] * len(SHARES)
    assert [found[each] for each in SHARES] == pytest.approx(expected, nan_ok=True)
    assert np.isnan(found["next_unlock_days"])


def test_a_schedule_that_says_otherwise_counts_before_it():
    supply = {"circulating": 100e6, "total": 100e6, "maximum": 100e6}
    assert scheduled(unlock(10, 20e6), supply=supply)["unlock_30d_share"] == pytest.approx(0.2)
