"""Busy pages: what a view answers that found no place at a gate within it."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from screener.admission.gate import BusyError
from screener.admission.refusals import refusal_page


class BusyMiddleware:
    """503 with the seconds after which the same may be asked again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal_page(HTTPStatus.SERVICE_UNAVAILABLE) if isinstance(error, BusyError) else None
