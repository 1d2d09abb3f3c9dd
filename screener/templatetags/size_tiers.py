"""Template tags of size tiers: where each ends, and whose limits these are."""

from django import template

from screener.screens.tier_limits import KindLimits
from screener.words import size_tiers

register = template.Library()
register.filter("whose_limits", size_tiers.whose_in_words)
register.filter("owners", size_tiers.owners_in_words)
register.filter("each_in_words", size_tiers.tiers_in_words)


@register.filter
def limits_in_words(limits: KindLimits) -> str:
    """The limits, and whose they are."""
    return f"{size_tiers.limits_in_words(limits.steps)} ({size_tiers.whose_in_words(limits)})"
