from datetime import timedelta
from functools import partial

import pytest
from playwright.sync_api import expect

from screener.checklist import DIMENSIONS
from screener.models import Scorecard
from tests.factories.market import NOW
from tests.factories.scorecards import make_answered_card, make_asset, make_finding

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]

CRITERION = DIMENSIONS[0].criteria[0]


@pytest.fixture
def asset(db):
    return make_asset("Alpha")


@pytest.fixture
def card(asset):
    return partial(make_answered_card, asset)


@pytest.fixture
def history(live_server, card):
    """Two scorecards three days apart; the better answer is the older one."""
    scores = {"score": 0.5, "low": 0.4, "high": 0.6, "coverage": 1.0}
    fields = {"dimensions": {CRITERION.dimension: scores}, "total_low": 30.0, "total_high": 70.0}
    card(make_finding(value=5_000.0), total=60.0, **fields)
    card(make_finding(state="fail", value=10.0), total=48.5, scored_at=NOW + timedelta(days=3), **fields)
    return Scorecard.objects.all()


def test_a_history_leads_to_what_changed_and_back(browser_page, history, accessible):
    browser_page.goto("/assets/alpha/history/")
    expect(browser_page.get_by_role("row").filter(has_text="✕ fail")).to_contain_text("−11.5")
    expect(browser_page.get_by_role("img", name="Score over time")).to_be_visible()
    accessible(browser_page)
    browser_page.get_by_role("link", name="What changed").click()
    expect(browser_page.get_by_role("heading", name=CRITERION.title)).to_be_visible()
    accessible(browser_page)
    browser_page.get_by_role("link", name="Score history").click()
    expect(browser_page.get_by_role("heading", name="Score history of Alpha")).to_be_visible()


def test_a_history_without_a_score(browser_page, live_server, asset, accessible):
    browser_page.goto("/assets/alpha/history/")
    expect(browser_page.get_by_text("There is no score yet")).to_be_visible()
    accessible(browser_page)
