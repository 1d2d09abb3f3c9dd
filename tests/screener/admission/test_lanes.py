import pytest
from django.urls import resolve, reverse

from screener.admission.lanes import (
    EXPENSIVE,
    EXPENSIVE_ADDRESSES,
    LANE_AT_ONCE,
    PAGES_OF_A_PROCESS,
    SHEETS,
    Lane,
    lane_of,
)


def test_expensive_questions_leave_threads_to_the_others():
    assert EXPENSIVE.at_once + EXPENSIVE.waiting + SHEETS.at_once < PAGES_OF_A_PROCESS
    assert LANE_AT_ONCE < PAGES_OF_A_PROCESS


@pytest.mark.parametrize("path", sorted(EXPENSIVE_ADDRESSES))
def test_what_is_expensive_is_an_address(path):
    assert resolve(path).url_name
    assert lane_of("GET", path, "") is Lane.EXPENSIVE


@pytest.mark.parametrize(
    ("method", "path", "query", "lane"),
    [
        ("GET", "/", "q=changed%3Ascore+7d+%3E+1", Lane.EXPENSIVE),
        ("GET", "/", "q=%63HANGED:score 7d > 1", Lane.EXPENSIVE),
        ("GET", "/", "q=score+%3E+1", None),
        ("GET", "/", "", None),
        ("GET", reverse("document", args=["grove"]), "", Lane.EXPENSIVE),
        ("GET", reverse("asset", args=["grove"]), "", Lane.DOSSIERS),
        ("HEAD", reverse("citation", args=["grove"]), "", Lane.DOSSIERS),
        ("POST", reverse("asset_notes", args=["grove"]), "", None),
        ("POST", reverse("watchlist_paste", args=[7]), "", Lane.EXPENSIVE),
        ("POST", reverse("account_login"), "", Lane.PASSWORDS),
        ("POST", reverse("account_signup"), "", Lane.PASSWORDS),
        ("POST", reverse("admin:login"), "", Lane.PASSWORDS),
        ("GET", reverse("account_login"), "", None),
    ],
)
def test_what_costs_much_has_a_lane(method, path, query, lane):
    assert lane_of(method, path, query) is lane
