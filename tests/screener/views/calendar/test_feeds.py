import uuid

import pytest
import time_machine
import vobject

from screener.models import CalendarFeed
from screener.services.calendar.feeds import change_feed
from screener.universe.live import UNIVERSE
from tests.screener.services.calendar.dated_facts import NOW, tell_schedule, unlock, watched

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    UNIVERSE.forget()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def mine(ana):
    return watched(ana, tell_schedule(unlock(14)))


def address(watchlist):
    return f"/shared/calendars/{CalendarFeed.objects.get(watchlist=watchlist).share_token}.ics"


def test_an_owner_makes_replaces_and_revokes_an_address(client, ana, mine):
    client.force_login(ana)
    made = client.post(f"/watchlists/{mine.pk}/calendar/", {"shared": "1"})
    assert made["Location"] == f"/calendar/?view=month&watchlist={mine.pk}"
    first = address(mine)
    assert client.get(first).status_code == 200
    client.post(f"/watchlists/{mine.pk}/calendar/", {"shared": "new"})
    assert client.get(first).status_code == 404
    second = address(mine)
    client.post(f"/watchlists/{mine.pk}/calendar/")
    assert client.get(second).status_code == 404


def test_nobody_else_makes_one(client, mine, django_user_model):
    assert client.post(f"/watchlists/{mine.pk}/calendar/", {"shared": "1"}).status_code == 302
    client.force_login(django_user_model.objects.create_user("bea"))
    assert client.post(f"/watchlists/{mine.pk}/calendar/", {"shared": "1"}).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_program_reads_it_without_a_log_in(client, mine):
    change_feed(watchlist=mine, wanted="1")
    response = client.get(address(mine))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    calendar = vobject.readOne(response.text)
    assert calendar.x_wr_calname.value == "Mine"
    assert calendar.vevent.summary.value == "Alpha (ALP): Unlock"
    assert client.head(address(mine)).status_code == 200
    assert client.post(address(mine)).status_code == 405


def test_an_unknown_address_leads_nowhere(client):
    assert client.get(f"/shared/calendars/{uuid.uuid4()}.ics").status_code == 404
    assert client.get("/shared/calendars/1.ics").status_code == 404


def test_a_list_that_was_thrown_away_has_no_feed_until_it_is_back(client, mine):
    change_feed(watchlist=mine, wanted="1")
    mine.soft_delete()
    assert client.get(address(mine)).status_code == 404
    mine.restore()
    assert client.get(address(mine)).status_code == 200


def test_the_feed_of_who_may_not_log_in_is_closed(client, ana, mine):
    change_feed(watchlist=mine, wanted="1")
    ana.is_active = False
    ana.save()
    assert client.get(address(mine)).status_code == 404
