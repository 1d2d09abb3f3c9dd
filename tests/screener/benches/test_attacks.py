import pytest
from django.urls import resolve

from screener.benches.attacks import ATTACKS
from screener.benches.page_attacks import PAGES


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_asks_something_else_each_time_or_the_same(name):
    first, second = (ATTACKS[name].asked(number, "sessionid=x") for number in (1, 2))
    assert first.head.startswith(("GET /", "POST /"))
    assert first.head.endswith("\r\n")
    assert name == "pipelined" or "\r\n\r\n" not in first.head
    assert first.head.splitlines()[0].isascii()
    assert first.head.count("\r\n") == second.head.count("\r\n")


@pytest.mark.parametrize("name", PAGES)
def test_what_is_asked_of_a_page_is_an_address(name):
    for number in range(12):
        assert resolve(PAGES[name](number).partition("?")[0]).url_name
