"""Questioned figures in words: which figure, what contradicts it, and both values."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.metrics.facts import MEASURES_FRAME
from assets.metrics.families import FAMILIES
from assets.metrics.measure import MEASURES
from assets.metrics.witnesses import WITNESSES
from assets.models import RESOLVED_MODEL_OF, Candle, FundamentalsSnapshot
from screener.words.numbers import in_sentence

MEASURE_OF: Final = {each.name: each for each in MEASURES}
WITNESS_OF: Final = {each.id: each for each in WITNESSES}

MODEL_OF_FRAME: Final[Mapping[str, Any]] = {
    "candles": Candle,
    "fundamentals_year_ago": FundamentalsSnapshot,
    **{each.frame: RESOLVED_MODEL_OF[each.name] for each in FAMILIES if each.frame},
    **{
        each.children.frame: RESOLVED_MODEL_OF[each.name]._meta.get_field(each.children.field).related_model
        for each in FAMILIES
        if each.children
    },
}
"""Whose fields a frame of facts has: their names are those that lists of facts use."""
OWN_NAMES: Final = {
    "circulating_year_ago": gettext_lazy("circulating supply a year ago"),
    "amount": gettext_lazy("unlock schedule, in all"),
}
"""Fields whose names say too little without their row."""

OF_SHARES: Final = frozenset({"cover_count", "units_of_cover", "placeholder"})
"""Witnesses of companies alone."""
NAMES_OF_SHARES: Final = {
    "circulating": gettext_lazy("shares outstanding"),
    "circulating_year_ago": gettext_lazy("shares outstanding a year ago"),
}

LONGEST_PLACE: Final = 24
ADDRESS_ENDS: Final = 6

UNITS: Final = (("usd", "usd"), ("share", "share"))
"""By the ending of a field's name."""


def questioned_name(question: Mapping[str, Any]) -> str:
    """The name of the figure, with the pool, book or day where there are several."""
    frame, field, place = (question[name] for name in ("frame", "field", "place"))
    is_of_shares = question.get("witness") in OF_SHARES and field in NAMES_OF_SHARES
    name = capfirst(str(NAMES_OF_SHARES[field]) if is_of_shares else _name(frame, field))
    return f"{name}, {shortened(place)}" if place else name


def shortened(place: str) -> str:
    """An address by its first and last signs; the name of a venue, a pair or a day as it is."""
    if len(place) <= LONGEST_PLACE or not place.isalnum():
        return place
    return f"{place[:ADDRESS_ENDS]}…{place[-ADDRESS_ENDS:]}"


def questioned_reason(question: Mapping[str, Any]) -> str:
    """Both values in a sentence; of a witness that is no longer asked, the values alone."""
    witness = WITNESS_OF.get(question["witness"])
    unit = _unit(question["frame"], question["field"])
    value = in_sentence(question["value"], unit)
    against = "" if question["against"] is None else in_sentence(question["against"], unit)
    if witness is None:
        return f"{value}, {against}"
    text = _(witness.reason).format(value=value, against=against)
    if "{against}" in witness.reason or not against:
        return text
    return f"{text.removesuffix('.')} ({against})."


def _name(frame: str, field: str) -> str:
    if frame == MEASURES_FRAME:
        return _(MEASURE_OF[field].label) if field in MEASURE_OF else field
    if field in OWN_NAMES:
        return str(OWN_NAMES[field])
    model = MODEL_OF_FRAME.get(frame)
    names = {each.name: each.verbose_name for each in model._meta.concrete_fields} if model else {}
    return str(names.get(field, field))


def _unit(frame: str, field: str) -> str:
    if frame == MEASURES_FRAME:
        return MEASURE_OF[field].unit if field in MEASURE_OF else "count"
    return next((unit for ending, unit in UNITS if field.endswith(ending)), "count")
