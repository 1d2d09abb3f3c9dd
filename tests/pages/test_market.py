"""Taking back the market that was brought in, and the page of an address that nothing answers."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from screener.models import Watchlist, WatchlistEntry
from screener.services.operation.undo_filling import continue_undo
from screener.views.data import market
from tests.factories.filling import fill_market
from tests.factories.scorecards import make_card

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def filled(live_server, monkeypatch):
    """Who ordered it; two assets came in, of which one is watched. No worker takes the task."""
    monkeypatch.setattr(market.undo_filling, "delay", lambda: None)
    stella = User.objects.create_user("stella", is_staff=True)
    _filling, assets = fill_market(stella, ended_at=timezone.now())
    for asset in assets:
        make_card(asset)
    tries = Watchlist.objects.create(owner=stella, name="Tries")
    WatchlistEntry.objects.create(watchlist=tries, asset=assets[0])
    return stella


def test_a_market_is_taken_back_with_and_without_scripts(filled, as_person, accessible, scripted):
    page = as_person(filled)
    page.goto("/data/")
    page.get_by_role("link", name="Real market").click()
    expect(page.get_by_text("1 asset that only this has brought in is removed")).to_be_visible()
    expect(page.get_by_text("1 on a watchlist")).to_be_visible()
    if scripted:
        accessible(page)
    page.get_by_label("These assets may go, with all their figures and scores").check()
    page.get_by_role("button", name="Take the real market back").click()
    expect(page.get_by_text("The real market is being taken back.")).to_be_visible()
    continue_undo()
    if not scripted:
        page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_text("The real market was taken back: 1 asset is removed.")).to_be_visible()
    expect(page.get_by_text("1 asset stays, because somebody has used it:")).to_be_visible()


def test_an_address_that_nothing_answers_says_so_and_folds_what_was_raised(
    browser_page, live_server, accessible
):
    browser_page.goto("/nowhere/at/all/")
    expect(browser_page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    trace = browser_page.get_by_text("Traceback (most recent call last)")
    expect(trace).to_be_hidden()
    browser_page.get_by_text("Technical details").click()
    expect(trace).to_be_visible()
    accessible(browser_page)
