"""What changed with questioned, stale and bounded figures, in the dark and on the narrowest screen."""

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
from tests.pages.widths import fits

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]

ADDRESS = "FLhP2iCq9TNSxtUhE2aVs3DHnh9ihkJCzXaY2nePkeLu"


@pytest.fixture
def doubted(live_server) -> Asset:
    """An imitation with a questioned market cap, two pools of different prices, and stale holders with open
    ends."""
    UNIVERSE.forget()
    now = timezone.now()
    today = {"asset": make_ref(), "as_of": now}
    pools = (("0xdeep", Decimal(1), 90_000.0, ""), (ADDRESS, Decimal("0.01"), 900.0, "bonding_curve"))
    positions = [
        rows.Position(address=f"0x{place:040x}", holder_type=kind, share=share)
        for place, (kind, share) in enumerate([("contract", 0.3), ("wallet", 0.1), ("pool", 0.2)], start=1)
    ]
    observe(
        rows.MarketRow(**today, price_usd=Decimal(1), market_cap_usd=Decimal(900), volume_24h_usd=5_000.0),
        rows.SupplyRow(**today, circulating=Decimal(100)),
        rows.HolderRow(
            asset=make_ref(),
            as_of=now - timedelta(days=300),
            holder_count=5_000,
            positions=tuple(positions),
        ),
        *(
            rows.PoolRow(**today, address=at, dex="dex", price_usd=price, reserve_usd=reserve, pool_type=kind)
            for at, price, reserve, kind in pools
        ),
        at=now,
        provider="coingecko",
    )
    asset = Asset.objects.get()
    Asset.objects.filter(pk=asset.pk).update(likeness="name")
    score_assets([asset.pk])
    asset.refresh_from_db()
    return asset


@pytest.mark.parametrize(
    "address",
    ["/", "/assets/{}/", "/assets/{}/peek/", "/assets/{}/history/", "/compare/?asset={}", "/checklist/"],
)
def test_a_page_is_accessible_and_fits(browser_page: Page, doubted, accessible, address):
    browser_page.emulate_media(color_scheme="dark")
    browser_page.set_viewport_size({"width": 360, "height": 740})
    browser_page.goto(address.format(doubted.slug))
    expect(browser_page.locator("h1").first).to_be_attached()
    fits(browser_page, 360)
    accessible(browser_page)


def test_what_is_questioned_is_struck_and_leads_to_its_reason(browser_page: Page, doubted):
    browser_page.set_viewport_size({"width": 360, "height": 740})
    browser_page.goto(doubted.get_absolute_url())
    figure = browser_page.locator(".keyfigures .questioned").first
    expect(figure).to_contain_text("questioned")
    figure.get_by_role("link").click()
    expect(browser_page.locator("#conflicts")).to_contain_text("FLhP2i…ePkeLu")
    expect(browser_page.locator("#conflicts")).not_to_contain_text(ADDRESS)
