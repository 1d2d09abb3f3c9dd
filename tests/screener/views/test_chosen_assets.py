from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from screener.views.chosen_assets import (
    CHOSEN_COOKIE,
    MOST_CHOSEN,
    chosen_ids,
    keep_chosen,
    read_ids,
    written_ids,
)


@given(st.lists(st.integers(0, 2**63 - 1), max_size=MOST_CHOSEN, unique=True))
def test_what_is_kept_is_read_again_and_fits_into_a_cookie(ids):
    response = HttpResponse()
    keep_chosen(response, RequestFactory().get("/"), ids)
    cookie = response.cookies[CHOSEN_COOKIE]
    assert len(cookie.OutputString()) < 4_096
    assert read_ids(cookie.value) == tuple(ids)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("7", (7,)),
        ("7.3.7", (7, 3)),
        ("7.x.-1.٣. 4.5e1.9", (7, 9)),
        ("9" * 400 + ".4", (4,)),
        (".".join(map(str, range(200))), tuple(range(MOST_CHOSEN))),
    ],
)
def test_what_makes_no_sense_is_left_out(text, expected):
    assert read_ids(text) == expected


@given(st.text(max_size=3_000))
def test_any_cookie_is_read(text):
    ids = read_ids(text)
    assert len(ids) <= MOST_CHOSEN
    assert read_ids(written_ids(ids)) == ids


def test_a_request_tells_its_ids_and_none_are_forgotten():
    request = RequestFactory().get("/")
    request.COOKIES = {each.key: each.value for each in SimpleCookie(f"{CHOSEN_COOKIE}=4.2").values()}
    assert chosen_ids(request) == (4, 2)
    response = HttpResponse()
    keep_chosen(response, request, ())
    assert response.cookies[CHOSEN_COOKIE]["max-age"] == 0
