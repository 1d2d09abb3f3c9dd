import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from assets.models import RefreshRun
from screener.models import MarketFilling
from screener.universe.live import UNIVERSE
from screener.views.screening import first_run as view
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(view.advance_filling, "delay", lambda: None)
    UNIVERSE.forget()


@pytest.fixture
def under_way():
    now = timezone.now()
    run = RefreshRun.objects.create(
        provider="coingecko", family="market", base_url="", created_at=now, progressed_at=now, steps_total=4
    )
    return MarketFilling.objects.create(ordered_at=now, step=2, run=run)


def text(response):
    return response.content.decode()


def test_a_stranger_is_told_what_could_come_in_and_who_may_order_it(client):
    page = text(client.get("/"))
    assert "Nothing is known here yet" in page
    assert "Log in to bring it in" in page
    assert "ASSAY_FMP_KEY" in page
    assert "first-run/start" not in page


def test_an_empty_page_looks_for_what_comes(client):
    """Whoever comes before the filling has begun sees it begin."""
    assert 'hx-get="/first-run/?seen=empty" hx-trigger="every 2s"' in text(client.get("/"))
    assert client.get("/first-run/?seen=empty", headers=HTMX).status_code == 204
    make_card(make_asset("Invented", fictional=True))
    UNIVERSE.forget()
    assert client.get("/first-run/?seen=empty", headers=HTMX).headers["HX-Refresh"] == "true"


def test_the_sandbox_is_called_invented(client):
    make_card(make_asset("Invented", fictional=True))
    UNIVERSE.forget()
    page = text(client.get("/"))
    assert "Everything below is invented" in page
    assert "The sandbox holds 1 asset to try things out on" in page


def test_staff_start_it_and_see_its_progress_in_place(client):
    client.force_login(User.objects.create_user("stella", is_staff=True))
    assert "first-run/start" in text(client.get("/"))
    assert client.post("/first-run/start/").headers["Location"] == "/"
    assert MarketFilling.objects.get().ordered_by.username == "stella"
    page = text(client.get("/"))
    assert "The real market is coming in" in page
    assert "Step 1 of 8" in page
    assert 'hx-trigger="every 2s"' in page
    client.post("/first-run/stop/")
    assert MarketFilling.objects.get().stopped


def test_others_can_not_start_it(client):
    client.force_login(User.objects.create_user("ana"))
    assert "Staff of this server can start it." in text(client.get("/"))
    assert client.post("/first-run/start/").status_code == 403


def test_the_card_renews_itself_and_then_the_page(client, under_way):
    card = client.get("/first-run/", headers=HTMX)
    assert "Step 2 of 8" in text(card)
    assert "<html" not in text(card)
    under_way.ended_at = timezone.now()
    under_way.save()
    assert client.get("/first-run/", headers=HTMX).headers["HX-Refresh"] == "true"
    assert client.get("/first-run/").headers["Location"] == "/"


def test_without_a_script_the_page_renews_itself(client, under_way):
    assert '<noscript><p><a class="button" href="/">Refresh</a></p></noscript>' in text(client.get("/"))


def test_a_real_market_has_no_card(client):
    make_card(make_asset("Real"))
    UNIVERSE.forget()
    assert "first-run" not in text(client.get("/"))
