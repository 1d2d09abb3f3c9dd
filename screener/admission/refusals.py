"""Refusals: why a request is not worked on and what can be done, as a page that asks nothing of anybody."""

from http import HTTPStatus

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from screener.admission.bodies import MOST_BYTES, MOST_UPLOAD_BYTES
from screener.admission.gate import RETRY_AFTER_S

LONGEST_ADDRESS = 8_000
"""Characters of path and query: a query of 2,000, many of them written as `%F0`, and words of the panel."""


def refusal_page(status: HTTPStatus) -> HttpResponse:
    context = {"sentence": _sentence(status), "is_busy": status == HTTPStatus.SERVICE_UNAVAILABLE}
    response = HttpResponse(render_to_string("refused.html", context), status=status.value)
    response["Content-Length"] = str(len(response.content))
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'self'"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _sentence(status: HTTPStatus) -> str:
    if status == HTTPStatus.REQUEST_URI_TOO_LONG:
        text = _("The address is too long; it may have %(most)s characters. Ask for less at once.")
        return text % {"most": f"{LONGEST_ADDRESS:,}"}
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        text = _("Too much was sent at once: a form may have %(most)s kB, one with a file %(upload)s MB.")
        return text % {"most": MOST_BYTES // 1_000, "upload": MOST_UPLOAD_BYTES // 1_000_000}
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return _("What was sent took too long to arrive. Try again.")
    if status == HTTPStatus.LENGTH_REQUIRED:
        return _("What is sent must say how long it is.")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return _("The server has more to do than it can at this moment. Try again in a few seconds.")
    return _("This request could not be understood.")
