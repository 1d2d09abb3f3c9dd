"""Provenance in words: providers by their titles, stored requests as addresses."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from assets.providers import PROVIDERS


def provider_title(name: str) -> str:
    """The provider's own way of writing its name; one that is no longer installed keeps the short one."""
    return next((each.title for each in PROVIDERS if each.name == name), name)


def provider_titles(names: Iterable[str]) -> list[str]:
    """Their titles, each once: a vendor may be asked at two addresses, as two providers."""
    return list(dict.fromkeys(map(provider_title, names)))


def call(request: Mapping[str, Any]) -> str:
    """Path and query as they were sent; keys travel in headers and are not stored."""
    query = urlencode(request.get("params") or {}, safe=",:/")
    return f"{request.get('path', '')}{'?' if query else ''}{query}"
