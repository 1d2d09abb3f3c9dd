"""The tray of chosen assets, as people use it: by mouse, by keyboard, without scripts, on a narrow screen."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from screener.models import Watchlist
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card
from tests.pages.widths import fits

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def market(live_server):
    for number in range(60):
        kind = "equity" if number % 3 == 0 else "token"
        make_card(make_asset(f"Coin{number:02}", kind=kind), float(number), figures={"market_cap_usd": 1e6})
    UNIVERSE.forget()


def bar(page: Page):
    return page.locator("#tray")


def choose(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_label(f"Choose {name}").check()
        expect(bar(page)).to_contain_text(name)


def test_ticks_survive_paging_sorting_filtering_and_a_reload(browser_page: Page, market):
    browser_page.goto("/")
    expect(bar(browser_page)).to_be_hidden()
    choose(browser_page, "Coin59", "Coin57")
    browser_page.get_by_role("link", name="Next").click()
    expect(browser_page.get_by_text("Page 2 of 2")).to_be_visible()
    choose(browser_page, "Coin03")
    browser_page.get_by_role("columnheader", name="Rating").get_by_role("link").click()
    expect(browser_page.get_by_label("Choose Coin03")).to_be_checked()
    browser_page.get_by_role("searchbox", name="Question").or_(browser_page.locator("#query")).fill("coin5")
    expect(browser_page.get_by_label("Choose Coin57")).to_be_checked()
    expect(browser_page.get_by_label("Choose Coin55")).not_to_be_checked()
    browser_page.reload()
    expect(bar(browser_page)).to_contain_text("3 chosen")
    browser_page.get_by_label("Choose Coin57").uncheck()
    expect(bar(browser_page)).to_contain_text("2 chosen")
    bar(browser_page).get_by_role("link", name="Compare").click()
    expect(browser_page).to_have_url(re.compile("asset=coin59&asset=coin03$"))
    browser_page.go_back()
    expect(browser_page.get_by_label("Choose Coin59")).to_be_checked()


def test_many_ticks_at_once_are_all_kept(browser_page: Page, market):
    """Faster than the server answers, and nothing is lost."""
    browser_page.goto("/")
    browser_page.evaluate(
        "[...document.querySelectorAll('input[form=compare]')].slice(0, 12).forEach(e => e.click())"
    )
    expect(bar(browser_page)).to_contain_text("12 chosen")
    browser_page.reload()
    expect(bar(browser_page)).to_contain_text("12 chosen")


def test_it_is_used_by_keyboard_and_the_focus_stays(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.keyboard.press("j")
    browser_page.keyboard.press("x")
    expect(bar(browser_page)).to_contain_text("1 chosen")
    browser_page.keyboard.press("j")
    browser_page.keyboard.press("x")
    expect(bar(browser_page)).to_contain_text("2 chosen")
    expect(browser_page.locator("[data-open]").nth(1)).to_be_focused()
    bar(browser_page).get_by_role("button", name="Take Coin59 out").press("Enter")
    expect(bar(browser_page).get_by_role("button", name="Take Coin58 out")).to_be_focused()
    expect(browser_page.get_by_label("Choose Coin59")).not_to_be_checked()
    bar(browser_page).get_by_role("button", name="Clear").press("Enter")
    expect(bar(browser_page)).to_contain_text("1 asset is no longer chosen.")
    expect(bar(browser_page)).to_be_focused()
    expect(browser_page.get_by_label("Choose Coin58")).not_to_be_checked()
    bar(browser_page).get_by_role("button", name="Undo").press("Enter")
    expect(browser_page.get_by_label("Choose Coin58")).to_be_checked()


def test_a_tick_that_the_server_does_not_take_is_not_shown_as_taken(browser_page: Page, market):
    browser_page.goto("/")
    choose(browser_page, "Coin59")
    browser_page.route("**/screen/chosen/", lambda route: route.abort())
    browser_page.get_by_label("Choose Coin58").click()
    expect(browser_page.get_by_text("The server did not answer. Try again.")).to_be_visible()
    expect(browser_page.get_by_label("Choose Coin58")).not_to_be_checked()
    browser_page.unroute("**/screen/chosen/")
    choose(browser_page, "Coin57")
    expect(bar(browser_page)).to_contain_text("2 chosen")


def test_a_stranger_without_scripts_chooses_and_compares(browser, live_server, market):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/?q=kind:equity")
    page.get_by_label("Choose Coin57").check()
    page.get_by_role("button", name="Choose", exact=True).click()
    expect(page).to_have_url(re.compile("kind"))
    expect(bar(page)).to_contain_text("1 chosen")
    page.goto(f"{live_server.url}/?q=kind:token")
    page.get_by_label("Choose Coin58").check()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile("asset=coin57&asset=coin58$"))
    page.goto(f"{live_server.url}/")
    page.get_by_role("button", name="Clear").click()
    expect(bar(page)).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(bar(page)).to_contain_text("2 chosen")
    context.close()


def test_they_are_watched_and_exported(as_person, ana, market):
    page = as_person(ana)
    Watchlist.objects.create(owner=ana, name="Mine")
    page.goto("/?columns=price")
    choose(page, "Coin59", "Coin57")
    bar(page).locator("summary", has_text="Watch").click()
    bar(page).get_by_role("button", name="Mine").click()
    expect(bar(page)).to_contain_text("2 assets are on “Mine”.")
    bar(page).locator("summary", has_text="Export").click()
    with page.expect_download() as got:
        bar(page).get_by_role("link", name="CSV").click()
    head, *rows = csv.reader(got.value.path().read_text("utf-8-sig").splitlines())
    assert "price_usd" in head
    assert [row[head.index("slug")] for row in rows] == ["coin59", "coin57"]
    bar(page).get_by_role("link", name="Fetch what is missing").click()
    expect(page).to_have_url(re.compile("/data/missing/\\?asset=coin59&asset=coin57$"))


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_fits_and_hides_nothing_below(as_person, ana, market, accessible, width, scheme):
    page = as_person(ana)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    page.evaluate("[...document.querySelectorAll('input[form=compare]')].slice(0, 9).forEach(e => e.click())")
    expect(bar(page)).to_contain_text("9 chosen")
    bar(page).locator("summary", has_text="Watch").click()
    accessible(page)
    fits(page, width)
    box = bar(page).bounding_box()
    assert box
    assert box["height"] < 200
    if width == 360:
        nav = page.locator(".site-nav").bounding_box()
        assert nav
        assert box["y"] + box["height"] <= nav["y"] + 1
    bar(page).get_by_role("button", name="Clear").click()
    expect(bar(page)).to_contain_text("no longer chosen")
    accessible(page)
