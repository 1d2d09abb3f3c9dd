from datetime import timedelta
from decimal import Decimal

from assets.models import Asset
from assets.sourcing.rows import Unlock, UnlockRow
from screener.services.dossier.history.unlocks import MOST_NAMED, DueUnlock
from tests.factories.example import make_ref
from tests.factories.market import NOW, observe

DAY = timedelta(days=1)


def unlock(day, amount=5, category="team"):
    return Unlock(unlock_at=NOW + day * DAY, amount=Decimal(amount), category=category)


def schedules(*answers):
    for day, events in enumerate(answers):
        at = NOW + day * DAY
        observe(UnlockRow(asset=make_ref(), as_of=at, events=tuple(events)), family="unlocks", at=at)
    return Asset.objects.get()


def test_a_schedule_becomes_known_with_what_is_ahead(db, entries):
    asset = schedules([unlock(-9), *(unlock(day, day) for day in range(30, 37))])
    [first] = entries(asset, "unlock", now=NOW + DAY)
    assert (first.is_first, first.further) == (True, 7 - MOST_NAMED)
    assert [each.amount for each in first.added] == [30, 31, 32, 33, 34]


def test_what_was_added_moved_and_taken_out(db, entries):
    before = [unlock(20), unlock(30, 7), unlock(40, 9)]
    asset = schedules(before, before, [unlock(25), unlock(30, 7), unlock(50, 11)])
    change, _first = entries(asset, "unlock", now=NOW + 3 * DAY)
    assert [(each.old.unlock_at, each.new.unlock_at) for each in change.moved] == [
        (NOW + 20 * DAY, NOW + 25 * DAY)
    ]
    assert [each.amount for each in change.added] == [11]
    assert [each.amount for each in change.removed] == [9]


def test_what_is_past_and_no_longer_listed_was_not_taken_out(db, entries):
    asset = schedules([unlock(1), unlock(40)], [unlock(1), unlock(40)], [unlock(40)])
    found = entries(asset, "unlock", now=NOW + 3 * DAY)
    assert [type(each).__name__ for each in found] == ["ScheduleChange"]


def test_a_date_that_came_is_an_entry_and_one_before_we_knew_is_none(db, entries):
    asset = schedules([unlock(-9, 1), unlock(2, 2), unlock(400, 3)])
    due, _first = entries(asset, "unlock", now=NOW + 3 * DAY)
    assert isinstance(due, DueUnlock)
    assert due.event.amount == 2
    assert [type(each).__name__ for each in entries(asset, "unlock", now=NOW + DAY)] == ["ScheduleChange"]
