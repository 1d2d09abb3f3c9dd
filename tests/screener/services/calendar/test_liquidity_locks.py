from datetime import timedelta

import pytest

from assets.models import PoolSnapshot
from tests.screener.services.calendar.dated_facts import NOW, TODAY, events_of, tell_pool

pytestmark = pytest.mark.django_db


def test_a_lock_stands_on_the_day_it_ends():
    asset = tell_pool(30, share=0.8)
    (event,) = events_of()
    assert (event.kind, event.asset, event.on) == ("liquidity-lock", asset, TODAY + timedelta(days=30))
    assert event.figures == {"locked_share": 0.8}
    assert (event.series, event.words) == ("p1", ("ALP/WETH", "uniswap"))
    assert event.source.as_of == NOW


def test_each_pool_has_its_own():
    tell_pool(30)
    tell_pool(40, address="p2")
    assert {each.series for each in events_of()} == {"p1", "p2"}


def test_a_lock_that_was_prolonged_stands_on_the_later_day_alone():
    tell_pool(30, at=NOW - timedelta(hours=20))
    tell_pool(90)
    assert [each.on for each in events_of()] == [TODAY + timedelta(days=90)]


@pytest.mark.parametrize(("days", "share"), [(None, 0.9), (30, None), (30, 0.0)])
def test_nothing_that_is_locked_has_no_day(days, share):
    tell_pool(days, share=share)
    assert events_of() == ()


def test_a_pool_that_is_no_longer_listed_has_no_day():
    tell_pool(30, at=NOW - timedelta(hours=20))
    stored = PoolSnapshot.objects.get()
    PoolSnapshot.objects.create(
        asset=stored.asset,
        observation=stored.observation,
        provider=stored.provider,
        as_of=NOW,
        known_at=NOW,
        address="p1",
        ended=True,
    )
    assert events_of() == ()


def test_an_old_answer_is_stale():
    tell_pool(30, at=NOW - timedelta(days=2))
    assert [each.source.is_stale for each in events_of()] == [True]
