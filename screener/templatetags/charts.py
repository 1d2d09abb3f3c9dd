"""Coordinates as SVG wants them: a point for the decimals, whatever the reader's language."""

from django import template

register = template.Library()


@register.filter
def coordinate(number: float) -> str:
    return f"{number:.1f}"
