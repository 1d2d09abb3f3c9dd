"""The history of an asset: kinds, what is new since a visit, a past day; on every width, light and dark."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from screener.checklist import DIMENSIONS
from screener.models import AssetVisit
from screener.services.desk.notes import write_note
from tests.factories.scorecards import GATE, make_answered_card, make_asset, make_finding
from tests.pages.widths import WIDTHS, fits

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]

CRITERION = DIMENSIONS[0].criteria[0]
SCORES = {"dimensions": {CRITERION.dimension: {"score": 0.5, "low": 0.4, "high": 0.6, "coverage": 1.0}}}


@pytest.fixture
def asset(live_server):
    return make_asset("Alpha")


@pytest.fixture
def history(asset):
    """Two scorecards three days apart; the better answer is the older one."""
    now = timezone.now()
    make_answered_card(
        asset, make_finding(value=5_000.0), total=60.0, scored_at=now - timedelta(days=4), **SCORES
    )
    make_answered_card(
        asset,
        make_finding(state="fail", value=10.0),
        total=18.5,
        scored_at=now - timedelta(days=1),
        gates_open=[GATE],
        figures={"holder_count": 900.0},
        **SCORES,
    )
    return asset


def test_a_history_leads_to_what_changed_and_back(browser_page: Page, history, accessible):
    browser_page.goto("/assets/alpha/history/")
    rating = browser_page.locator(".history-entry").filter(has_text="Rating")
    expect(rating.first).to_contain_text("−41.5")
    expect(browser_page.get_by_role("img", name="Score over time")).to_be_visible()
    browser_page.get_by_role("link", name="What changed").first.click()
    expect(browser_page.get_by_role("heading", name=CRITERION.title)).to_be_visible()
    accessible(browser_page)
    browser_page.get_by_role("link", name="History", exact=True).click()
    expect(browser_page.get_by_role("heading", name="History of Alpha")).to_be_visible()
    browser_page.get_by_role("link", name="Gates", exact=True).click()
    expect(browser_page.locator(".history-entry")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_history_fits_and_is_accessible(browser_page: Page, history, accessible, width, scheme):
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto("/assets/alpha/history/")
    browser_page.get_by_text("What is worth an entry").click()
    fits(browser_page, width)
    accessible(browser_page)
    browser_page.get_by_role("link", name="Dossier of that day").first.click()
    expect(browser_page.get_by_text("As known on")).to_be_visible()
    fits(browser_page, width)
    accessible(browser_page)
    browser_page.get_by_role("link", name="Back to today").click()
    expect(browser_page.get_by_text("As known on")).to_have_count(0)


def test_a_reader_learns_what_is_new_since_their_visit(as_person, history, ana, accessible):
    browser_page = as_person(ana)
    AssetVisit.objects.create(owner=ana, asset=history, began_at=timezone.now() - timedelta(days=2))
    write_note(user=ana, asset=history, body="To be watched")
    browser_page.goto("/assets/alpha/")
    expect(browser_page.get_by_text("Changed since your visit of")).to_be_visible()
    accessible(browser_page)
    browser_page.get_by_role("link", name="Show what is new").click()
    expect(browser_page.get_by_text("To be watched")).to_be_visible()
    expect(browser_page.get_by_text("Scored for the first time")).to_have_count(0)
    accessible(browser_page)
    browser_page.get_by_role("link", name="Since my last visit").click()
    expect(browser_page.get_by_text("New since your visit of")).to_be_visible()
    expect(browser_page.get_by_text("Scored for the first time")).to_be_visible()


def test_a_history_without_a_score(browser_page: Page, asset, accessible):
    browser_page.goto("/assets/alpha/history/")
    expect(browser_page.get_by_text("Nothing has happened yet")).to_be_visible()
    accessible(browser_page)
