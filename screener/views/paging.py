"""Pagination: the page of a list that the address asks for."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: Any, *, size: int) -> Page[Any]:
    """The first page for an address that makes no sense, the last for one beyond the end."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
