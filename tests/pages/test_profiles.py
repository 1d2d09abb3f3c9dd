import re

import pytest
from playwright.sync_api import expect

from screener.checklist import DIMENSIONS
from screener.checklist.profiles import Changes
from screener.models import Override, Profile
from screener.services.desk.profiles import create_profile
from screener.universe.live import UNIVERSE
from screener.universe.ranking import RANKINGS
from tests.factories.example import fill_example

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]

DIMENSION, *_OTHERS = DIMENSIONS


@pytest.fixture(autouse=True)
def _nothing_kept():
    UNIVERSE.forget()
    RANKINGS.forget()


def test_a_profile_from_its_making_to_its_return(ana, as_person, accessible):
    page = as_person(ana)
    page.goto("/profiles/")
    accessible(page)
    page.get_by_role("link", name="New profile").click()
    accessible(page)
    page.get_by_label("Name", exact=True).fill("Careful")
    page.get_by_label("Weight of this dimension").first.fill("77")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Careful")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="77")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No profiles yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Careful")).to_be_visible()


def test_ranks_come_by_themselves_and_shared_profiles_are_copied(ana, as_person, live_server, accessible):
    fill_example()
    changes = Changes(dimension_weights={DIMENSION.id: 77})
    profile = create_profile(user=ana, name="Careful", changes=changes)
    page = as_person(ana)
    page.goto(profile.get_absolute_url())
    expect(page.get_by_text("No asset changes its rank.")).to_be_visible()
    page.goto(f"/profiles/shared/{profile.share_token}/")
    accessible(page)
    page.get_by_role("button", name="Copy to my profiles").click()
    expect(page.get_by_role("heading", name="Careful (2)")).to_be_visible()
    assert Profile.objects.count() == 2


def test_a_finding_is_answered_otherwise_in_place(ana, as_person, live_server, accessible):
    asset = fill_example()
    page = as_person(ana)
    page.goto(f"{asset.get_absolute_url()}tokenomics/")
    finding = page.locator("article.finding").first
    finding.get_by_text("Override", exact=True).click()
    finding.get_by_role("radio", name="caution").check()
    finding.get_by_label("Reason").fill("I read the filing.")
    accessible(page)
    finding.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_text("Your answer is shown beside the checklist's.")).to_be_visible()
    expect(page.locator("article.finding").first).to_contain_text("I read the filing.")
    accessible(page)
    page.goto(asset.get_absolute_url())
    expect(page.locator(".own-totals")).to_contain_text("with your overrides")
    page.goto("/overrides/")
    accessible(page)
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("No overrides yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row").filter(has_text="I read the filing.")).to_be_visible()
    assert Override.objects.get().deleted_at is None


def test_a_position_of_ones_own_stands_beside_the_stored_score(browser_page, accessible):
    asset = fill_example()
    page = browser_page
    page.goto(asset.get_absolute_url())
    page.get_by_label("Position", exact=True).fill("2000000")
    page.get_by_role("button", name="Set").click()
    expect(page.locator(".own-totals")).to_contain_text(re.compile(r"for your position of \$2\sM"))
    accessible(page)
