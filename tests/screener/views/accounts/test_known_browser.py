from django.http import HttpResponse
from django.test import RequestFactory

from screener.views.accounts.known_browser import MOST_ACCOUNTS, browser_known_to, remember_browser


def after_log_ins(*accounts, cookie=""):
    """A request with the cookie that these log-ins leave behind."""
    for account in accounts:
        request, response = RequestFactory().get("/"), HttpResponse()
        request.COOKIES["known-browser"] = cookie
        remember_browser(request, response, account)
        cookie = response.cookies["known-browser"].value
    request = RequestFactory().get("/")
    request.COOKIES["known-browser"] = cookie
    return request


def test_a_browser_is_known_to_who_logged_in():
    request = after_log_ins(1, 2)
    assert browser_known_to(request, 1)
    assert browser_known_to(request, 1) != browser_known_to(request, 2)
    assert browser_known_to(request, 3) is None


def test_it_keeps_its_name():
    first = after_log_ins(1)
    again = after_log_ins(1, cookie=first.COOKIES["known-browser"])
    assert browser_known_to(first, 1) == browser_known_to(again, 1)


def test_a_few_accounts_are_kept():
    request = after_log_ins(*range(MOST_ACCOUNTS + 2))
    assert [each for each in range(10) if browser_known_to(request, each)] == [2, 3, 4, 5, 6]


def test_what_was_tampered_with_is_nobodys():
    for cookie in ("", "x", "e30:1:x", after_log_ins(1).COOKIES["known-browser"][:-1] + "x\ud800"):
        request = RequestFactory().get("/")
        request.COOKIES["known-browser"] = cookie
        assert browser_known_to(request, 1) is None
