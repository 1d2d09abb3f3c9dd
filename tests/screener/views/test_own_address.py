from urllib.parse import urljoin, urlsplit

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from screener.views.own_address import own_address

REQUEST = RequestFactory().get("/")


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/", "/"),
        ("/?sort=-total&page=2#row", "/?sort=-total&page=2#row"),
        ("/assets/ñandú/?q=%00", "/assets/ñandú/?q=%00"),
        ("http://testserver/notes/?q=x", "/notes/?q=x"),
        ("HTTPS://TestServer/notes/", "/notes/"),
        ("http://testserver", "/"),
    ],
)
def test_pages_of_ours(address, page):
    assert own_address(REQUEST, address) == page


@pytest.mark.parametrize(
    "address",
    [
        *("", "notes/", "?page=2", "data", "javascript:alert(1)", "data:text/html,x"),
        *("https://evil.example/", "//evil.example/", "///evil.example", "////evil.example"),
        *("https://testserver//evil.example", "https://testserver///evil.example", "http:///evil.example"),
        *("/\\evil.example", "\\\\evil.example", "https://testserver/\\evil.example", "/a\\..\\b"),
        *("https://user@testserver/", "https://testserver@evil.example/", "https://testserver:81/"),
        *("/\t/evil.example", "/\n/evil.example", "\x00/", "/\x7f", "/a b", "\u2028/", "/\ud800"),
        *("http://[", "http://[::1", "https://test\u2044server/", "/" + "a" * 2_000),
    ],
)
def test_all_else_is_none(address):
    assert own_address(REQUEST, address) is None


@given(
    st.one_of(
        st.text(),
        st.text(alphabet="/\\:@?#.htpsev\t\n[]"),
        st.text(alphabet="/\\.e").map("http://testserver".__add__),
    )
)
def test_wherever_a_browser_goes_from_there_it_stays_with_us(address):
    page = own_address(REQUEST, address)
    if page is not None:
        assert page.startswith("/")
        assert urlsplit(urljoin("http://testserver/form/", page)).netloc == "testserver"
