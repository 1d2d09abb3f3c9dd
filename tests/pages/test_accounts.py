import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery"


@pytest.fixture
def ana(ana):
    ana.set_password(PASSWORD)
    ana.save()
    return ana


def log_in(page):
    page.goto("/accounts/login/?next=/privacy/")
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What is kept about you")).to_be_visible()


def test_a_password_can_be_seen_and_is_weighed(browser_page, live_server, accessible):
    page = browser_page
    page.goto("/accounts/signup/")
    accessible(page)
    password, meter = page.locator("#id_password1"), page.locator("meter")
    expect(password).to_have_attribute("autocomplete", "new-password")
    for typed, said in (
        ("short", "Too short"),
        ("aaaaaaaaaaaaa", "Weak"),
        ("correct horse battery staple", "Strong"),
    ):
        password.fill(typed)
        expect(page.locator("output")).to_contain_text(said)
    assert meter.evaluate("each => each.value") > 70
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(password).to_have_attribute("type", "text")
    expect(password).to_be_focused()
    page.get_by_role("button", name=re.compile("^Hide")).click()
    expect(password).to_have_attribute("type", "password")


def test_a_second_factor_from_its_set_up_to_its_end(ana, browser_page, live_server, accessible):
    page = browser_page
    log_in(page)
    page.goto("/accounts/2fa/")
    accessible(page)
    page.get_by_role("link", name="Activate").click()
    accessible(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("img.qr")).to_be_visible()
    assert page.locator("img.qr").evaluate("each => each.naturalWidth") > 0
    accessible(page)
    secret = page.get_by_label("Authenticator secret").input_value()
    page.locator("#id_code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Recovery Codes")).to_be_visible()
    accessible(page)
    page.goto("/accounts/2fa/totp/deactivate/")
    accessible(page)
    page.get_by_role("button", name="Deactivate").click()
    expect(page.get_by_text("An authenticator app is not active.")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        *("/accounts/password/change/", "/accounts/sessions/", "/accounts/email/", "/accounts/data/"),
        *("/accounts/data/erase/", "/accounts/reauthenticate/", "/accounts/logout/", "/privacy/"),
    ],
)
def test_pages_about_an_account(ana, browser_page, live_server, accessible, address):
    log_in(browser_page)
    browser_page.goto(address)
    accessible(browser_page)


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"]
)
def test_pages_for_who_is_not_logged_in(browser_page, live_server, accessible, address):
    browser_page.goto(address)
    accessible(browser_page)


def test_refusals_are_pages_of_ours(ana, browser_page, live_server, accessible, settings):
    settings.SIGN_UP_OPEN = settings.MAIL_CONFIGURED = False
    for address in ("/accounts/signup/", "/accounts/password/reset/"):
        browser_page.goto(address)
        accessible(browser_page)
    log_in(browser_page)
    browser_page.goto("/admin/")
    expect(
        browser_page.get_by_text("Only staff can do this. Ask the operator of this server.", exact=True)
    ).to_be_visible()
    accessible(browser_page)
