import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.unlock_days import (
    AT_ONCE,
    BEGINS,
    ENDS,
    FEWEST_STEPS,
    UnlockRelease,
    unlock_days,
)

DAY = date(2027, 1, 1)


def release(days=0, *, lasts=None, amount=1.0, category="team"):
    begins_on = DAY + timedelta(days=days)
    ends_on = None if lasts is None else begins_on + timedelta(days=lasts)
    return UnlockRelease(begins_on=begins_on, ends_on=ends_on, amount=amount, category=category)


def test_what_comes_free_on_one_day_is_one_day_for_all_who_get_it():
    (day,) = unlock_days([release(amount=2.0, category="team"), release(amount=3.0, category="investors")])
    assert (day.on, day.phase, day.amount, day.categories) == (DAY, AT_ONCE, 5.0, ("investors", "team"))


def test_a_steady_vesting_has_the_day_it_begins_and_the_day_it_ends():
    begins, ends = unlock_days([release(lasts=365, amount=7.0)])
    assert [(each.phase, each.on, each.amount) for each in (begins, ends)] == [
        (BEGINS, DAY, 7.0),
        (ENDS, DAY + timedelta(days=365), 7.0),
    ]


def test_one_that_ends_when_it_begins_is_at_once():
    assert [each.phase for each in unlock_days([release(lasts=0)])] == [AT_ONCE]


@pytest.mark.parametrize(("apart", "is_folded"), [(1, True), (7, True), (14, True), (15, False), (30, False)])
def test_small_steps_close_together_are_one_vesting(apart, is_folded):
    days = unlock_days([release(step * apart, amount=2.0) for step in range(12)])
    assert len(days) == (2 if is_folded else 12)
    if is_folded:
        assert days[0].amount == 24.0
        assert days[1].on == DAY + timedelta(days=11 * apart)


def test_few_steps_stay_days_of_their_own():
    assert len(unlock_days([release(step) for step in range(FEWEST_STEPS - 1)])) == FEWEST_STEPS - 1
    assert len(unlock_days([release(step) for step in range(FEWEST_STEPS)])) == 2


def test_steps_of_two_recipients_are_told_apart():
    steps = [release(step * 9, category=name) for step in range(3) for name in ("team", "public")]
    assert [each.phase for each in unlock_days(steps)] == [AT_ONCE] * 3


def test_an_amount_that_is_not_known_stays_so():
    (day,) = unlock_days([release(amount=math.nan), release(category="investors")])
    assert math.isnan(day.amount)


RELEASES = st.lists(
    st.builds(
        release,
        st.integers(0, 2_000),
        lasts=st.none() | st.integers(0, 2_000),
        amount=st.integers(1, 1_000).map(float),
        category=st.sampled_from(["team", "investors", "public"]),
    ),
    max_size=40,
)


@given(RELEASES)
def test_nothing_is_lost_and_nothing_counted_twice(releases):
    """Each vesting is told as it begins and as it ends; what counts is told once."""
    days = unlock_days(releases)
    assert sum(each.amount for each in days if each.phase != ENDS) == sum(each.amount for each in releases)
    assert sum(each.phase == BEGINS for each in days) == sum(each.phase == ENDS for each in days)
    assert [each.on for each in days] == sorted(each.on for each in days)


@given(RELEASES, st.randoms())
def test_the_order_in_which_they_are_listed_is_irrelevant(releases, random):
    shuffled = random.sample(releases, len(releases))
    assert unlock_days(shuffled) == unlock_days(releases)
