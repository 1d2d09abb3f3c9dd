"""The price chart that is zoomed: what brings it, what can be chosen, what happens when it does not come."""

import gzip
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from assets.models import Asset
from assets.sourcing import rows
from screener.services.desk.notes import write_note
from screener.services.scoring.score_assets import score_assets
from screener.universe.live import UNIVERSE
from tests.factories.example import make_ref
from tests.factories.market import observe
from tests.factories.scorecards import make_answered_card
from tests.pages.widths import WIDTHS, fits
from tests.screener.services.market.traded import store_days
from tests.servers.waiting import until

pytestmark = pytest.mark.page

DAYS = 500
MOST_JS_BYTES = 150_000


@pytest.fixture
def asset(live_server) -> Asset:
    """Bars of more than a year, a past unlock, another grade of last month, and a market beside it."""
    UNIVERSE.forget()
    now = timezone.now()
    of = {"asset": make_ref(), "as_of": now}
    observe(
        rows.MarketRow(**of, price_usd=Decimal("0.5"), volume_24h_usd=Decimal(9_000)),
        rows.SupplyRow(**of, circulating=Decimal(10_000_000), total=Decimal(20_000_000)),
        rows.UnlockRow(
            **of,
            events=(
                rows.Unlock(unlock_at=now - timedelta(days=20), amount=Decimal(1_000_000), category="team"),
            ),
        ),
        *(candle(days, 50 + days % 9, now=now) for days in range(DAYS)),
        at=now,
    )
    found = Asset.objects.get()
    score_assets([found.pk])
    for days, grade in ((40, "C"), (30, "B")):
        make_answered_card(found, grade=grade, tier="micro", scored_at=now - timedelta(days=days))
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    store_days(400, last=midnight - timedelta(days=1))
    return found


def candle(days, cents, *, now):
    close = Decimal(cents) / 100
    return rows.CandleRow(
        asset=make_ref(),
        as_of=now - timedelta(days=days),
        market="gate",
        open_usd=close - Decimal("0.02"),
        high_usd=close + Decimal("0.03"),
        low_usd=close - Decimal("0.03"),
        close_usd=close,
        volume_usd=Decimal(1_000 + days),
    )


@pytest.fixture
def section(browser_page: Page, asset):
    browser_page.goto(asset.get_absolute_url())
    found = browser_page.locator("#price")
    found.scroll_into_view_if_needed()
    return found


def live(section):
    """The chart, once a hover has brought it."""
    section.locator(".chart-plot").hover()
    plot = section.locator(".chart-live")
    expect(plot).to_be_visible()
    return plot


def shown_days(plot):
    """How many days there are from the first that is shown to the last."""
    first, last = plot.get_attribute("data-shown").split()
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def expect_days(plot, least, most):
    """It says which days it shows once it has drawn them, which is after the key or the click."""
    until(lambda: least <= shown_days(plot) <= most, f"a chart of {least} to {most} days")


def test_the_server_draws_it_and_a_hover_puts_one_that_is_zoomed_in_its_place(section):
    expect(section.locator(".chart-plot")).to_be_visible()
    expect(section.locator(".chart-live")).to_have_count(0)
    before = section.bounding_box()
    plot = live(section)
    expect(plot).to_have_attribute("data-bars", str(DAYS))
    expect(section.locator(".chart-plot")).to_be_hidden()
    assert section.bounding_box() == before
    middle = timezone.now() - timedelta(days=90)
    near = [f"{middle + timedelta(days=each):%-d %b %Y}: open" for each in range(-7, 8)]
    expect(section.locator("[data-reading]")).to_have_text(re.compile("|".join(near)))
    expect_days(plot, 178, 185)


def test_it_comes_with_the_focus_and_is_read_with_the_keys(browser_page: Page, section):
    section.locator(".chart-plot").focus()
    plot = section.locator(".chart-live")
    expect(plot).to_be_focused()
    reading, said = section.locator("[data-reading]"), section.locator("[data-said]")
    newest = reading.inner_text()
    browser_page.keyboard.press("ArrowLeft")
    expect(reading).not_to_have_text(newest)
    expect(said).to_have_text(reading.inner_text())
    browser_page.keyboard.press("End")
    expect(said).to_contain_text(newest)
    browser_page.keyboard.press("Home")
    first = f"{timezone.now() - timedelta(days=DAYS - 1):%Y-%m-%d}"
    expect(plot).to_have_attribute("data-shown", re.compile(f"^{first} "))
    expect_days(plot, 1, 199)
    browser_page.keyboard.press("+")
    expect(section.locator("[data-months][aria-pressed=true]")).to_have_count(0)
    browser_page.keyboard.press("Escape")
    expect(plot).not_to_be_focused()


def test_a_touch_brings_it(browser_page: Page, section):
    section.locator(".chart-plot").dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    expect(section.locator(".chart-live")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "days"), [("1 month", 30), ("3 months", 91), ("1 year", 365), ("All days", 499)]
)
def test_a_range_is_chosen(section, name, days):
    plot = live(section)
    button = section.get_by_role("button", name=name)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(section.locator("[data-months][aria-pressed=true]")).to_have_count(1)
    expect_days(plot, days - 3, days + 3)


def test_the_wheel_scrolls_the_page_until_the_chart_has_the_focus(browser_page: Page, section):
    plot = live(section)
    box = plot.bounding_box()
    all_days = plot.get_attribute("data-shown")
    browser_page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    start = browser_page.evaluate("scrollY")
    browser_page.mouse.wheel(0, 60)
    browser_page.wait_for_function("start => scrollY > start", arg=start)
    assert plot.get_attribute("data-shown") == all_days
    plot.click()
    start = browser_page.evaluate("scrollY")
    browser_page.mouse.wheel(0, -240)
    expect(plot).not_to_have_attribute("data-shown", all_days)
    assert browser_page.evaluate("scrollY") == start


def test_the_scale_can_be_logarithmic(section):
    live(section)
    button = section.get_by_role("button", name="Logarithmic scale")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_what_is_chosen_before_it_is_there_counts_once_it_is(section):
    section.get_by_role("button", name="1 month").click()
    plot = section.locator(".chart-live")
    expect(plot).to_be_visible()
    expect(section.get_by_role("button", name="1 month")).to_have_attribute("aria-pressed", "true")
    expect_days(plot, 1, 31)


def test_it_is_held_against_its_market(section):
    plot = live(section)
    section.get_by_label("Compare with").select_option("its size group")
    line = section.locator("[data-benchmark-line]")
    expect(line).to_contain_text("Tokens: Micro-caps (line), set to the close of ")
    days = int(plot.get_attribute("data-line"))
    section.get_by_role("button", name="1 month").click()
    until(lambda: 0 < int(plot.get_attribute("data-line")) < days, "a line of a month")
    section.get_by_label("Compare with").select_option("Bitcoin")
    expect(line).to_have_text("No prices of bitcoin are stored here.")
    expect(plot).to_have_attribute("data-line", "0")
    section.get_by_label("Compare with").select_option("nothing")
    expect(line).to_be_hidden()


def test_a_benchmark_that_does_not_come_is_said(browser_page: Page, section):
    live(section)
    browser_page.route("**/price.json?benchmark=market", lambda route: route.abort())
    section.get_by_label("Compare with").select_option("its market")
    expect(section.locator("[data-benchmark-line]")).to_contain_text("could not be loaded")


def test_what_happened_is_marked_and_leads_on(as_person, asset, ana):
    write_note(user=ana, asset=asset, body="Ask for the audit")
    page = as_person(ana)
    page.goto(asset.get_absolute_url())
    section = page.locator("#price")
    plot = live(section)
    kinds = section.locator(".price-marks .badge")
    section.get_by_text("Events on the chart").click()
    assert {*kinds.all_inner_texts()} == {"U", "G", "N"}
    days = {
        (each.get_attribute("title"), each.locator("xpath=..").locator("time").inner_text())
        for each in kinds.all()
    }
    expect(plot).to_have_attribute("data-marks", str(len(days)))
    button = section.get_by_role("button", name="Events", exact=True)
    button.click()
    expect(plot).to_have_attribute("data-marks", "0")
    section.get_by_role("link", name="Grade C → B").click()
    expect(page).to_have_url(re.compile(r"/history/\d+/\d+/$"))


@pytest.mark.parametrize("address", ["**/price.json", "**/*.production.mjs", "**/candles.js"])
def test_when_it_does_not_come_the_chart_of_the_server_stays(browser_page: Page, section, address):
    browser_page.route(address, lambda route: route.abort())
    section.locator(".chart-plot").hover()
    expect(section.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(section.locator(".chart-plot")).to_be_visible()
    browser_page.unroute(address)
    section.get_by_role("button", name="Try again").click()
    expect(section.locator(".chart-live")).to_be_visible()
    expect(section.get_by_role("alert")).to_have_count(0)


def test_one_that_comes_after_the_page_is_brought_as_well(browser_page: Page, section):
    section.evaluate("section => { section.outerHTML = section.outerHTML; }")
    live(browser_page.locator("#price"))


def test_paper_has_the_chart_of_the_server(browser_page: Page, section):
    plot = live(section)
    browser_page.emulate_media(media="print")
    expect(section.locator(".chart-plot")).to_be_visible()
    expect(plot).to_be_hidden()


def test_a_past_day_is_asked_for(browser_page: Page, section):
    section.evaluate("section => { section.dataset.asOf = '2026-03-02'; }")
    with browser_page.expect_request("**/price.json*") as asked:
        section.locator(".chart-plot").hover()
    assert asked.value.url.endswith("/price.json?as_of=2026-03-02")


def test_without_scripts_there_is_the_chart_and_its_table(browser_page: Page, asset, scripted):
    browser_page.goto(asset.get_absolute_url())
    section = browser_page.locator("#price")
    expect(section.locator(".chart-plot")).to_be_visible()
    expect(section.locator(".price-tools")).to_be_visible(visible=scripted)
    section.get_by_text("As a table").click()
    expect(section.get_by_role("row")).to_have_count(28)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_and_is_accessible(browser_page: Page, asset, accessible, width, scheme):
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(asset.get_absolute_url())
    section = browser_page.locator("#price")
    live(section)
    section.get_by_label("Compare with").select_option("its market")
    expect(section.locator("[data-benchmark-line]")).to_contain_text("set to the close")
    section.get_by_text("Events on the chart").click()
    fits(browser_page, width)
    accessible(browser_page)


def test_all_scripts_of_the_page_stay_within_their_weight(browser_page: Page, asset):
    scripts: dict[str, Response] = {}

    def remember(answer: Response) -> None:
        if answer.request.resource_type == "script":
            scripts[answer.url] = answer

    browser_page.on("response", remember)
    browser_page.goto(asset.get_absolute_url())
    live(browser_page.locator("#price"))
    assert any(url.endswith("lightweight-charts.standalone.production.mjs") for url in scripts)
    assert all(url.startswith(browser_page.url.split("/assets/")[0]) for url in scripts)
    assert sum(len(gzip.compress(each.body())) for each in scripts.values()) <= MOST_JS_BYTES
