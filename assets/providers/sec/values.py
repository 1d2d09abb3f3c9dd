"""XBRL facts of one tag of `companyfacts`, each with its period and the filing that reported it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from assets.identity.sec_notation import accession_of, day_of
from assets.providers.sec.ledger import Span
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader, decimal_of, text_of

A_WEEK: Final = timedelta(days=7)
"""A cover page may state the shares of a day shortly after it was filed; nothing states later ones."""


@dataclass(frozen=True, slots=True)
class FiledValue:
    """One value of one tag, as one filing reported it."""

    value: Decimal
    span: Span
    day: date
    accession: str
    form: str


def filed_values(
    facts: Mapping[str, Any],
    taxonomy: str,
    tag: str,
    unit: str,
    reader: RowReader,
    *,
    today: date,
    is_amount: bool,
) -> Iterator[FiledValue]:
    """Every sound value of a tag that was public on the day `today`, in the order of filing.

    An amount below zero is left out: filers get signs wrong, so it says nothing of the body's soundness.
    """
    listed = _entries(facts, taxonomy, tag).get(unit)
    found, ahead, negative = [], 0, 0
    for item in listed if isinstance(listed, list) else ():
        try:
            value = _one(item)
        except ValueError as error:
            reader.reject("%(tag)s: a value %(problem)s.", tag=tag, problem=error)
            continue
        if value.day > today or value.span[1] > value.day + A_WEEK:
            ahead += 1
        elif is_amount and value.value < 0:
            negative += 1
        else:
            found.append(value)
    if ahead:
        reader.remark("%(tag)s: values of days to come are left out: %(count)s.", tag=tag, count=ahead)
    if negative:
        reader.remark("%(tag)s: amounts below zero are left out: %(count)s.", tag=tag, count=negative)
    return iter(sorted(found, key=lambda each: (each.day, each.accession, each.span[1], each.value)))


def currencies(facts: Mapping[str, Any], taxonomy: str, tag: str) -> set[str]:
    return {unit for unit in _entries(facts, taxonomy, tag) if len(unit) == 3 and unit.isascii()}


def _entries(facts: Mapping[str, Any], taxonomy: str, tag: str) -> Mapping[str, Any]:
    layer: Any = facts
    for key in (taxonomy, tag, "units"):
        layer = layer.get(key) if isinstance(layer, dict) else None
    return layer if isinstance(layer, dict) else {}


def _one(item: object) -> FiledValue:
    if not isinstance(item, dict):
        raise ValueError(message("is not an object"))
    value = decimal_of(item.get("val"))
    start, end, day = (day_of(item.get(key)) for key in ("start", "end", "filed"))
    if value is None or end is None or day is None:
        raise ValueError(message("is not given, or not for which day"))
    if start and start > end:
        raise ValueError(message("ends before it starts"))
    form = text_of(item.get("form"))
    return FiledValue(value, (start, end), day, accession_of(item.get("accn")), form)
