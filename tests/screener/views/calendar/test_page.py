from datetime import timedelta

import pytest
import time_machine
import vobject

from assets.models import Asset
from screener.models import Preference
from screener.services.calendar import read_calendar as reading
from screener.services.calendar.feeds import change_feed
from screener.universe.live import UNIVERSE
from tests.factories.market import score
from tests.screener.services.calendar.dated_facts import (
    NOW,
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


@pytest.fixture(autouse=True)
def today():
    """Monday, 1 March 2027."""
    UNIVERSE.forget()
    with time_machine.travel(NOW, tick=False):
        yield
    UNIVERSE.forget()


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


def shown(client, **words):
    response = client.get("/calendar/", words)
    assert response.status_code == 200
    return response.text


def test_a_month_is_a_table_of_its_weeks(client):
    tell_schedule(unlock(14, 5_000_000))
    page = shown(client)
    assert "March 2027" in page
    assert page.count('role="columnheader"') == 7
    assert page.count('class="day') - page.count('class="day-') == 35
    assert page.count('aria-current="date"') == 1
    assert 'datetime="2027-03-15"' in page
    assert "ALP" in page
    assert "10.0\u2009%" in page or "10.0\u202f%" in page or "10.0 %" in page


def test_months_lead_to_each_other_with_the_same_filter(client):
    page = shown(client, month="2027-01", kind="split", view="month")
    assert "?month=2026-12&amp;view=month&amp;kind=split" in page
    assert "?month=2027-02&amp;view=month&amp;kind=split" in page
    assert "?month=2027-03&amp;view=month&amp;kind=split" in page


def test_a_list_has_each_event_with_its_source_and_its_age(client):
    asset = tell_schedule(unlock(14, 5_000_000))
    page = shown(client, view="list")
    assert "Mon 15 Mar 2027" in page
    assert "units" in page
    assert f"?asset={asset.slug}#here" in page
    assert "Sandbox #" in page


def test_what_only_an_old_answer_tells_is_marked_in_both_views(client):
    tell_schedule(unlock(14), at=NOW - timedelta(days=40))
    for view in ("month", "list"):
        assert "stale" in shown(client, view=view)


def test_a_full_day_leads_to_its_list(client):
    for number in range(7):
        tell_schedule(unlock(14), asset=ref(f"Token {number}", symbol=f"T{number}"))
    page = shown(client)
    assert "3 more" in page
    assert "?day=2027-03-15&amp;view=month" in page
    day = shown(client, day="2027-03-15", view="month")
    assert all(f"Token {number}" in day for number in range(7))
    assert "The whole month" in day


def test_a_long_list_has_pages(client, monkeypatch):
    monkeypatch.setattr("screener.views.calendar.page.EVENTS_A_PAGE", 2)
    tell_schedule(unlock(3), unlock(9), unlock(20))
    first, second = shown(client, view="list"), shown(client, view="list", page="2")
    assert "Page 1 of 2" in first
    assert "Thu 4 Mar 2027" in first
    assert "Sun 21 Mar 2027" in second


def test_kinds_and_assets_are_filtered(client):
    tell_schedule(unlock(14))
    tell_pool(10)
    tell_split(NOW.date() + timedelta(days=5))
    assert "3 events" in shown(client)
    assert "1 event" in shown(client, kind="liquidity-lock")
    assert "2 events" in shown(client, kind=["unlock", "split"])
    assert "1 event" in shown(client, assets="equity")


def test_a_watchlist_of_mine_and_nobody_elses(client, ana, django_user_model):
    mine = watched(ana, tell_schedule(unlock(14)))
    tell_schedule(unlock(15), asset=ref("Omega", symbol="OMG"))
    assert client.get("/calendar/", {"watchlist": mine.pk}).status_code == 404
    client.force_login(django_user_model.objects.create_user("bea"))
    assert client.get("/calendar/", {"watchlist": mine.pk}).status_code == 404
    client.force_login(ana)
    page = shown(client, watchlist=mine.pk)
    assert "OMG" not in page
    assert "of 1 asset" in page


def test_filings_are_due_by_a_watchlist_and_without_one_the_page_says_so(client, ana):
    inc = tell_reports(("10-K", "2026-03-25", "2025-12-31"), ("10-Q", "2026-11-12", "2026-09-30"))
    assert "choose one to see them" in shown(client)
    client.force_login(ana)
    page = shown(client, watchlist=watched(ana, inc).pk, view="list")
    assert "10-K due" in page
    assert "choose one to see them" not in page


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"month": "99999-99"}, "is no month"),
        ({"month": "2027-13"}, "is no month"),
        ({"month": "1999-12"}, "is no month"),
        ({"month": "9" * 5_000}, "is no month"),
        ({"day": "2027-02-30"}, "is no day"),
        ({"day": "<script>"}, "is no day"),
        ({"kind": "<script>"}, "no kind of event"),
        ({"assets": "bond"}, "no kind of asset"),
        ({"view": "year"}, "no view"),
    ],
)
def test_what_makes_no_sense_is_said_and_the_rest_is_shown(client, words, sentence):
    response = client.get("/calendar/", words)
    assert response.status_code == 400
    assert sentence in response.text
    assert "March 2027" in response.text
    assert "<script>" not in response.text.split("<main")[1].split("</main>")[0]
    assert len(response.text) < 60_000


def test_the_first_and_the_last_month_lead_no_further(client):
    assert "1999-12" not in shown(client, month="2000-01")
    assert "2100-01" not in shown(client, month="2099-12")


def test_nothing_known_and_nothing_in_this_month_are_told_apart(client, ana):
    assert "No dated event is known yet" in shown(client)
    client.force_login(ana)
    assert "No event of these assets is known" in shown(client, watchlist=watched(ana).pk)
    tell_schedule(unlock(70))
    page = shown(client)
    assert "No event in this month" in page
    assert "begin on 10 May 2027" in page
    assert "No event on this day" in shown(client, day="2027-03-02")


def test_what_is_cut_is_said(client, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ASSETS", 1)
    for number in range(3):
        tell_schedule(unlock(5 + number), asset=ref(f"Token {number}"))
    page = shown(client)
    assert "not whole" in page
    assert "up to the day before 7 Mar 2027" in page


def test_invented_assets_are_left_out_beside_real_ones_until_asked_for(client):
    tell_schedule(unlock(14))
    invented = tell_schedule(unlock(15), asset=ref("Omega", symbol="OMG"))
    Asset.objects.filter(pk=invented.pk).update(fictional=True)
    score(now=NOW)
    assert "OMG" not in shown(client)
    assert "left out" in shown(client)
    assert "OMG" in shown(client, sandbox="yes")


# A filter that is kept -----------------------------------------------------------------


def test_a_filter_is_kept_and_opens_the_calendar(client, ana):
    client.force_login(ana)
    tell_schedule(unlock(14))
    tell_pool(10)
    kept = client.post("/calendar/keep/", {"view": "list", "kind": ["unlock"], "month": "2020-01"})
    assert kept.status_code == 302
    page = shown(client)
    assert "1 event" in page
    assert "Mon 15 Mar 2027" in page
    assert "The calendar opens like this." in page
    assert "2 events" in shown(client, view="month")
    client.post("/calendar/keep/", {"forget": "1"})
    assert "2 events" in shown(client)


def test_a_kept_watchlist_that_is_gone_is_as_if_not_kept(client, ana):
    client.force_login(ana)
    mine = watched(ana, tell_schedule(unlock(14)))
    client.post("/calendar/keep/", {"view": "month", "watchlist": mine.pk})
    assert "of 1 asset" in shown(client)
    mine.soft_delete()
    assert "of 1 asset" not in shown(client)


def test_what_makes_no_sense_is_not_kept(client, ana, django_user_model):
    client.force_login(ana)
    client.post("/calendar/keep/", {"kind": "bonds"})
    theirs = watched(django_user_model.objects.create_user("bea"))
    assert client.post("/calendar/keep/", {"watchlist": theirs.pk}).status_code == 404
    assert not Preference.objects.filter(owner=ana).exclude(calendar={}).exists()


# As a file --------------------------------------------------------------------------


def test_the_same_events_come_as_a_file(client):
    tell_schedule(unlock(14))
    tell_split(NOW.date() + timedelta(days=5), asset=company("Inc"))
    response = client.get("/calendar/events.ics", {"kind": "unlock", "month": "2027-03"})
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="assay-2027-03.ics"'
    (event,) = vobject.readOne(response.text).vevent_list
    assert event.summary.value == "Alpha (ALP): Unlock"
    assert event.url.value.startswith("http://testserver/assets/")


def test_a_file_of_what_makes_no_sense_is_refused(client):
    response = client.get("/calendar/events.ics", {"month": "99999-99"})
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")


def test_the_address_of_a_feed_is_shown_to_its_owner(client, ana):
    mine = watched(ana)
    client.force_login(ana)
    assert "Make a feed address" in shown(client, watchlist=mine.pk)
    token = change_feed(watchlist=mine, wanted="1").share_token
    page = shown(client, watchlist=mine.pk)
    assert f"http://testserver/shared/calendars/{token}.ics" in page
    assert "Replace the address" in page
