"""Rulings on the page: which questioned figures a person can decide, and between which values."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from assets.metrics.facts import FAMILIES_OF_FRAME, MEASURES_FRAME
from assets.metrics.families import FAMILY_OF, FUNDAMENTALS, SUPPLY
from assets.metrics.ruled import BEHIND, Question, witness_says
from assets.metrics.witnesses import WITNESSES
from assets.models import RESOLVED_MODEL_OF
from assets.sheets.rulings import OF_REPORT, Ruling, number_type
from screener.services.dossier.facts import DossierFacts

SUMS: Final[Mapping[str, tuple[str, str]]] = {"insider_share": (FUNDAMENTALS, "insider_share")}
"""Measures that are sums of many rows, and the figure by which a person says what they come to."""
YIELDING: Final = frozenset(each.id for each in WITNESSES if each.yields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulable:
    """A figure to be ruled. `stated` is what its source says, `witnesses` what each other says, once each.

    `yields`: whether the source's figure may stand; one that is impossible by itself can't be kept. `seen`
    and `heard` are what a ruling is about (`assets.metrics.ruled`).
    """

    family: str
    field: str
    stated: float
    witnesses: tuple[float, ...]
    yields: bool
    as_of: datetime
    report: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    seen: tuple[float, ...] = ()
    heard: Mapping[Question, float | None] = dataclasses.field(default_factory=dict)

    def ruling(self, value: Decimal, *, reason: str) -> Ruling:
        return Ruling(
            family=self.family,
            field=self.field,
            value=value,
            as_of=self.as_of,
            reason=reason,
            report=self.report,
            seen=self.seen,
            heard=self.heard,
        )

    @property
    def is_whole(self) -> bool:
        return number_type(self.family, self.field) is int

    @property
    def name(self) -> str:
        return ruled_name(self.family, self.field)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFigure:
    """A question of the page. `rulable` is what decides it, None where it can't be ruled by itself and for
    whoever may not rule; `is_first` where no question before it is decided by the same ruling."""

    question: Mapping[str, Any]
    rulable: Rulable | None
    is_first: bool = True


def asked_figures(facts: DossierFacts) -> list[AskedFigure]:
    """Every question with the figure to be ruled; several questions of one figure are one ruling."""
    figures = [_figure(facts, each) for each in facts.questions]
    rulables = {
        figure: _rulable(
            facts, *figure, [each for each, of in zip(facts.questions, figures, strict=True) if of == figure]
        )
        for figure in dict.fromkeys(figures)
        if figure
    }
    return [
        AskedFigure(
            question=question,
            rulable=rulables[figure] if figure else None,
            is_first=not figure or figures.index(figure) == place,
        )
        for place, (question, figure) in enumerate(zip(facts.questions, figures, strict=True))
    ]


def rulable(facts: DossierFacts, *, family: str, field: str) -> AskedFigure | None:
    """The first question that a ruling on this figure decides; None where nothing is asked of it."""
    for asked in asked_figures(facts):
        if asked.rulable and (asked.rulable.family, asked.rulable.field) == (family, field):
            return asked
    return None


def ruled_name(family: str, field: str) -> str:
    fields = RESOLVED_MODEL_OF[family]._meta.concrete_fields
    return next(str(each.verbose_name) for each in fields if each.name == field)


def _figure(facts: DossierFacts, question: Mapping[str, Any]) -> tuple[str, str] | None:
    """Family and field of the figure that decides a question: of a measure, of the supply behind it, or what
    its rows come to. None for one of several rows of an asset, and where an analyst's word can't say this
    figure."""
    frame, questioned = question["frame"], question["field"]
    if frame == MEASURES_FRAME and questioned in SUMS:
        return SUMS[questioned] if facts.rows.row(SUMS[questioned][0]) else None
    family = SUPPLY if frame == MEASURES_FRAME else FAMILIES_OF_FRAME.get(frame, ("",))[0]
    if family not in FAMILY_OF or (frame != MEASURES_FRAME and FAMILY_OF[family].frame != frame):
        return None
    row = facts.rows.row(family)
    names = BEHIND.get(questioned, ()) if frame == MEASURES_FRAME else (questioned,)
    field = next((each for each in names if getattr(row, each, None) is not None), "")
    return (family, field) if number_type(family, field) else None


def _rulable(facts: DossierFacts, family: str, field: str, questions: Sequence[Mapping[str, Any]]) -> Rulable:
    row = facts.rows.row(family)
    source, own = row.filled_from.get(field, row), getattr(row, field)
    # A sum of many rows stands in none of them.
    stated = float(questions[0]["value"] if own is None else own)
    says = {(each["frame"], each["field"], each["witness"]): witness_says(each, stated) for each in questions}
    witnesses = tuple(dict.fromkeys(each for each in says.values() if each is not None))
    answers = (getattr(each, field) for each in facts.rows.answers(family))
    return Rulable(
        family=family,
        field=field,
        stated=stated,
        witnesses=witnesses,
        yields=all(each["witness"] in YIELDING for each in questions),
        as_of=source.as_of,
        report={name: value for name in OF_REPORT if (value := getattr(source, name, None))},
        seen=tuple(sorted({stated, *(float(each) for each in answers if each is not None), *witnesses})),
        heard=says,
    )
