"""How much something changed, in points of a score: always with its sign."""

from typing import Final

from django import template

from screener.templatetags.figures import decimals

register = template.Library()

VISIBLE: Final = 0.05
"""What rounds to nothing has no sign."""


@register.filter
def signed(points: float) -> str:
    """+2.3, −0.4, 0."""
    if abs(points) < VISIBLE:
        return "0"
    return ("+" if points > 0 else "") + decimals(points, 1)
