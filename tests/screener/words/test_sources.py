import pytest

from assets.providers import PROVIDERS
from screener.words.sources import call, provider_title, provider_titles


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


def test_a_vendor_at_two_addresses_is_named_once():
    names = [each.name for each in PROVIDERS if each.title == "SEC EDGAR"]
    assert len(names) > 1
    assert provider_titles(names) == ["SEC EDGAR"]
