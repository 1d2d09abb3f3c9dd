"""Template filter of the reader's own finding or answer for one criterion."""

from collections.abc import Mapping
from typing import TypeVar

from django import template

register = template.Library()

T = TypeVar("T")


@register.filter
def of_criterion(entries: Mapping[str, T] | str, criterion: str) -> T | None:
    """What stands under this criterion; nothing where there is nothing to look in."""
    return entries.get(criterion) if isinstance(entries, Mapping) else None
