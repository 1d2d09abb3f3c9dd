"""Template tags of the market: names of its groups, kinds, phases and readings."""

from django import template

from screener.words import market, size_tiers

register = template.Library()


@register.filter
def size_name(size: str) -> str:
    return str(market.SIZE_NAMES[size])


@register.filter
def kind_name(kind: str) -> str:
    return str(market.KIND_NAMES[kind])


@register.filter
def phase_name(direction: str) -> str:
    return str(market.PHASE_NAMES[direction])


@register.filter
def risk_name(reading: str) -> str:
    return str(market.RISK_NAMES[reading])


@register.filter
def tier_name(tier: str) -> str:
    """Of an asset of unknown size that it is not known."""
    return str(size_tiers.NAMES[tier] if tier else market.UNSIZED_NAME)
