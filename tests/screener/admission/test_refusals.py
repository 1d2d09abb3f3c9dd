from http import HTTPStatus

import orjson
import pytest

from screener.admission.lanes import Lane
from screener.admission.refusals import REFUSED_FOR, refusal_of, refusal_page, refusals


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (HTTPStatus.REQUEST_URI_TOO_LONG, "8,000 characters"),
        (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "512 kB"),
        (HTTPStatus.REQUEST_TIMEOUT, "too long to arrive"),
        (HTTPStatus.LENGTH_REQUIRED, "how long it is"),
        (HTTPStatus.SERVICE_UNAVAILABLE, "in a few seconds"),
        (HTTPStatus.BAD_REQUEST, "could not be understood"),
        (HTTPStatus.GATEWAY_TIMEOUT, "was given up"),
    ],
)
def test_a_refusal_says_why(status, words):
    page = refusal_page(status)
    assert page.status_code == (503 if status == HTTPStatus.GATEWAY_TIMEOUT else status)
    assert words in page.content.decode()
    assert page["Content-Length"] == str(len(page.content))


@pytest.mark.parametrize(
    ("lane", "words"),
    [
        (
            Lane.EXPENSIVE,
            "Comparisons, previews, files and questions about changes are worked on 2 at a time",
        ),
        (Lane.DOSSIERS, "Many read dossiers at this moment."),
        (Lane.PASSWORDS, "Many are logging in at this moment."),
    ],
)
def test_a_lane_that_is_full_is_named_and_the_same_is_asked_again_by_a_click(lane, words):
    page = refusal_page(HTTPStatus.SERVICE_UNAVAILABLE, lane=lane)
    assert words in page.content.decode()
    assert 'href="">Try again' in page.content.decode()
    written = orjson.loads(orjson.dumps(refusals()))
    assert refusal_of(written, HTTPStatus.SERVICE_UNAVAILABLE, lane=lane).body == page.content


def test_only_who_may_come_again_is_told_when():
    assert refusal_page(HTTPStatus.SERVICE_UNAVAILABLE)["Retry-After"] == "5"
    assert "Retry-After" not in refusal_page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def test_they_are_written_in_every_language_before_they_are_needed(settings):
    written = orjson.loads(orjson.dumps(refusals()))
    assert set(written) == {code for code, _name in settings.LANGUAGES}
    for reason in REFUSED_FOR:
        assert refusal_of(written, reason).body == refusal_page(reason).content


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        ("", "", "en"),
        ("es", "en", "es"),
        ("", "de,es-MX;q=0.8,en;q=0.5", "es"),
        ("xx", "?;;q=", "en"),
    ],
)
def test_a_refusal_is_in_the_readers_language(chosen, accepted, language):
    written = {code: {"503": [503, [["Retry-After", "5"]], f"text in {code}"]} for code in ("en", "es")}
    found = refusal_of(written, HTTPStatus.SERVICE_UNAVAILABLE, chosen=chosen, accepted=accepted)
    assert found.body == f"text in {language}".encode()
    assert (found.status, dict(found.headers)) == (
        503,
        {"Retry-After": "5", "Content-Length": str(len(found.body))},
    )


@pytest.mark.parametrize(("theme", "tag"), [("dark", b'<html data-theme="dark" '), ("x", b"<html lang=")])
def test_a_refusal_is_in_the_readers_theme(theme, tag):
    page = refusal_of(refusals(), HTTPStatus.SERVICE_UNAVAILABLE, theme=theme)
    assert tag in page.body
    assert dict(page.headers)["Content-Length"] == str(len(page.body))


def test_before_any_is_written_it_is_a_line():
    found = refusal_of({}, HTTPStatus.REQUEST_URI_TOO_LONG)
    assert found.status == 503
    assert b"is starting" in found.body
