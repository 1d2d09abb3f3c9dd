import re

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from assets.models import Asset
from screener.universe.live import UNIVERSE
from tests.factories.example import fill_equity, fill_example
from tests.pages.widths import fits

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pair(live_server):
    """A token with everything and a share of which little is known."""
    UNIVERSE.forget()
    example = fill_example()
    return example, fill_equity()


def address_of(*assets):
    return "/compare/?" + "&".join(f"asset={each.slug}" for each in assets)


def place_of(element: Locator) -> FloatRect:
    """Where an element is on the screen; it must be shown."""
    place = element.bounding_box()
    assert place is not None
    return place


# Side by side -----------------------------------------------------------------------


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits(browser_page: Page, pair, accessible, width, scheme):
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme=scheme)
    addresses = (
        "/compare/",
        address_of(*pair),
        f"{address_of(*pair)}&asset=nobody&only=differences&add=zzz",
        "/assets/worked-example/peek/",
    )
    for address in addresses:
        browser_page.goto(address)
        accessible(browser_page)
        fits(browser_page, width)


def test_a_comparison_is_built_without_javascript(browser, live_server, pair):
    """Found by name, added, looked at for differences, taken out again: all by links and one form."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/compare/")
    page.get_by_label("Add an asset").fill("worked")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("One asset alone has nothing to be compared with.")).to_be_visible()
    page.get_by_label("Add an asset").fill("inc")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.get_by_role("link", name="Show only differences").click()
    expect(page).to_have_url(re.compile("only=differences$"))
    page.get_by_role("link", name="Remove Inc.").click()
    expect(page.get_by_role("columnheader")).to_have_count(1)
    expect(page.get_by_role("columnheader")).to_contain_text("Worked Example")
    context.close()


def test_differences_alone_come_in_place_and_are_the_address(browser_page: Page, pair):
    browser_page.goto(address_of(*pair))
    row = browser_page.get_by_role("row", name="Position $")
    expect(row).to_be_visible()
    link = browser_page.locator("#other-view")
    link.press("Enter")
    expect(row).to_have_count(0)
    expect(browser_page).to_have_url(re.compile("only=differences$"))
    expect(link).to_be_focused()
    expect(link).to_have_text("Show all rows")
    browser_page.go_back()
    expect(row).to_be_visible()
    expect(browser_page.locator("h1")).to_have_text("Compare")


@pytest.mark.parametrize("width", [1440, 360])
def test_names_stay_at_the_top_and_rows_at_the_left(browser_page: Page, pair, width):
    browser_page.set_viewport_size({"width": width, "height": 700})
    extra = [Asset.objects.create(kind="token", slug=f"coin-{each}", name=f"Coin {each}") for each in "abc"]
    browser_page.goto(address_of(*pair, *extra))
    box = browser_page.get_by_role("region", name="Side by side")
    assert box.evaluate("box => box.scrollHeight > box.clientHeight")
    if width == 360:
        assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.evaluate("box => box.scrollTo(150, 600)")
    frame = place_of(box)
    head = place_of(browser_page.locator(".corner"))
    row = place_of(browser_page.locator("tbody th").filter(has_text="Kind").first)
    assert head["y"] == pytest.approx(frame["y"], abs=3)
    assert row["x"] == pytest.approx(frame["x"], abs=3)


def test_paper_shows_all_of_it(browser_page: Page, pair):
    browser_page.goto(address_of(*pair))
    browser_page.emulate_media(media="print")
    box = browser_page.get_by_role("region", name="Side by side")
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight")
    expect(browser_page.locator(".compare-tools")).to_be_hidden()


# At a glance --------------------------------------------------------------------------


@pytest.fixture
def screen(browser_page: Page, pair) -> Page:
    browser_page.set_viewport_size({"width": 1440, "height": 800})
    browser_page.goto("/")
    return browser_page


@pytest.fixture
def glance(screen):
    return screen.locator("aside.peek")


@pytest.fixture
def names(screen):
    return screen.locator("[data-peek]")


def test_a_glance_comes_by_hover_and_the_pointer_can_go_into_it(screen, names, glance, accessible):
    names.filter(has_text="Worked Example").hover()
    expect(glance).to_contain_text("Worked Example")
    accessible(screen)
    glance.get_by_role("link", name="Worked Example").hover()
    screen.wait_for_timeout(400)
    expect(glance).to_be_visible()
    screen.mouse.move(1400, 790)
    expect(glance).to_have_count(0)


def test_passing_over_a_row_asks_for_nothing(screen, names, glance):
    asked = []
    screen.on("request", lambda request: asked.append(request.url) if "/peek/" in request.url else None)
    names.first.hover()
    screen.mouse.move(1400, 790)
    screen.wait_for_timeout(500)
    assert asked == []
    expect(glance).to_have_count(0)


def test_a_glance_comes_by_key_and_goes_by_escape(screen, names, glance):
    names.first.focus()
    screen.keyboard.press("p")
    expect(glance).to_contain_text(names.first.inner_text())
    expect(names.first).to_be_focused()
    screen.keyboard.press("Escape")
    expect(glance).to_have_count(0)
    screen.keyboard.press("p")
    expect(glance).to_contain_text(names.first.inner_text())
    names.last.focus()
    expect(glance).to_have_count(0)


def test_p_is_a_letter_where_one_writes(screen, glance):
    search = screen.locator("[data-search]").first
    search.press("p")
    expect(search).to_have_value("p")
    expect(glance).to_have_count(0)


def test_only_the_newest_question_is_answered(screen, names, glance):
    """The first answer is held back; by then the second row was asked about."""
    held = []
    screen.route("**/worked-example/peek/", lambda route: held.append(route))
    names.filter(has_text="Worked Example").focus()
    screen.keyboard.press("p")
    screen.wait_for_timeout(100)
    names.filter(has_text="Inc.").focus()
    screen.keyboard.press("p")
    expect(glance).to_contain_text("Inc.")
    assert len(held) == 1
    held[0].abort()
    expect(glance).to_contain_text("Inc.")
    expect(glance).to_have_count(1)


def test_a_glance_moves_nothing_and_is_wholly_on_the_screen(screen, names, glance):
    for width in (1440, 360):
        screen.set_viewport_size({"width": width, "height": 640})
        names.last.focus()
        names.last.scroll_into_view_if_needed()
        screen.wait_for_timeout(100)
        before = place_of(names.last)
        screen.keyboard.press("p")
        expect(glance).not_to_be_empty()
        box = place_of(glance)
        assert place_of(names.last) == before
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 640
        screen.keyboard.press("Escape")


def test_a_row_that_is_gone_leaves_no_glance(screen, names, glance):
    names.filter(has_text="Worked Example").focus()
    screen.route("**/peek/", lambda route: route.fulfill(status=404, body="gone"))
    screen.keyboard.press("p")
    expect(glance).to_have_count(0)
