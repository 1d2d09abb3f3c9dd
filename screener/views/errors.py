"""Error pages: one for each kind; with `ASSAY_DEBUG` they also say what was raised, and where."""

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404

from screener.configuration import without_secret_values
from screener.logs import without_secret_paths

LONGEST_TRACE: Final = 20_000
"""Characters of a traceback, its end: the innermost call is what is looked for."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception for a page: its name with what it says, and the calls that led to it."""

    title: str
    trace: str


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without the request, which may be just what can't be read."""
    return HttpResponse(render_to_string("400.html", _bare(request, exception)), status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refusals of ours are sentences for the reader."""
    context = {"problem": _shown(str(exception)), **_context(exception)}
    return HttpResponse(render_to_string("403.html", context, request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("404.html", _context(exception), request), status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Without the request: what a page shows besides may need just what broke."""
    return HttpResponse(render_to_string("500.html", _bare(request, sys.exc_info()[1])), status=500)


class MethodNotAllowedMiddleware:
    """A page where a form's address is opened, or a page is sent something: Django's own answer is empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html", {"is_read": request.method == "GET"}, request)
        return response


def raised(error: BaseException) -> Raised:
    """What may be shown of it: no variables, no secrets, and paths from the top of the checkout."""
    # Of an address that nothing answers Django tells every address that there is.
    says = f"no page at /{error.args[0]['path']}" if isinstance(error, Resolver404) else str(error)
    title = f"{type(error).__name__}: {says}" if says else type(error).__name__
    calls = [*traceback.TracebackException.from_exception(error).format()]
    if isinstance(error, Resolver404):
        calls[-1] = f"{title}\n"
    trace = "".join(calls).replace(f"{settings.BASE_DIR}/", "")
    return Raised(_shown(title)[:LONGEST_TRACE], _shown(trace)[-LONGEST_TRACE:])


def _bare(request: HttpRequest, error: BaseException | None) -> dict[str, Any]:
    return {"theme": request.COOKIES.get("theme", ""), **_context(error)}


def _context(error: BaseException | None) -> dict[str, Any]:
    return {"raised": raised(error)} if settings.ASSAY_DEBUG and error is not None else {}


def _shown(text: str) -> str:
    return without_secret_paths(without_secret_values(text))
