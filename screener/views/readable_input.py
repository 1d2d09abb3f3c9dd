"""Readable input: what no browser sends and no database of text takes is refused before any page reads it."""

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\0"


class ReadableInputMiddleware:
    """A NUL in the path, the query or a form is a bad request: PostgreSQL stores none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: Any) -> None:
        """Behind the check of forms, which has read the form already."""
        if NUL in request.path_info or _has_nul(request.GET) or _has_nul(request.POST):
            raise BadRequest("The request has a NUL in it.")


def _has_nul(sent: QueryDict) -> bool:
    return any(NUL in text for name, values in sent.lists() for text in chain((name,), values))
