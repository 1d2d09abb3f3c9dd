from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sandbox.archetypes import ROTATION
from assets.sandbox.invented import invented
from assets.sandbox.ownership import holders, unlocks
from assets.sandbox.trading import exactly

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def of(name):
    return invented(next(index for index, each in enumerate(ROTATION) if each.name == name))


@pytest.mark.parametrize(("name", "largest"), [("bridge-held", "bridge"), ("whale-held", "insider")])
def test_the_largest_holder_is_what_the_archetype_says(name, largest):
    (row,) = holders(of(name), NOW)
    assert row.positions[0].holder_type == largest
    shares = [position.share for position in row.positions]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("name", "events"), [("uncapped", 0), ("lock-up ending", 1), ("unlock cliff", 3), ("steady vesting", 3)]
)
def test_schedules_have_their_shape(name, events):
    (row,) = unlocks(of(name), NOW)
    assert len(row.events) == events
    assert all(event.unlock_at > NOW - timedelta(days=1) for event in row.events)


def test_a_steady_release_is_one_event_a_category_from_today_on():
    asset = of("steady vesting")
    (row,) = unlocks(asset, NOW)
    assert {event.category for event in row.events} == {"team", "community", "ecosystem"}
    assert {event.shape for event in row.events} == {"linear"}
    assert {(event.ends_at - event.unlock_at).days for event in row.events} == {36 * 30}
    locked = asset.whole - asset.circulating
    assert float(sum(event.amount for event in row.events)) == pytest.approx(locked, abs=2)


@pytest.mark.parametrize(("name", "shape"), [("unlock cliff", "cliff"), ("low float", "step")])
def test_what_comes_at_once_has_no_end(name, shape):
    (row,) = unlocks(of(name), NOW)
    assert {(event.shape, event.ends_at) for event in row.events} == {(shape, None)}


@given(st.integers(0, 2_000))
def test_ranks_share_the_whole_supply_and_agree_with_the_list(index):
    asset = invented(index)
    (row,) = holders(asset, NOW)
    shares = [position.share for position in row.positions]
    assert sum(shares) <= 1
    assert list(row.buckets) == ["1-10", "11-20", "21-40", "rest"]
    assert sum(row.buckets.values()) == pytest.approx(1)
    assert row.buckets["1-10"] == pytest.approx(sum(shares[:10]), abs=1e-6)
    assert row.buckets["21-40"] >= sum(shares[20:]) - 1e-6
    assert row.supply == exactly(asset.whole)
    assert row.holder_count >= len(shares)


def test_an_unknown_schedule_is_not_told_at_all():
    assert list(unlocks(of("anonymous"), NOW)) == []


def test_no_more_unlocks_than_there_is():
    for index in range(len(ROTATION)):
        asset = invented(index)
        for row in unlocks(asset, NOW):
            assert sum(event.amount for event in row.events) <= asset.whole - asset.circulating + 36
