"""Plans: from the terms on an asset's page to the prices that came later."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from assets.models import Asset
from assets.sourcing import rows
from screener.models import Plan
from screener.services.scoring.score_assets import score_assets
from screener.universe.live import UNIVERSE
from tests.factories.example import make_ref
from tests.factories.market import observe
from tests.pages.widths import WIDTHS, fits

pytestmark = pytest.mark.page

DAYS = 40


@pytest.fixture
def asset(live_server) -> Asset:
    """Forty days at 2 USD, the last five of them down to 1.70."""
    UNIVERSE.forget()
    now = timezone.now()
    known = {"asset": make_ref(), "as_of": now}
    observe(
        rows.MarketRow(**known, price_usd=Decimal(2), volume_24h_usd=Decimal(900_000)),
        rows.SupplyRow(**known, circulating=Decimal(10_000_000)),
        rows.PoolRow(
            **known,
            address="0xa",
            pool_type="constant_product",
            price_usd=Decimal(2),
            reserve_usd=Decimal(900_000),
        ),
        *(
            rows.CandleRow(
                asset=make_ref(),
                as_of=now - timedelta(days=day),
                open_usd=Decimal(2),
                high_usd=Decimal(2),
                low_usd=Decimal("1.70") if day <= 5 else Decimal("1.98"),
                close_usd=Decimal("1.80") if day <= 5 else Decimal(2),
                volume_usd=Decimal(9),
            )
            for day in range(DAYS)
        ),
        at=now,
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset


@pytest.fixture
def person(django_user_model):
    return django_user_model.objects.create_user("ana")


def plan_ten_days_ago(page: Page, asset: Asset) -> Plan:
    """Work the plan out on the page, keep it there, and let ten days go by."""
    page.goto(f"{asset.get_absolute_url()}?account=50k&stop=25%25&steps=3&spacing=10%25&whole=1#plan")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan for Worked Example")
    expect(page.locator("main")).to_contain_text("No daily price is later than the plan yet.")
    plan = Plan.objects.get()
    plan.planned_at -= timedelta(days=10)
    plan.save()
    return plan


def test_a_plan_is_held_against_later_prices(as_person, person, asset):
    page = as_person(person)
    plan = plan_ten_days_ago(page, asset)
    page.reload()
    orders = page.get_by_role("region", name="Limit orders").get_by_role("row")
    expect(orders).to_have_count(4)
    expect(orders.nth(1)).not_to_contain_text("not yet")  # 2.00, on the next day
    expect(orders.nth(2)).not_to_contain_text("not yet")  # 1.80, when it fell to 1.70
    expect(orders.nth(3)).to_contain_text("not yet")  # 1.62
    expect(page.get_by_role("img", name="Prices before and after the plan")).to_be_visible()
    bought = plan.orders[:2]
    spent, units = sum(price * units for price, units in bought), sum(units for _price, units in bought)
    gain = units * 1.8 - spent
    facts = page.locator("main dl.facts")
    expect(facts).to_contain_text(f"−${-gain:.2f}" if gain > -100 else f"−${-gain:,.0f}")


def test_a_plan_is_thrown_away_and_brought_back_by_keyboard(as_person, person, asset):
    page = as_person(person)
    plan_ten_days_ago(page, asset)
    page.goto(reverse("plans"))
    page.get_by_role("button", name="Delete the plan for Worked Example").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("No plans yet")
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Worked Example")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_its_pages_fit_and_are_accessible(as_person, person, asset, accessible, width, scheme):
    page = as_person(person)
    plan = plan_ten_days_ago(page, asset)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    terms = f"{asset.get_absolute_url()}?account=50k&stop=25%25&whole=1"
    for address in (reverse("plans"), reverse("plan", args=[plan.pk]), terms):
        page.goto(address)
        expect(page.locator("main")).to_be_visible()
        fits(page, width)
        accessible(page)
