"""Populations of labelled sets in words: which assets a set's rows are, and why an asset is none of them."""

from typing import Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.metrics.measure import MEASURES
from screener.checklist.levels import LEVELS
from screener.validation.population import COMPANY, DEX, LISTED, PRIVATE, Population
from screener.words.numbers import in_sentence

MEASURE_OF: Final = {each.name: each for each in MEASURES}
CLASSES: Final = {
    DEX: gettext_lazy("Tokens known from DEX pools only"),
    LISTED: gettext_lazy("Listed tokens"),
    COMPANY: gettext_lazy("Companies"),
    PRIVATE: gettext_lazy("Companies without traded shares, which are not screened here"),
}


class OfPopulation(Protocol):
    """A labelled set's result."""

    @property
    def population(self) -> Population | None: ...


class Stranger(Protocol):
    """An asset that a set's rows don't stand for, and why (`services.evidence.outcomes.Misfit`)."""

    @property
    def set(self) -> OfPopulation: ...
    @property
    def measure(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def is_too_little_known(self) -> bool: ...


def source_class_title(source: str) -> str:
    return str(CLASSES[source])


def population_text(population: Population | None) -> str:
    """As in "Companies; market cap $0 to $300 M; venue tier: an exchange"."""
    if population is None:
        return _("not given, so no asset is compared with it")
    ranges = (range_text(name, low, high) for name, (low, high) in population.within.items())
    return "; ".join([source_class_title(population.of), *ranges])


def range_text(name: str, low: float, high: float) -> str:
    """A range of a measure, of a coded one the levels in it."""
    label = _(MEASURE_OF[name].label)
    if levels := LEVELS.get(name):
        words = ", ".join(_(each) for each in levels[int(low) : int(high) + 1])
        return _("%(measure)s: %(levels)s") % {"measure": label, "levels": words}
    unit = MEASURE_OF[name].unit
    figures = {"measure": label, "low": in_sentence(low, unit), "high": in_sentence(high, unit)}
    return _("%(measure)s: %(low)s to %(high)s") % figures


def misfit_text(misfit: Stranger) -> str:
    """Why the rows of the set say nothing of this asset."""
    if misfit.is_too_little_known:
        return _("too little is known of the figures its rows are compared by")
    if not misfit.measure:
        return _("its rows are other assets: %(population)s") % {
            "population": population_text(misfit.set.population)
        }
    wanted = range_text(misfit.measure, misfit.low or 0.0, misfit.high or 0.0)
    if misfit.value is None:
        return _("its rows have %(range)s; of this asset it is not known") % {"range": wanted}
    return _("its rows have %(range)s; this asset has %(value)s") % {
        "value": value_text(misfit.measure, misfit.value),
        "range": wanted,
    }


def value_text(name: str, value: float) -> str:
    levels = LEVELS.get(name)
    return _(levels[int(value)]) if levels else in_sentence(value, MEASURE_OF[name].unit)
