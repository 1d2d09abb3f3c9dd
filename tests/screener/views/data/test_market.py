import pytest
from django.contrib.auth.models import User
from kombu.exceptions import OperationalError

from assets.models import Asset
from screener.models import MarketUndo
from screener.services.desk.notes import write_note
from screener.services.operation.undo_filling import continue_undo
from screener.universe.live import UNIVERSE
from screener.views.data import market as view
from tests.factories.filling import fill_market
from tests.factories.scorecards import make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = User.objects.create_user("stella", is_staff=True)
    client.force_login(person)
    return person


@pytest.fixture(autouse=True)
def tasks(monkeypatch):
    sent = []
    monkeypatch.setattr(view.undo_filling, "delay", lambda: sent.append("undo"))
    return sent


@pytest.fixture
def filled(staff):
    """A filling with one run, which brought in two assets."""
    filling, _assets = fill_market(staff)
    return filling


def page_of(client):
    return client.get("/data/market/").content.decode()


def test_what_would_go_and_stay_is_told_first(client, staff, filled):
    write_note(user=staff, asset=Asset.objects.get(slug="one"), body="x")
    page = page_of(client)
    assert "1 asset that only this has brought in is removed" in page
    assert "1 asset stays, because somebody has used it since:" in page
    assert "1 with a note" in page
    assert "CoinGecko · Price and volume" in page
    assert "Coming in" in page


def test_it_is_taken_back_when_that_is_confirmed(client, staff, filled, tasks):
    write_note(user=staff, asset=Asset.objects.get(slug="one"), body="x")
    client.post("/data/market/undo/")
    assert tasks == []
    assert not MarketUndo.objects.exists()
    client.post("/data/market/undo/", {"confirmed": "yes"})
    assert tasks == ["undo"]
    page = page_of(client)
    assert "The real market is being taken back." in page
    assert "0 of 1 asset is removed." in page
    continue_undo()
    page = page_of(client)
    assert "The real market was taken back: 1 asset is removed." in page
    assert "1 asset stays, because somebody has used it:" in page
    assert [each.slug for each in Asset.objects.all()] == ["one"]


def test_what_refreshes_by_itself_is_said(client, staff, filled, settings):
    settings.ASSAY_REFRESH = ["coingecko", "sandbox"]
    assert "ASSAY_REFRESH has this server ask CoinGecko by itself" in page_of(client)


def test_without_a_queue_it_waits(client, staff, filled, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(view.undo_filling, "delay", refuse)
    answer = client.post("/data/market/undo/", {"confirmed": "yes"}, follow=True)
    assert "The removal starts when it is back." in answer.content.decode()
    assert MarketUndo.objects.get().ended_at is None


def test_there_is_nothing_to_take_back(client, staff, tasks):
    assert "No real market was brought in" in page_of(client)
    answer = client.post("/data/market/undo/", {"confirmed": "yes"}, follow=True)
    assert "There is no real market to take back." in answer.content.decode()
    assert tasks == []


def test_who_ordered_it_may_and_others_may_not(client, staff, filled):
    staff.is_staff = False
    staff.save()
    assert client.get("/data/market/").status_code == 200
    client.force_login(User.objects.create_user("ana"))
    assert client.get("/data/market/").status_code == 403
    assert client.post("/data/market/undo/", {"confirmed": "yes"}).status_code == 403
    assert not MarketUndo.objects.exists()


def test_the_card_of_a_new_server_leads_there(client, staff, filled):
    make_card(Asset.objects.get(slug="one"))
    UNIVERSE.forget()
    assert "/data/market/" in client.get("/").content.decode()
    client.post("/first-run/stop/")
    page = client.get("/").content.decode()
    assert "Bringing in the real market was stopped" in page
    assert "1 asset has come in." in page
    client.logout()
    assert "was stopped" not in client.get("/").content.decode()
