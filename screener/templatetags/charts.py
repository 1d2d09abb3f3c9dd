"""Template tags of charts: coordinates of SVG, labels of axes, readings of points."""

from django import template

from screener.words import charts

register = template.Library()

register.filter(charts.labelled)
register.simple_tag(charts.reading)


@register.filter
def coordinate(number: float) -> str:
    """As SVG wants it: a point for the decimals, whatever the reader's language."""
    return f"{number:.1f}"


@register.filter
def percent(number: float, whole: float) -> str:
    """A place in per cent of the whole, for what stands beside a stretched chart."""
    return f"{100 * number / whole:.2f}%"
