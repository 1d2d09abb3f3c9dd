"""A stored request as the address that was asked."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template

register = template.Library()


@register.filter
def call(request: Mapping[str, Any]) -> str:
    """Path and query as they were sent; keys travel in headers and are not stored."""
    query = urlencode(request.get("params") or {}, safe=",:/")
    return f"{request.get('path', '')}{'?' if query else ''}{query}"
