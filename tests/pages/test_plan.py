"""A position plan: asked for, answered, refused, with scripts and without, on every width."""

import pytest
from playwright.sync_api import Page, expect

from screener.models import Scorecard
from screener.universe.live import UNIVERSE
from tests.factories.example import fill_example
from tests.pages.widths import WIDTHS, fits

pytestmark = pytest.mark.page


@pytest.fixture
def asset(live_server):
    UNIVERSE.forget()
    return fill_example()


def ask(page: Page, **terms: str):
    section = page.locator("#plan")
    for name, text in terms.items():
        section.locator(f"[name={name}]").fill(text)
    section.get_by_role("button", name="Calculate the plan").click()
    return section


def test_a_plan_is_worked_out_in_place_and_by_its_address(browser_page: Page, asset, scripted):
    browser_page.goto(f"{asset.get_absolute_url()}plan/")
    section = ask(browser_page, account="50k", stop="15%", steps="3")
    expect(section).to_contain_text("At most")
    expect(section.get_by_role("row").filter(has_text="binding")).to_have_count(1)
    address = browser_page.url
    assert "account=50k" in address
    assert "stop=15%25" in address
    browser_page.goto(address)
    section = browser_page.locator("#plan")
    expect(section.locator("[name=account]")).to_have_value("50k")
    expect(section).to_contain_text("At most")


def test_a_wrong_term_keeps_what_was_typed_and_says_how_to_write_it(browser_page: Page, asset):
    browser_page.goto(f"{asset.get_absolute_url()}plan/")
    section = ask(browser_page, account="much", stop="15%")
    expect(section.locator("[name=account]")).to_have_value("much")
    expect(section.locator("[name=stop]")).to_have_value("15%")
    expect(section.locator("#plan-account-problem")).to_contain_text("like 50k")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_and_is_accessible(browser_page: Page, asset, accessible, width, scheme):
    Scorecard.objects.update(gates_open=[], gates_unverified=[])
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(f"{asset.get_absolute_url()}?whole=1&account=50k&stop=15%25&steps=5")
    expect(browser_page.locator("#plan")).to_contain_text("Average cost")
    fits(browser_page, width)
    accessible(browser_page)
