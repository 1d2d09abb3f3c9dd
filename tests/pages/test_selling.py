"""Selling a position: read, asked for another size, with scripts and without, on every width."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assets.models import Asset
from assets.sourcing import rows
from screener.services.scoring.score_assets import score_assets
from screener.universe.live import UNIVERSE
from tests.factories.example import make_ref
from tests.factories.market import observe
from tests.pages.widths import WIDTHS, fits

pytestmark = pytest.mark.page


@pytest.fixture
def asset(live_server) -> Asset:
    """One venue of each kind: a pool by its formula, one of unknown type, one refused, a stale book."""
    UNIVERSE.forget()
    now = timezone.now()
    told = {"asset": make_ref(), "as_of": now}
    pool = {"price_usd": Decimal("0.5"), "reserve_usd": Decimal(200_000)}
    observe(
        rows.MarketRow(**told, price_usd=Decimal("0.5"), volume_24h_usd=Decimal(9_000)),
        rows.SupplyRow(**told, circulating=Decimal(10_000_000), total=Decimal(20_000_000)),
        rows.PoolRow(**told, address="0xa", dex="uniswap", pool_type="constant_product", **pool),
        rows.PoolRow(**told, address=f"0x{7:040x}", dex="somewhere", **pool),
        rows.PoolRow(**told, address="0xfake", dex="fake", quote_is_listed=False, **pool),
        rows.BookRow(**told, venue="Gate", pair="EX/USDT", bid_usd=Decimal("0.49"), stale=True),
        rows.HolderRow(
            **told, holder_count=900, positions=(rows.Position(holder_type="wallet", share=0.04),) * 5
        ),
        *(
            rows.CandleRow(
                asset=make_ref(),
                as_of=now - timedelta(days=day),
                open_usd=Decimal("0.44"),
                high_usd=Decimal("0.52"),
                low_usd=Decimal("0.43"),
                close_usd=Decimal("0.5"),
                volume_usd=Decimal(9),
            )
            for day in range(40)
        ),
        at=now,
    )
    found = Asset.objects.get()
    score_assets([found.pk])
    return found


def test_another_size_is_asked_for_and_answered(browser_page: Page, asset, scripted):
    browser_page.goto(f"{asset.get_absolute_url()}liquidity/#selling")
    section = browser_page.locator("#selling")
    section.get_by_label("Size of the sale").fill("100k")
    section.get_by_role("button", name="Simulate the sale").click()
    expect(browser_page).to_have_url(f"{asset.get_absolute_url()}liquidity/?position=100k#selling")
    expect(section.get_by_label("Size of the sale")).to_have_value("100k")
    expect(section).to_contain_text("worth $100\u202fK, brings between")
    expect(section).to_be_in_viewport()
    section.get_by_label("Size of the sale").fill("a lot")
    section.get_by_role("button", name="Simulate the sale").click()
    expect(section.locator(".field-error")).to_contain_text("“a lot” is not a position size")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_and_is_accessible(browser_page: Page, asset, accessible, width, scheme):
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(f"{asset.get_absolute_url()}?whole=1&position=25k")
    expect(browser_page.locator("#selling")).to_contain_text("Gate")
    fits(browser_page, width)
    accessible(browser_page)
