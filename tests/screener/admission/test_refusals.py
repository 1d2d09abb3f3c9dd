from http import HTTPStatus

import pytest

from screener.admission.refusals import refusal_page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (HTTPStatus.REQUEST_URI_TOO_LONG, "8,000 characters"),
        (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "512 kB"),
        (HTTPStatus.REQUEST_TIMEOUT, "too long to arrive"),
        (HTTPStatus.LENGTH_REQUIRED, "how long it is"),
        (HTTPStatus.SERVICE_UNAVAILABLE, "in a few seconds"),
        (HTTPStatus.BAD_REQUEST, "could not be understood"),
    ],
)
def test_a_refusal_says_why(status, words):
    page = refusal_page(status)
    assert page.status_code == status
    assert words in page.content.decode()
    assert page["Content-Length"] == str(len(page.content))


def test_only_who_may_come_again_is_told_when():
    assert refusal_page(HTTPStatus.SERVICE_UNAVAILABLE)["Retry-After"] == "5"
    assert "Retry-After" not in refusal_page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
