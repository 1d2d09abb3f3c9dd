from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import vobject
from django.db import connection, connections
from django.utils.translation import get_language, override

from assets.models import Asset
from screener.models import CalendarFeedEntry
from screener.services.calendar import feeds
from screener.services.calendar.feeds import CALLED_OFF_DAYS, change_feed, read_feed
from screener.services.calendar.icalendar_file import icalendar_file
from screener.services.desk.on_assets_merged import on_assets_merged
from tests.screener.services.calendar.dated_facts import (
    NOW,
    TODAY,
    company,
    ref,
    tell_pool,
    tell_reports,
    tell_schedule,
    tell_split,
    unlock,
    watched,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


def parsed(feed, *, now=NOW):
    """What another library reads in the file: by summary (status, day, sequence, identifier)."""
    answer = read_feed(feed, now=now, site="https://assay.example")
    calendar = vobject.readOne(icalendar_file(answer.name, answer.lines).decode())
    return [
        (each.status.value, each.dtstart.value, int(each.sequence.value), each.uid.value)
        for each in calendar.contents.get("vevent", [])
    ]


def feed_of(ana, *assets):
    return change_feed(watchlist=watched(ana, *assets), wanted="1")


def days(number):
    return TODAY + timedelta(days=number)


def test_every_kind_is_in_it(ana):
    of_token = tell_schedule(unlock(14))
    tell_pool(30)
    inc = tell_split(days(9))
    tell_reports(("10-K", "2026-03-25", "2025-12-31"), ("10-Q", "2026-11-12", "2026-09-30"))
    answer = read_feed(feed_of(ana, of_token, inc), now=NOW, site="https://assay.example")
    assert {each.category for each in answer.lines} == {
        "Unlock",
        "Liquidity lock ends",
        "Split",
        "Filing due",
    }
    assert {each.status for each in answer.lines} == {"CONFIRMED"}


def test_an_event_that_stays_is_told_the_same_byte_for_byte(ana):
    feed = feed_of(ana, tell_schedule(unlock(14)))
    first = read_feed(feed, now=NOW, site="s")
    assert read_feed(feed, now=NOW + timedelta(hours=6), site="s") == first


def test_a_corrected_day_moves_the_event(ana):
    feed = feed_of(ana, tell_schedule(unlock(14)))
    ((_status, _day, _sequence, uid),) = parsed(feed)
    later = NOW + timedelta(days=1)
    tell_schedule(unlock(20), at=later)
    assert parsed(feed, now=later) == [("CONFIRMED", days(20), 1, uid)]


def test_a_withdrawn_event_is_cancelled_for_a_while_and_confirmed_when_it_returns(ana):
    feed = feed_of(ana, tell_schedule(unlock(200)))
    ((_status, _day, _sequence, uid),) = parsed(feed)
    tell_schedule(at=NOW + timedelta(days=1))
    gone = NOW + timedelta(days=1)
    assert parsed(feed, now=gone) == [("CANCELLED", days(200), 1, uid)]
    assert parsed(feed, now=gone + timedelta(days=5)) == [("CANCELLED", days(200), 1, uid)]
    back = NOW + timedelta(days=10)
    tell_schedule(unlock(200), at=back)
    assert parsed(feed, now=back) == [("CONFIRMED", days(200), 2, uid)]


def test_what_was_called_off_long_ago_is_forgotten(ana):
    feed = feed_of(ana, tell_schedule(unlock(200)))
    parsed(feed)
    gone = NOW + timedelta(days=1)
    tell_schedule(at=gone)
    parsed(feed, now=gone)
    assert parsed(feed, now=gone + timedelta(days=CALLED_OFF_DAYS + 1)) == []
    assert not CalendarFeedEntry.objects.exists()


def test_an_asset_that_leaves_the_list_is_called_off(ana):
    feed = feed_of(ana, tell_schedule(unlock(14)))
    parsed(feed)
    feed.watchlist.entries.all().delete()
    assert [status for status, *_rest in parsed(feed)] == ["CANCELLED"]


def test_an_asset_that_is_gone_is_called_off_by_its_last_words(ana):
    asset = tell_schedule(unlock(14))
    feed = feed_of(ana, asset)
    parsed(feed)
    Asset.objects.filter(pk=asset.pk).delete()
    (line,) = read_feed(feed, now=NOW, site="s").lines
    assert (line.status, line.summary) == ("CANCELLED", "Alpha (ALP): Unlock")


def test_what_only_an_old_answer_tells_is_tentative(ana):
    feed = feed_of(ana, tell_schedule(unlock(100)))
    assert [status for status, *_rest in parsed(feed)] == ["CONFIRMED"]
    later = NOW + timedelta(days=40)
    assert [(status, sequence) for status, _day, sequence, _uid in parsed(feed, now=later)] == [
        ("TENTATIVE", 1)
    ]


def test_a_past_event_stays_a_month_and_is_not_cancelled(ana):
    feed = feed_of(ana, tell_schedule(unlock(5)))
    before = parsed(feed)
    later = NOW + timedelta(days=20)
    tell_schedule(unlock(5), at=later)
    assert parsed(feed, now=later) == before
    later = NOW + timedelta(days=60)
    tell_schedule(unlock(5), at=later)
    assert parsed(feed, now=later) == []


def test_of_too_many_the_soonest_are_told_and_the_others_not_cancelled(ana, monkeypatch):
    feed = feed_of(ana, tell_schedule(unlock(20), unlock(60), unlock(100)))
    assert len(parsed(feed)) == 3
    monkeypatch.setattr(feeds, "MOST_EVENTS", 1)
    assert [status for status, *_rest in parsed(feed)] == ["CONFIRMED"] * 3


def test_of_too_many_new_ones_only_the_soonest_are_told(ana, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_EVENTS", 1)
    feed = feed_of(ana, tell_schedule(unlock(20), unlock(60), unlock(100)))
    assert [day for _status, day, *_rest in parsed(feed)] == [days(20)]


def test_a_feed_speaks_the_language_of_who_made_it(ana, monkeypatch):
    """A program that asks has none."""
    asset = tell_schedule(unlock(14))
    with override("es"):
        feed = feed_of(ana, asset)
    monkeypatch.setattr(feeds, "lines_of", lambda _notice, **_of: get_language())
    with override("en"):
        assert read_feed(feed, now=NOW, site="s").lines == ("es",)


def test_links_are_made_replaced_and_revoked(ana):
    watchlist = watched(ana)
    first = change_feed(watchlist=watchlist, wanted="1").share_token
    assert change_feed(watchlist=watchlist, wanted="1").share_token == first
    assert change_feed(watchlist=watchlist, wanted="new").share_token not in (None, first)
    assert change_feed(watchlist=watchlist, wanted="").share_token is None


def test_hostile_names_stay_texts(ana):
    evil = "Evil\r\nBEGIN:VEVENT\r\nSUMMARY:x;=HYPERLINK(1),\\n" + "ü" * 60
    asset = tell_schedule(unlock(14))
    Asset.objects.filter(pk=asset.pk).update(name=evil, symbol="A;B,C\n")
    feed = feed_of(ana, asset)
    answer = read_feed(feed, now=NOW, site="https://assay.example")
    text = icalendar_file("List\r\nX-EVIL:1", answer.lines).decode()
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 1
    assert not [line for line in lines if line.startswith("X-EVIL")]
    (event,) = vobject.readOne(text).vevent_list
    assert event.summary.value.startswith("Evil BEGIN:VEVENT SUMMARY:x;=HYPERLINK(1),\\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_assets_that_were_merged_keep_their_events(ana):
    gone, kept = tell_schedule(unlock(14)), tell_schedule(unlock(14), asset=ref("Omega"))
    feed = feed_of(ana, gone)
    ((_status, _day, _sequence, uid),) = parsed(feed)
    feed.watchlist.entries.update(asset=kept)
    on_assets_merged(merges={gone.pk: kept.pk})
    assert [each[3] for each in parsed(feed)] == [uid]


def test_a_company_and_its_filings_have_the_words_of_their_figures(ana):
    inc = tell_reports(
        ("10-K", "2026-03-25", "2025-12-31"), ("10-Q", "2026-11-12", "2026-09-30"), asset=company("Gamma")
    )
    summaries = [each.summary for each in read_feed(feed_of(ana, inc), now=NOW, site="s").lines]
    assert summaries[0] == "Gamma (BETA): 10-K due"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other.")
def test_programs_that_ask_at_once_are_told_the_same(ana):
    feed = feed_of(ana, tell_schedule(unlock(14), unlock(40), unlock(70)))

    def ask(_number):
        try:
            return parsed(feed)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(ask, range(12)))
    assert all(each == answers[0] for each in answers)
    assert [sequence for _status, _day, sequence, _uid in answers[0]] == [0, 0, 0]
    assert CalendarFeedEntry.objects.count() == 3
