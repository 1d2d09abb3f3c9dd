from datetime import UTC, datetime, timedelta

import pytest

from assets.sandbox.archetypes import ROTATION
from assets.sandbox.invented import invented
from assets.sandbox.ownership import holders, unlocks

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
    ("name", "events"), [("uncapped", 0), ("lock-up ending", 1), ("unlock cliff", 3), ("steady vesting", 36)]
)
def test_schedules_have_their_shape(name, events):
    (row,) = unlocks(of(name), NOW)
    assert len(row.events) == events
    assert all(event.unlock_at > NOW - timedelta(days=1) for event in row.events)


def test_an_unknown_schedule_is_not_told_at_all():
    assert list(unlocks(of("anonymous"), NOW)) == []


def test_no_more_unlocks_than_there_is():
    for index in range(len(ROTATION)):
        asset = invented(index)
        for row in unlocks(asset, NOW):
            assert sum(event.amount for event in row.events) <= asset.whole - asset.circulating + 36
