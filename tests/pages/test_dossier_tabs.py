"""Every tab of a dossier, of assets of which all is known and of which nothing is.

It fits, axe finds nothing, and every chart has a name and is read with the arrow keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from assets.models import Asset
from screener.services.dossier.tabs import TABS
from screener.universe.live import UNIVERSE
from tests.pages.charted import bare, charted_company, charted_token
from tests.pages.widths import fits

pytestmark = [
    pytest.mark.page,
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow("static", "templates", "screener/charts", "screener/services/dossier", "screener/words"),
]

CHARTS = {
    "token": {"overview": 1, "tokenomics": 1, "liquidity": 1, "holders": 1, "peers": 2},
    "equity": {"overview": 1, "utility": 1, "tokenomics": 1, "peers": 2},
}
"""By kind and tab how many charts an asset has of which all is known."""

SHOWN = tuple(each for each in TABS if each.name != "notes")
"""Notes are a reader's own: their page has tests of its own."""

ASSETS: dict[str, Callable[[], Asset]] = {
    "token": charted_token,
    "equity": charted_company,
    "bare token": lambda: bare("token"),
    "bare equity": lambda: bare("equity"),
}
SIZES = {"wide": (1440, "light"), "middle": (768, "light"), "narrow": (360, "dark")}
CASES = [
    *((asset, size) for asset in ("token", "equity") for size in SIZES),
    *((asset, "narrow") for asset in ("bare token", "bare equity")),
]


@pytest.fixture(autouse=True)
def _fresh_universe(live_server):
    UNIVERSE.forget()


def read_by_keys(page: Page, chart: Locator) -> None:
    """The first of several points says something else than the last, each where it is read aloud."""
    plot, reading = chart.locator(".chart-plot"), chart.locator("output[data-reading]")
    assert plot.get_attribute("aria-label")
    plot.focus()
    page.keyboard.press("Home")
    expect(reading).not_to_have_text("")
    first = reading.text_content()
    page.keyboard.press("End")
    if plot.locator(".point").count() > 1:
        expect(reading).not_to_have_text(first or "")


@pytest.mark.parametrize(("name", "size"), CASES, ids=["-".join(each) for each in CASES])
def test_every_tab_fits_and_can_be_read(browser_page: Page, accessible, name, size):
    asset, (width, scheme) = ASSETS[name](), SIZES[size]
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 900})
    drawn = {}
    for tab in SHOWN:
        browser_page.goto(tab.address(asset))
        expect(browser_page.locator(".dossier-tabs [aria-current]")).to_be_attached()
        fits(browser_page, width)
        if size == "narrow":
            accessible(browser_page)
        charts = browser_page.locator("[data-chart]").all()
        for chart in charts:
            if not chart.locator("xpath=ancestor::*[@data-price-chart]").count():
                read_by_keys(browser_page, chart)
        if charts:
            drawn[tab.name] = len(charts)
    assert drawn == ({} if name.startswith("bare") else CHARTS[asset.kind])


@pytest.mark.parametrize("kind", CHARTS)
def test_charts_stand_there_without_scripts(browser, live_server, kind):
    asset, context = ASSETS[kind](), browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for tab, count in CHARTS[kind].items():
        address = next(each.address(asset) for each in SHOWN if each.name == tab)
        page.goto(f"{live_server.url}{address}")
        readings = page.locator("[data-chart] [data-reading]")
        assert readings.count() == count
        assert all(text.strip() for text in readings.all_text_contents())
    context.close()
