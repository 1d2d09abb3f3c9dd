from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from assets.models import Asset
from assets.sourcing import rows
from screener.services.scoring.score_assets import score_assets
from screener.universe.live import UNIVERSE
from tests.factories.example import NOW, make_ref
from tests.factories.market import observe
from tests.pages.widths import WIDTHS, fits

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(live_server):
    UNIVERSE.forget()
    now = {"asset": make_ref(), "as_of": NOW}
    observe(
        rows.MarketRow(**now, price_usd=Decimal(1), market_cap_usd=Decimal(9_000_000)),
        rows.SupplyRow(**now, circulating=Decimal(1_000_000)),
        at=NOW,
        provider="coingecko",
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset


@pytest.fixture
def staff_page(as_person, django_user_model) -> Page:
    return as_person(django_user_model.objects.create_user("root", is_staff=True))


def test_a_figure_is_ruled_and_undone_by_keyboard(valkey, asked, staff_page, accessible):
    page = staff_page
    page.goto(f"{asked.get_absolute_url()}?whole=1")
    conflicts = page.locator("#conflicts")
    summary = conflicts.locator("li summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(conflicts.get_by_label("Keep what the source says")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(conflicts.get_by_label("Take the other value")).to_be_checked()
    conflicts.get_by_label("Reason").focus()
    page.keyboard.type("The explorer shows nine million.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your ruling counts")).to_be_visible()
    score_assets([asked.pk])
    page.goto(f"{asked.get_absolute_url()}?whole=1")
    expect(conflicts).to_contain_text("was ruled by root")
    expect(page.locator(".keyfigures")).to_contain_text("$9.00")
    expect(page.locator(".keyfigures")).not_to_contain_text("questioned")
    accessible(page)
    conflicts.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("is undone")).to_be_visible()
    score_assets([asked.pk])
    page.goto(f"{asked.get_absolute_url()}?whole=1")
    expect(page.locator(".keyfigures")).to_contain_text("questioned")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_can_be_read(asked, staff_page, accessible, scheme):
    page = staff_page
    page.emulate_media(color_scheme=scheme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{asked.get_absolute_url()}?whole=1")
        page.locator("#conflicts li summary").click()
        accessible(page)
        fits(page, width)
        page.goto(f"/assets/{asked.slug}/rulings/supply/circulating/")
        accessible(page)
        fits(page, width)
