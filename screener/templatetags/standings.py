"""The reader's own finding or answer for one criterion."""

from collections.abc import Mapping
from typing import TypeVar

from django import template

register = template.Library()

T = TypeVar("T")


@register.filter
def of_criterion(told: Mapping[str, T] | str, criterion: str) -> T | None:
    """What stands under this criterion; nothing where there is nothing to look in."""
    return told.get(criterion) if isinstance(told, Mapping) else None
