"""Refusals: why a request is not worked on and what can be done, as a page that asks nothing of anybody.

They are written in every language by a page process when it starts, and sent by the front, which may have to
send many and knows no templates.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header

from screener.admission.bodies import MOST_BYTES, MOST_UPLOAD_BYTES
from screener.admission.gate import RETRY_AFTER_S
from screener.admission.lanes import LANE_AT_ONCE, Lane

LONGEST_ADDRESS: Final = 8_000
"""Characters of path and query: a query of 2,000, many of them written as `%F0`, and words of the panel."""

REFUSED_FOR: Final = (
    *(HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.LENGTH_REQUIRED),
    *(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.REQUEST_URI_TOO_LONG),
    *(HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT),
)
"""What the front refuses; a page that takes too long (504) is answered as 503, for it may be asked again."""


THEMES: Final = ("light", "dark")


class WrittenRefusal(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


def refusals() -> dict[str, Any]:
    """Language → reason → status, headers and text; ready for JSON. A lane that is full is a reason, too."""
    written: dict[str, Any] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            pages = {str(reason.value): refusal_page(reason) for reason in REFUSED_FOR}
            pages |= {lane.value: refusal_page(HTTPStatus.SERVICE_UNAVAILABLE, lane=lane) for lane in Lane}
        written[language] = {
            reason: [page.status_code, [*page.items()], page.content.decode()]
            for reason, page in pages.items()
        }
    return written


def refusal_of(
    written: Mapping[str, Any],
    reason: HTTPStatus,
    *,
    lane: str = "",
    chosen: str = "",
    accepted: str = "",
    theme: str = "",
) -> WrittenRefusal:
    """In the language and theme that the reader has chosen, or whose browser says so; before any is written,
    a line."""
    wanted = [chosen.lower(), *(name for name, _weight in parse_accept_lang_header(accepted.lower()))]
    short = [name.partition("-")[0] for name in wanted]
    language = next((name for name in short if name in written), settings.LANGUAGE_CODE)
    if language not in written:
        return WrittenRefusal(
            HTTPStatus.SERVICE_UNAVAILABLE,
            [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", str(RETRY_AFTER_S))],
            b"Assay is starting. Try again in a few seconds.\n",
        )
    status, headers, text = written[language][lane or str(reason.value)]
    body = (_in_theme(text, theme) if theme in THEMES else text).encode()
    told = dict(headers) | {"Content-Length": str(len(body))}
    return WrittenRefusal(status, [*told.items()], body)


def _in_theme(page: str, theme: str) -> str:
    return page.replace("<html ", f'<html data-theme="{theme}" ', 1)


def refusal_page(reason: HTTPStatus, *, lane: str = "") -> HttpResponse:
    """`lane` is the one that is full, where it is not the whole server. The headers of every answer come with
    whoever sends it."""
    is_busy = reason in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_busy else reason
    context = {"sentence": _sentence(reason, lane), "is_busy": is_busy}
    response = HttpResponse(render_to_string("refused.html", context), status=status.value)
    response["Content-Length"] = str(len(response.content))
    response["Cache-Control"] = "no-store"
    if is_busy:
        response["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _sentence(reason: HTTPStatus, lane: str = "") -> str:
    if lane == Lane.EXPENSIVE:
        text = _(
            "Comparisons, previews, files and questions about changes are worked on %(places)s at a time, "
            "and others are before you. Everything else works. Try this again in a few seconds."
        )
        return text % {"places": LANE_AT_ONCE}
    if lane == Lane.DOSSIERS:
        return _("Many read dossiers at this moment. Try again in a few seconds; other pages work.")
    if lane == Lane.PASSWORDS:
        return _("Many are logging in at this moment. Try again in a few seconds.")
    if reason == HTTPStatus.REQUEST_URI_TOO_LONG:
        text = _("The address is too long; it may have %(most)s characters. Ask for less at once.")
        return text % {"most": f"{LONGEST_ADDRESS:,}"}
    if reason == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        text = _("Too much was sent at once: a form may have %(most)s kB, one with a file %(upload)s MB.")
        return text % {"most": MOST_BYTES // 1_000, "upload": MOST_UPLOAD_BYTES // 1_000_000}
    if reason == HTTPStatus.REQUEST_TIMEOUT:
        return _("What was sent took too long to arrive. Try again.")
    if reason == HTTPStatus.LENGTH_REQUIRED:
        return _("What is sent must say how long it is.")
    if reason == HTTPStatus.SERVICE_UNAVAILABLE:
        return _("The server has more to do than it can at this moment. Try again in a few seconds.")
    if reason == HTTPStatus.GATEWAY_TIMEOUT:
        return _("This page took too long and was given up. Try again in a few seconds, or ask for less.")
    return _("This request could not be understood.")
