"""Scores as a number and a small bar: never as colour alone."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from screener.templatetags.figures import decimals, unknown

register = template.Library()


@register.simple_tag
def score_bar(score: float | None, low: float | None = None, high: float | None = None) -> SafeString:
    """A score of 0–100 over its bar; where an interval is given it is drawn over it and told in words."""
    if score is None:
        return unknown()
    span = words = ""
    if low is not None and high is not None:
        span = f'<rect class="span" x="{low:.1f}" width="{high - low:.1f}" height="6"/>'
        if high - low >= 1:
            words = f' <span class="hint">{decimals(low, 0)}–{decimals(high, 0)}</span>'
    fill = f'<rect class="fill" width="{score:.1f}" height="6"/>'
    # Numbers only: nothing here comes from outside.
    return mark_safe(  # noqa: S308
        f'<span class="score">{decimals(score, 0)}{words}</span>'
        f'<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="6"/>{fill}{span}</svg>'
    )


@register.simple_tag
def interval_bar(score: float, low: float, high: float) -> SafeString:
    """The total on its way from 0 to 100: where it stands, and between which bounds."""
    # Numbers only: nothing here comes from outside.
    return mark_safe(  # noqa: S308
        '<svg class="bar wide" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" y="2" width="100" height="6"/>'
        f'<rect class="fill" y="2" width="{score:.1f}" height="6"/>'
        f'<rect class="span" x="{low:.1f}" y="2" width="{high - low:.1f}" height="6"/>'
        f'<rect class="tick" x="{min(max(score - 0.4, 0), 99.2):.1f}" width="0.8" height="10"/></svg>'
    )
