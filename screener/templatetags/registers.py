"""Template tags of enumerations: contract permissions, capital events, market tiers, insiders' roles."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from screener.words import filing_events, filing_forms, registers

register = template.Library()

register.filter(registers.authority_name)
register.filter(registers.event_name)
register.filter(filing_events.subject_name)
register.filter(filing_events.filing_event_name)
register.filter(filing_forms.form_name)
register.filter(filing_forms.item_list)
register.filter(registers.tier_name)
register.filter(registers.status_name)
register.filter(registers.halt_name)
register.filter(registers.role_name)
register.filter(registers.field_name)
register.filter(registers.field_unit)
register.filter(registers.denied_value)
register.simple_tag(registers.permissions_of)


@register.filter
def of_family(rows: Mapping[str, Sequence[Any]], family: str) -> Sequence[Any]:
    return rows.get(family, ())
