"""Partial rendering: htmx gets the fragment that changes, everybody else the whole page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from screener.views.access import HtmxRequest


def wants_fragment(request: HtmxRequest) -> bool:
    """Going back in the browser's history asks through htmx too, and for the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def fragment_or_page(
    request: HtmxRequest, page: str, context: Mapping[str, Any], *, fragment: str, status: int = 200
) -> HttpResponse:
    """`fragment` is a partial of the page's template, as `#form`, or a template of its own."""
    partial = f"{page}{fragment}" if fragment.startswith("#") else fragment
    response = render(request, partial if wants_fragment(request) else page, context, status=status)
    patch_vary_headers(response, ("HX-Request", "HX-History-Restore-Request"))
    return response
