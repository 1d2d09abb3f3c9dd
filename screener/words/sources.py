"""Provenance in words: providers by their titles, stored requests as addresses."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from assets.models import FACT_MODELS
from assets.providers import PROVIDERS


class TitledSource(Protocol):
    """Who can tell something, for those with a key alone where it `needs_key`; or who accept its terms."""

    @property
    def title(self) -> str: ...
    @property
    def needs_key(self) -> bool: ...
    @property
    def needs_terms(self) -> bool: ...


def provider_title(name: str) -> str:
    """The provider's own way of writing its name; one that is no longer installed keeps the short one."""
    return next((each.title for each in PROVIDERS if each.name == name), name)


def tellers(row: Any) -> list[Any]:
    """The stored rows that give a row's values: its own, then those that fill it in, an answer once."""
    by_answer: dict[int, Any] = {}
    for each in (row, *getattr(row, "filled_from", {}).values()):
        by_answer.setdefault(each.observation_id, each)
    return [*by_answer.values()]


def source_titles(sources: Iterable[TitledSource]) -> list[str]:
    """Their titles, each once (a vendor may be asked at two addresses), and what they ask for."""
    asked = [*sources]
    free = {each.title for each in asked if not each.needs_key}
    agreed = {each.title for each in asked if each.needs_terms}
    keyed, by_terms = _("%(provider)s (with a key)"), _("%(provider)s (once its terms are accepted)")
    return [
        title if title in free else (by_terms if title in agreed else keyed) % {"provider": title}
        for title in dict.fromkeys(each.title for each in asked)
    ]


def fact_names(family: str, fields: Iterable[str]) -> list[str]:
    """What lists of facts call these fields of a family."""
    models = [each for each in FACT_MODELS if each.family == family]
    columns = [each for model in models for each in model._meta.get_fields()]
    named = {each.name: each.verbose_name for each in columns if hasattr(each, "verbose_name")}
    return [str(named.get(field, field)) for field in fields]


def call(request: Mapping[str, Any]) -> str:
    """Path and query as they were sent; keys travel in headers and are not stored."""
    query = urlencode(request.get("params") or {}, safe=",:/")
    return f"{request.get('path', '')}{'?' if query else ''}{query}"
