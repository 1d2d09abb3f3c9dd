import re

import pytest
from playwright.sync_api import expect

from screener.admission.refusals import refusals

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


def test_a_refusal_is_a_sentence_in_place_and_can_be_asked_again(browser_page, live_server, accessible):
    page = refusals()["en"]["503"][2]
    browser_page.goto("/")

    def refuse(route):
        if route.request.headers.get("hx-request"):
            return route.fulfill(status=503, body=page, content_type="text/html")
        return route.continue_()

    browser_page.route("**/?*", refuse)
    search = browser_page.locator("[data-search]").first
    search.fill("score > 1")
    search.press("Enter")
    box = browser_page.locator(".unanswered")
    expect(box).to_contain_text("The server has more to do than it can at this moment.")
    accessible(browser_page)
    browser_page.unroute("**/?*")
    box.get_by_role("button", name="Try again").click()
    expect(box).to_have_count(0)
    expect(browser_page).to_have_url(re.compile("score"))


def test_a_server_that_is_gone_is_said_as_well(browser_page, live_server):
    browser_page.goto("/")
    browser_page.route("**/?*", lambda route: route.abort())
    search = browser_page.locator("[data-search]").first
    search.fill("score > 1")
    search.press("Enter")
    expect(browser_page.get_by_role("alert")).to_contain_text("The server did not answer.")
    browser_page.unroute("**/?*")
