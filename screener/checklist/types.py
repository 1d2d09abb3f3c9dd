"""Types of the checklist: criteria, dimensions, answers.

A criterion is a question whose yes is good. It is answered for a whole batch of
assets at once: its rule turns columns of measures into the columns its bands are
held against. An unknown measure gives an unknown answer, never a fail.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from assets.metrics.beneish import is_financial
from assets.metrics.columns import is_among
from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.sectors import keys_of, sector_key
from assets.metrics.venues import OTC_VENUES
from screener.checklist.bands import STOP, Band
from screener.checklist.states import STATES, Codes, Column, Mask, State

Measured = pd.DataFrame
"""The columns that `assets.metrics.measure` gives."""

Values: TypeAlias = "pd.Series[float]"
Rule = Callable[[Measured], Any]


def phrase(text: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return text


NOT_ASKED: Final = phrase("This does not apply to an asset of this type.")
WITHOUT_FIGURES: Final[Mapping[str, str]] = {
    State.PASS: phrase("It passes; the figures behind that are not known."),
    State.CAUTION: phrase("A caution; the figures behind it are not known."),
    State.FAIL: phrase("It fails; the figures behind that are not known."),
    State.UNKNOWN: phrase("Too little is known to answer this."),
}
"""What is said where a criterion has no sentence that the known figures fill."""

Sentences = str | tuple[str, ...]
"""The sentence of a state, or variants of it: the first whose figures are all known is taken."""

FIGURE: Final = re.compile(r"\{(\w+)\}")


@cache
def figures_in(text: str) -> frozenset[str]:
    """The names of the figures that a sentence has places for."""
    return frozenset(FIGURE.findall(text))


WEIGHTS: Final = (0, 1, 2, 3)
"""0 is shown and does not count: another criterion counts the same fact."""
ROUNDED_BELOW: Final = 1e6
"""A float above has no nine decimals: rounding it to them would change the dollars before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One question, its bands, and the texts that explain it.

    `id` is the name of the module and that of the function, as in `tokenomics.float_share`. Scorecards,
    overrides and profiles keep it, so renaming either makes another criterion. `sentences` are by state all
    variants, the one with the most figures first. `decided_by` are facts ("family.field") of which any one
    decides it, or a part of it, beside the price and supply that are known of every token: who tells one of
    them can answer. `remedy` says what would change this answer; "" says
    nothing. `at_best` names a measure that is 1 where the figures are only the best that they can be: such an
    answer can be a fail or a caution, and never a pass. `unless` names measures of which any is 1 where this
    is not asked: what the asset is, never what is missing. `at_values` are the sentences of single
    values whose figure would say little: 0, or the most that is counted to.
    """

    id: str
    dimension: str
    title: str
    question: str
    why: str
    sentences: Mapping[str, tuple[str, ...]]
    weight: int
    unit: str
    kinds: frozenset[str]
    sectors: frozenset[str]
    except_financial: bool
    listed_only: bool
    families: tuple[str, ...]
    decided_by: tuple[str, ...]
    measures: tuple[str, ...]
    bands: tuple[Band, ...]
    at_best: str = ""
    unless: tuple[str, ...] = ()
    at_values: Mapping[float, str] = field(default_factory=dict)
    remedy: str = ""
    rule: Rule = field(repr=False, compare=False)

    @property
    def is_gate(self) -> bool:
        return any(band.gate is not None for band in self.bands)

    @property
    def thresholds(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """One entry a band: what it limits ("" for the value shown), and its (state, values) pairs."""
        return tuple((band.of, band.thresholds(self.unit)) for band in self.bands)

    @property
    def thresholds_text(self) -> str:
        """Pass / caution / fail, as in "≤ 2 % / ≤ 5 % / > 5 %"; each further band with what it limits."""
        return self.thresholds_in(str, str)

    def thresholds_in(self, translate: Callable[[str], str], limit: Callable[[str], str]) -> str:
        """The same in another language; `limit` writes symbols and figures as the language does."""
        return "; ".join(
            (f"{translate(of)}: " if of else "")
            + " / ".join(f"⛔ {limit(text)}" if state == STOP else limit(text) for state, text in pairs)
            for of, pairs in self.thresholds
        )

    def sentence(self, state: str, known: Collection[str], *, value: float | None = None) -> str:
        """The English sentence of a finding whose `known` figures (`value`, names of `measures`) fill it."""
        if state == State.NOT_APPLICABLE:
            return NOT_ASKED
        if value is not None and value in self.at_values:
            return self.at_values[value]
        fitting = (each for each in self.sentences[state] if figures_in(each) <= set(known))
        return next(fitting, WITHOUT_FIGURES[state])

    def is_decided_by(self, value: float | None, state: str) -> bool:
        """Whether the value shown gives this state by itself: no other band, no bound and no doubt does."""
        held = np.asarray([np.nan if value is None else value], dtype=np.float64)
        return bool(STATES[self.bands[0].states(held)[0]] == state)

    def applies(self, assets: pd.DataFrame) -> Mask:
        """Which assets are asked: by what they are alone, never because something is missing."""
        asked = is_among(assets["kind"], self.kinds)
        if self.sectors:
            asked &= is_among(keys_of(assets["sector"]), self.sectors)
        if self.except_financial:
            asked &= ~is_financial(assets["sector"])
        if self.listed_only:
            asked &= ~is_among(assets["venue"], OTC_VENUES)
        return asked

    @property
    def population(self) -> Hashable:
        """What `applies` goes by: criteria of one population are asked of the same assets."""
        return self.kinds, self.sectors, self.except_financial, self.listed_only

    def columns(self, measures: Measured) -> list[Column]:
        """What the bands are held against, one column a band; the first is the value shown.

        Sums of shares miss a threshold that they meet by their last binary place, hence nine decimals.
        """
        given = self.rule(measures)
        columns = given if isinstance(given, tuple) else (given,)
        exact = [np.asarray(each, dtype=np.float64) for each in columns]
        return [np.where(np.abs(each) < ROUNDED_BELOW, each.round(9), each) for each in exact]


def asked_of(criteria: Iterable[Criterion], assets: pd.DataFrame) -> dict[str, Mask]:
    """By the id of each criterion, which of these assets are asked; only to be read."""
    of_population: dict[Hashable, Mask] = {}
    for each in criteria:
        if each.population not in of_population:
            of_population[each.population] = each.applies(assets)
    return {each.id: of_population[each.population] for each in criteria}


def criterion(
    *,
    title: str,
    question: str,
    passes: Sentences,
    cautions: Sentences,
    fails: Sentences,
    unknown: Sentences,
    weight: int,
    unit: str,
    families: tuple[str, ...],
    decided_by: tuple[str, ...],
    bands: Band | tuple[Band, ...],
    kinds: tuple[str, ...] = (TOKEN, EQUITY),
    sectors: tuple[str, ...] = (),
    except_financial: bool = False,
    listed_only: bool = False,
    measures: tuple[str, ...] = (),
    at_best: str = "",
    unless: tuple[str, ...] = (),
    at_values: Mapping[float, str] | None = None,
    remedy: str = "",
) -> Callable[[Rule], Criterion]:
    """Make a criterion of a function over measures; its docstring is the reason that the page shows.

    The function's module is the dimension, and module and function name are the criterion's id.
    The function returns one column, or as many as there are bands: then the worst answer counts.
    It is asked of these kinds; where they are named, only of these sectors, not of banks and the like, or
    only of what is listed on an exchange. `at_best`, `unless`, `at_values`: see `Criterion`.
    """

    def declare(rule: Rule) -> Criterion:
        name, why = rule.__name__, " ".join((rule.__doc__ or "").split())
        if not why:
            raise TypeError(f"{name} needs a docstring: it is the reason that the page shows.")
        if weight not in WEIGHTS:
            raise TypeError(f"{name} has weight {weight}; weights are 0 (shown, not counted), 1, 2 or 3.")
        dimension = rule.__module__.rpartition(".")[2]
        return Criterion(
            id=f"{dimension}.{name}",
            dimension=dimension,
            title=title,
            question=question,
            why=why,
            sentences={
                state: (told,) if isinstance(told, str) else told
                for state, told in (
                    (State.PASS, passes),
                    (State.CAUTION, cautions),
                    (State.FAIL, fails),
                    (State.UNKNOWN, unknown),
                )
            },
            weight=weight,
            unit=unit,
            kinds=frozenset(kinds),
            sectors=frozenset(map(sector_key, sectors)),
            except_financial=except_financial,
            listed_only=listed_only,
            families=families,
            decided_by=decided_by,
            measures=measures,
            bands=bands if isinstance(bands, tuple) else (bands,),
            at_best=at_best,
            unless=unless,
            at_values=at_values or {},
            remedy=remedy,
            rule=rule,
        )

    return declare


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One of the five parts; `titles` by kind of asset, since tokenomics is capital structure for shares."""

    id: str
    titles: Mapping[str, str]
    weight: float
    criteria: tuple[Criterion, ...]

    def title(self, kind: str) -> str:
        return self.titles[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One criterion's answers for a batch: states, points (NaN where unknown), the value shown,
    what its gate says, what is stale.

    `questioned`: other figures contradict what it rests on. To believe it would be worse for the asset where
    an unknown answer has points, and would open the gate where it `would_stop`.
    """

    state: Codes
    points: Column
    value: Column
    gate_open: Mask
    gate_unverified: Mask
    stale: Mask
    questioned: Mask
    would_stop: Mask
