from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics import families
from assets.metrics.family import REST, SCREENED, TIERS, WATCHED
from assets.scheduling.intervals import (
    MOST_OVERDUE,
    TIER_WEIGHT,
    WALK_WEIGHT,
    Demand,
    allot,
    oldest,
    priority,
    usefulness,
)


def test_every_family_has_a_wish_and_the_watched_the_strictest():
    for family in families.FAMILIES:
        ages = [family.refresh_every[tier] for tier in TIERS if tier in family.refresh_every]
        assert ages
        assert ages == sorted(ages)


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize(
    "family", [each for each in families.FAMILIES if each.stale_after], ids=lambda each: each.name
)
def test_what_is_kept_fresh_is_told_anew_before_it_is_stale(family, tier):
    """One table says how old facts may be and how often they are asked for, and both agree."""
    for kind in family.kinds:
        if family.is_kept_fresh(kind, tier):
            assert oldest(family.name, kind, tier) <= family.limit(kind)


def test_what_rests_unwatched_is_not_all_stale():
    """Of a token nobody watches, what most answers rest on is kept fresh."""
    for kind, needed in (
        (
            families.TOKEN,
            {"market", "supply", "pools", "holders", "contract", "usage", "disclosure", "unlocks"},
        ),
        (families.EQUITY, {"supply", "fundamentals", "filings", "venue", "capital", "ownership"}),
    ):
        kept = {
            each.name for each in families.FAMILIES if each.stale_after and each.is_kept_fresh(kind, REST)
        }
        assert needed <= kept


def test_what_comes_with_another_family_is_as_old_as_that_one():
    assert oldest(families.SUPPLY, families.TOKEN, REST) == oldest(families.MARKET, families.TOKEN, REST)
    assert oldest(families.LISTING, families.TOKEN, WATCHED) is None


def test_what_is_fresh_is_not_worth_asking_and_what_was_never_asked_is():
    assert usefulness(families.MARKET, REST, timedelta(hours=19)) == 0
    assert usefulness(families.MARKET, REST, timedelta(hours=20)) > 0
    assert usefulness(families.MARKET, REST, None) > usefulness(families.MARKET, REST, timedelta(hours=25))
    assert usefulness(families.LISTING, WATCHED, None) == 0, "nobody asks for the listing of one asset"


@given(
    st.sampled_from([each for each in families.FAMILY_NAMES if each != families.LISTING]),
    st.floats(1, 1e5),
    st.floats(1, 1e5),
)
def test_nothing_of_a_lower_tier_comes_before_something_due_of_a_higher_one(family, high, low):
    wished = families.FAMILY_OF[family].refresh_every
    watched = usefulness(family, WATCHED, wished[WATCHED] * high)
    screened = usefulness(family, SCREENED, wished[SCREENED] * low)
    rest = usefulness(family, REST, wished[REST] * low)
    assert watched > screened > rest > 0


def test_18000_coins_fit_into_the_free_calls_of_coingecko():
    walk = Demand(family=families.MARKET, tier=REST, assets=18_000, assets_a_call=250)
    details = Demand(family=families.DISCLOSURE, tier=REST, assets=17_000)
    watched = Demand(family=families.BOOKS, tier=WATCHED, assets=50)
    told = allot([details, walk, watched], calls_a_day=330)
    assert sum(each.calls_a_day for each in told) <= 330
    assert (told[1].calls_a_day, told[1].age_days, told[1].is_met) == (
        pytest.approx(72 * 24 / 20),
        pytest.approx(20 / 24),
        True,
    )
    assert (told[2].calls_a_day, told[2].age_days) == (100, 0.5)
    assert told[0].calls_a_day == pytest.approx(330 - 100 - 72 * 24 / 20)


def test_where_there_is_not_enough_facts_grow_older_from_below():
    walk = Demand(family=families.MARKET, tier=REST, assets=18_000, assets_a_call=250)
    watched = Demand(family=families.BOOKS, tier=WATCHED, assets=100)
    rest = Demand(family=families.DISCLOSURE, tier=REST, assets=17_000)
    told = allot([walk, watched, rest], calls_a_day=100 + 72 * 24 / 20)
    assert told[0].is_met
    assert (told[1].calls_a_day, told[1].age_days, told[1].is_met) == (
        pytest.approx(100),
        pytest.approx(1),
        False,
    )
    assert (told[2].calls_a_day, told[2].age_days) == (pytest.approx(0, abs=1e-9), None)


@given(
    st.lists(
        st.builds(
            Demand,
            family=st.sampled_from([families.MARKET, families.BOOKS, families.CONTRACT]),
            tier=st.sampled_from(TIERS),
            assets=st.integers(0, 20_000),
            assets_a_call=st.sampled_from([1, 100]),
        ),
        max_size=9,
    ),
    st.floats(0, 1e5),
)
def test_no_more_is_given_than_there_is_nor_than_is_wished(demands, calls_a_day):
    told = allot(demands, calls_a_day=calls_a_day)
    assert [each.demand for each in told] == demands
    assert sum(each.calls_a_day for each in told) <= calls_a_day + 1e-6
    assert all(0 <= each.calls_a_day <= each.demand.calls_a_day + 1e-9 for each in told)


SHARES = st.floats(0, 1)


@given(open_share=SHARES, other=SHARES, overdue=st.floats(1, MOST_OVERDUE))
def test_what_is_open_moves_nobody_into_another_tier(open_share, other, overdue):
    for higher, lower in ((WATCHED, SCREENED), (SCREENED, REST)):
        just_due = priority(TIER_WEIGHT[higher], open_share)
        assert just_due > priority(TIER_WEIGHT[lower] * overdue, other)


@given(open_share=SHARES, overdue=st.floats(1, MOST_OVERDUE))
def test_a_walk_comes_after_what_is_watched_and_before_all_else(open_share, overdue):
    walk = WALK_WEIGHT * overdue
    assert TIER_WEIGHT[WATCHED] > walk > priority(TIER_WEIGHT[SCREENED], open_share)
    assert walk > priority(TIER_WEIGHT[SCREENED] * MOST_OVERDUE, 1)


@given(tier=st.sampled_from(TIERS), open_share=SHARES)
def test_what_waits_longest_comes_before_what_is_only_just_due(tier, open_share):
    """So nothing waits for ever because others could answer more."""
    assert priority(TIER_WEIGHT[tier] * MOST_OVERDUE, 0) > priority(TIER_WEIGHT[tier], open_share)


@given(useful=st.floats(1, 1e6), shares=st.tuples(SHARES, SHARES))
def test_of_equals_comes_first_what_could_answer_more(useful, shares):
    fewer, more = sorted(shares)
    assert priority(useful, fewer) <= priority(useful, more)


def test_what_was_asked_by_a_clock_that_was_ahead_counts_as_never_asked():
    never = usefulness("market", WATCHED, None)
    assert never > 0
    assert usefulness("market", WATCHED, timedelta(days=-1)) == never
    assert usefulness("market", WATCHED, timedelta(seconds=-2)) == 0
