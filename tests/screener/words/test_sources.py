from typing import NamedTuple

import pytest

from screener.words.sources import call, fact_names, provider_title, source_titles, tellers


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        ({"path": "/markets", "params": {"ids": "a,b", "page": "2"}}, "/markets?ids=a,b&page=2"),
        ({"path": "/markets", "params": {}}, "/markets"),
        ({"path": "/x", "params": {"q": "a b&c"}}, "/x?q=a+b%26c"),
        ({}, ""),
    ],
)
def test_a_request_reads_as_its_address(request_, text):
    assert call(request_) == text


@pytest.mark.parametrize(("name", "title"), [("coingecko", "CoinGecko"), ("gone", "gone")])
def test_a_provider_has_its_own_way_of_writing_its_name(name, title):
    assert provider_title(name) == title


class Source(NamedTuple):
    title: str
    needs_key: bool = False
    needs_terms: bool = False


def test_a_vendor_at_two_addresses_is_named_once():
    assert source_titles([Source("SEC EDGAR"), Source("SEC EDGAR")]) == ["SEC EDGAR"]


def test_who_wants_a_key_says_so_unless_it_answers_without_one_too():
    asked = [Source("Free"), Source("Paid", needs_key=True), Source("Both", needs_key=True), Source("Both")]
    asked.append(Source("Strict", needs_key=True, needs_terms=True))
    assert source_titles(asked) == [
        "Free",
        "Paid (with a key)",
        "Both",
        "Strict (once its terms are accepted)",
    ]
    assert source_titles(()) == []


def test_fields_have_the_names_that_lists_of_facts_use():
    assert fact_names("pools", ["reserve_usd", "no_such"]) == ["reserve", "no_such"]
    assert fact_names("capital", ["event", "read_until"])[1] != "read_until"


class Told(NamedTuple):
    observation_id: int
    filled_from: dict[str, "Told"] = {}


def test_whoever_gives_a_value_of_a_row_tells_it_once_the_row_itself_first():
    other, third = Told(1), Told(7)
    row = Told(3, {"price": other, "volume": other, "fee": Told(3), "age": third})
    assert [each.observation_id for each in tellers(row)] == [3, 1, 7]
    assert tellers(other) == [other]
