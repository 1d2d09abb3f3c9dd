from datetime import timedelta

import pytest
from django.utils import timezone

from screener.checklist import CRITERIA
from screener.models import Watchlist
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_answered_card, make_asset, make_finding

pytestmark = pytest.mark.django_db

FIRST, *_OTHERS = CRITERIA


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def alpha():
    asset = make_asset("Alpha")
    now = timezone.now()
    for days_ago, state in ((40, "unknown"), (9, "pass"), (2, "fail")):
        finding = make_finding(FIRST, state)
        make_answered_card(asset, finding, scored_at=now - timedelta(days=days_ago))
    UNIVERSE.forget()
    return asset


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("", "pass"),
        ("since=7d", "pass"),
        ("since=30d", "unknown"),
        ("since=2000-01-01", "for the first time"),
    ],
)
def test_of_one_asset_since_a_span_or_a_day(client, alpha, since, expected):
    page = client.get(f"/changes/?asset=alpha&{since}").text
    assert CRITERIA[FIRST].title in page or "2000" in since
    assert expected in page
    assert "1 of 1 asset changed" in page


@pytest.mark.parametrize("since", ["1d", "visit", "2026-99-99", "soon", "9" * 400])
def test_what_is_no_span_is_the_usual_one_and_nothing_new_is_said(client, alpha, since):
    page = client.get("/changes/", {"asset": "alpha", "since": since})
    assert page.status_code == 200
    assert ("Nothing changed" in page.text) == (since == "1d")


def test_of_a_screen_it_is_the_assets_of_its_page(client, alpha):
    assert "Alpha" in client.get("/changes/?q=alpha&since=7d").text
    assert "0 of 0 assets changed" in client.get("/changes/?q=nobody").text


def test_of_a_list_it_is_all_on_it_since_the_last_visit(client, alpha, ana, time_machine):
    watchlist = Watchlist.objects.create(owner=ana, name="Mine")
    watchlist.entries.create(asset=alpha)
    client.force_login(ana)
    address = f"/changes/?watchlist={watchlist.pk}"
    assert "Last visit" not in client.get(address).text
    assert "Last visit" not in client.get(address).text, "a reload is the same visit"
    time_machine.move_to(timezone.now() + timedelta(hours=3))
    page = client.get(address).text
    assert "Last visit" in page
    assert "Nothing changed" in page
    assert f'href="{watchlist.get_absolute_url()}"' in page


@pytest.mark.parametrize("logged_in", [False, True])
def test_nobody_sees_another_persons_list(client, alpha, ana, django_user_model, logged_in):
    other = Watchlist.objects.create(owner=django_user_model.objects.create_user("bea"), name="Hers")
    if logged_in:
        client.force_login(ana)
    assert client.get(f"/changes/?watchlist={other.pk}").status_code == 404
    assert client.get("/changes/?watchlist=x").status_code == 404
    assert client.get("/changes/?asset=nobody").status_code == 404
