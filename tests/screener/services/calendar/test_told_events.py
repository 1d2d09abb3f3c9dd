from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.models import Asset
from screener.models import CalendarFeedEntry
from screener.services.calendar.dated_event import DatedEvent, EventSource
from screener.services.calendar.told_events import MOVED_DAYS, Notice, tell

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
TODAY = NOW.date()
HORIZON = TODAY + timedelta(days=366)
ALPHA = Asset(pk=1, slug="alpha", name="Alpha", symbol="ALP")


def notice(days, *, units=1_000.0, series="at once", asset=ALPHA, is_stale=False, as_of=NOW):
    return Notice.of(
        DatedEvent(
            kind="unlock",
            asset=asset,
            on=TODAY + timedelta(days=days),
            series=series,
            words=(series, "team"),
            figures={"units": units, "of_circulating_share": None},
            days={"from_on": TODAY, "until_on": TODAY},
            source=EventSource(observation_id=1, provider="sandbox", as_of=as_of, is_stale=is_stale),
        )
    )


def told(entries, *notices, now=NOW, horizon=HORIZON):
    return tell(entries, notices, feed_id=1, horizon=horizon, now=now)


def stored(*notices):
    """What is kept when these were told first."""
    return [entry for entry, _notice in told([], *notices).current]


def states(answer):
    return [(entry.uid, entry.on, entry.sequence) for entry, _notice in answer.current]


def test_a_new_event_begins_at_sequence_0():
    answer = told([], notice(10))
    (entry,) = answer.changed
    assert (entry.sequence, entry.on, entry.withdrawn_at) == (0, TODAY + timedelta(days=10), None)


def test_what_is_told_again_unchanged_is_not_written():
    entries = stored(notice(10), notice(40))
    answer = told(entries, notice(10), notice(40))
    assert answer.changed == answer.withdrawn == ()
    assert [entry.sequence for entry, _notice in answer.current] == [0, 0]


def test_a_newer_answer_that_says_the_same_changes_nothing():
    entries = stored(notice(10))
    assert told(entries, notice(10, as_of=NOW + timedelta(hours=8))).changed == ()


def test_a_corrected_day_keeps_the_identifier_and_raises_the_sequence():
    entries = stored(notice(10))
    uid, later = entries[0].uid, NOW + timedelta(hours=1)
    answer = told(entries, notice(17), now=later)
    assert states(answer) == [(uid, TODAY + timedelta(days=17), 1)]
    assert answer.withdrawn == ()
    assert [each.changed_at for each in answer.changed] == [later]


@pytest.mark.parametrize("changes", [{"units": 2_000.0}, {"units": None}, {"is_stale": True}])
def test_other_words_raise_the_sequence(changes):
    entries = stored(notice(10))
    ((entry, _notice),) = told(entries, notice(10, **changes)).current
    assert entry.sequence == 1


def test_a_whole_schedule_that_moves_keeps_its_order():
    entries = stored(notice(10), notice(40), notice(70))
    uids = [each.uid for each in entries]
    answer = told(entries, notice(30), notice(60), notice(90))
    days = [TODAY + timedelta(days=each) for each in (30, 60, 90)]
    assert states(answer) == [(uid, day, 1) for uid, day in zip(uids, days, strict=True)]


def test_what_is_gone_is_called_off_once():
    entries = stored(notice(10), notice(40))
    answer = told(entries, notice(40))
    (gone,) = answer.withdrawn
    assert (gone.sequence, gone.withdrawn_at, gone.on) == (1, NOW, TODAY + timedelta(days=10))
    again = told(entries, notice(40), now=NOW + timedelta(days=1))
    assert (again.withdrawn, again.changed) == ((gone,), ())
    assert (gone.sequence, gone.withdrawn_at) == (1, NOW)


def test_what_comes_back_is_confirmed_with_a_higher_sequence():
    entries = stored(notice(10))
    told(entries)
    answer = told(entries, notice(10), now=NOW + timedelta(days=1))
    ((entry, _notice),) = answer.current
    assert (entry.sequence, entry.withdrawn_at, answer.withdrawn) == (2, None, ())


def test_what_is_past_and_no_longer_listed_is_not_called_off():
    entries = stored(notice(-3), notice(30))
    answer = told(entries, notice(30))
    assert answer.withdrawn == answer.changed == ()


def test_what_is_past_does_not_become_the_next_of_its_series():
    entries = stored(notice(-3))
    answer = told(entries, notice(27))
    assert [(entry.sequence, entry.uid != entries[0].uid) for entry, _notice in answer.current] == [(0, True)]


def test_a_day_too_far_away_is_another_event():
    entries = stored(notice(10))
    answer = told(entries, notice(10 + MOVED_DAYS + 1))
    assert [entry.sequence for entry, _notice in answer.current] == [0]
    assert [each.uid for each in answer.withdrawn] == [entries[0].uid]


def test_events_of_another_series_or_asset_are_never_each_other():
    entries = stored(notice(10, series="begins"))
    beta = Asset(pk=2, slug="beta", name="Beta")
    answer = told(entries, notice(10, series="ends"), notice(10, series="begins", asset=beta))
    assert [entry.sequence for entry, _notice in answer.current] == [0, 0]
    assert len(answer.withdrawn) == 1


def test_what_lies_beyond_the_horizon_is_neither_told_nor_called_off():
    near = TODAY + timedelta(days=20)
    assert told([], notice(21), horizon=near).current == ()
    entries = stored(notice(30))
    answer = told(entries, horizon=near)
    assert answer.withdrawn == answer.changed == ()


def test_what_was_told_and_moved_beyond_the_horizon_is_told_there():
    near = TODAY + timedelta(days=20)
    answer = told(stored(notice(10)), notice(30), horizon=near)
    assert [(entry.on, entry.sequence) for entry, _notice in answer.current] == [
        (TODAY + timedelta(days=30), 1)
    ]


def test_an_event_on_the_first_day_of_one_that_moved_has_an_identifier_of_its_own():
    entries = stored(notice(10))
    told(entries, notice(40))
    answer = told(entries, notice(40), notice(10))
    assert len({entry.uid for entry, _notice in answer.current}) == 2
    assert sorted(entry.sequence for entry, _notice in answer.current) == [0, 1]


def test_words_are_one_line():
    evil = Asset(pk=3, slug="evil", name="Evil\r\nATTENDEE:x", symbol="E")
    assert "\n" not in notice(1, asset=evil).summary


DAYS = st.lists(st.integers(1, 360), unique=True, max_size=8)


@given(st.lists(DAYS, min_size=1, max_size=6))
def test_identifiers_stay_unique_and_sequences_never_fall(answers):
    """Whatever answers follow each other, a program that keeps the highest sequence is right in the end."""
    entries: list[CalendarFeedEntry] = []
    highest: dict[str, int] = {}
    for number, days in enumerate(answers):
        answer = told(entries, *map(notice, days), now=NOW + timedelta(minutes=number))
        known = {id(each) for each in entries}
        entries += [entry for entry, _notice in answer.current if id(entry) not in known]
        assert len({each.uid for each in entries}) == len(entries)
        for each in entries:
            assert each.sequence >= highest.get(each.uid, 0)
            highest[each.uid] = each.sequence
        standing = sorted(each.on for each in entries if each.withdrawn_at is None)
        assert standing == sorted(TODAY + timedelta(days=each) for each in days)
        assert told(entries, *map(notice, days), now=NOW).changed == ()


def test_an_identifier_does_not_depend_on_the_words():
    assert notice(10, units=1.0).first_uid == notice(10, units=2.0, is_stale=True).first_uid
    assert notice(10).first_uid != notice(11).first_uid
    assert date.fromisoformat("2027-03-11") == notice(10).event.on
