"""Scores as a number and a small bar: never as colour alone."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from screener.templatetags.figures import decimals, unknown

register = template.Library()


@register.simple_tag
def score_bar(score: float | None, low: float | None = None, high: float | None = None) -> SafeString:
    """A score of 0–100 over its bar; where an interval is given, it is told in words too."""
    if score is None:
        return unknown()
    if low is None or high is None:
        low = high = score
    ends = decimals(low, 0), decimals(high, 0)
    words = "" if ends[0] == ends[1] else f' <span class="hint">{"–".join(ends)}</span>'
    bar = _bar(score, low, high, css="bar")
    # Numbers only: nothing here comes from outside.
    return mark_safe(f'<span class="score">{decimals(score, 0)}{words}</span>{bar}')  # noqa: S308


@register.simple_tag
def interval_bar(score: float, low: float, high: float) -> SafeString:
    """The total on its way from 0 to 100."""
    return mark_safe(_bar(score, low, high, css="bar wide"))  # noqa: S308 - numbers only


def _bar(score: float, low: float, high: float, *, css: str) -> str:
    """Filled to the lower bound, paler to the upper one; a tick where the score stands between them."""
    tick = (
        ""
        if low == high
        else f'<rect class="tick" x="{min(max(score - 0.5, 0), 99):.1f}" width="1" height="10"/>'
    )
    return (
        f'<svg class="{css}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" y="1" width="100" height="8"/>'
        f'<rect class="fill" y="1" width="{low:.1f}" height="8"/>'
        f'<rect class="span" x="{low:.1f}" y="1" width="{high - low:.1f}" height="8"/>{tick}</svg>'
    )
