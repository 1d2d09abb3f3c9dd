"""Reference of the checklist: every question, limit and weight and the rules, from the code itself.

The Checklist page renders `reference()`, and `markdown()` writes the same down for `docs/checklist.md`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from assets.metrics.families import KINDS, TOKEN
from screener.checklist.bands import LINEAR, LOG, STEPS, Band
from screener.checklist.dimensions import DIMENSIONS
from screener.checklist.rules import RULES, Rule, Words
from screener.checklist.staleness import LIMITS, kept_fresh, limits_of
from screener.checklist.types import Criterion, Dimension, phrase
from screener.checklist.version import CHECKLIST_VERSION

# The parts of the reference -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How old the facts of a family may be, and for whom alone they are kept from it; "" for all."""

    family: str
    days: str
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The thresholds of one band: `of` is what is limited, "" for the value that is shown, and `name` what
    a sentence calls it.

    `values` are (state, values) pairs, the gate's state being `STOP`; `points` says how a caution counts.
    """

    of: str
    name: str
    values: tuple[tuple[str, str], ...]
    points: str
    is_needed: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionReference:
    """One criterion: of whom it is asked and under which conditions, its limits, how old its facts may be."""

    criterion: Criterion
    kinds: tuple[str, ...]
    conditions: tuple[Words, ...]
    unit: str
    limits: tuple[Limit, ...]
    ages: tuple[Age, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Where its limits come from, each source once."""
        return tuple(dict.fromkeys(limit.source for limit in self.limits if limit.source))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One dimension: its titles for the kinds shown, its weight of all weights, its criteria."""

    id: str
    titles: tuple[str, ...]
    weight: float
    of_weights: float
    entries: tuple[CriterionReference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    version: str
    rules: tuple[Rule, ...]
    ages: tuple[Age, ...]
    sections: tuple[Section, ...]


def reference(kinds: Sequence[str] = KINDS, *, dimensions: Sequence[Dimension] = DIMENSIONS) -> Reference:
    """Everything that is asked of assets of these kinds; `dimensions` may be a profile's own."""
    of_weights = sum(each.weight for each in dimensions)
    return Reference(
        version=CHECKLIST_VERSION,
        rules=RULES,
        ages=_ages(LIMITS, TOKEN),
        sections=tuple(
            Section(
                id=each.id,
                titles=tuple(dict.fromkeys(each.title(kind) for kind in kinds)),
                weight=each.weight,
                of_weights=of_weights,
                entries=tuple(_entry(one) for one in each.criteria if one.kinds & set(kinds)),
            )
            for each in dimensions
        ),
    )


# Criteria -----------------------------------------------------------------------------

UNITS: Final[Mapping[str, str]] = {
    "share": phrase("per cent"),
    "usd": phrase("US dollars"),
    "days": phrase("days"),
    "hours": phrase("hours"),
    "months": phrase("months"),
    "ratio": phrase("times"),
    "count": phrase("number"),
    "score": phrase("points on a scale of its own"),
    "index": phrase("an index without a unit"),
}

OF_LEVELS: Final = phrase("levels, as named in the thresholds")

POINTS_BETWEEN: Final[Mapping[str, str]] = {
    STEPS: "",
    LINEAR: phrase("A caution counts for more the nearer its value comes to a pass."),
    LOG: phrase("A caution counts for more the nearer its value comes to a pass, by order of magnitude."),
}


def _entry(criterion: Criterion) -> CriterionReference:
    return CriterionReference(
        criterion=criterion,
        kinds=tuple(kind for kind in KINDS if kind in criterion.kinds),
        conditions=tuple(_conditions(criterion)),
        unit=OF_LEVELS if criterion.bands[0].levels else UNITS[criterion.unit],
        limits=tuple(_limit(band, criterion) for band in criterion.bands),
        ages=_ages(criterion.families, next(kind for kind in KINDS if kind in criterion.kinds)),
    )


def _conditions(criterion: Criterion) -> Iterator[Words]:
    if criterion.sectors:
        figures = {"sectors": ", ".join(sorted(criterion.sectors))}
        yield Words(text=phrase("only in these sectors: {sectors}"), figures=figures)
    if criterion.except_financial:
        yield Words(text=phrase("not of banks, insurers and the like"))
    if criterion.listed_only:
        yield Words(text=phrase("only of what an exchange lists"))


def _limit(band: Band, criterion: Criterion) -> Limit:
    return Limit(
        of=band.of,
        name=band.of or criterion.title,
        values=band.thresholds(criterion.unit),
        points=POINTS_BETWEEN[band.scale],
        is_needed=band.needed,
        source=band.source,
    )


def _ages(families: Iterable[str], kind: str) -> tuple[Age, ...]:
    limits = limits_of(kind)
    return tuple(
        Age(family=family, days=f"{limits[family] / timedelta(days=1):g}", kept=kept_fresh(family, kind))
        for family in dict.fromkeys(families)
    )


# In Markdown ----------------------------------------------------------------------------

HEAD: Final = """\
# The checklist, version {version}

This page is written from the code by `manage.py checklist > docs/checklist.md`: change the code, not it.
Five dimensions, the same for tokens and equities. ⛔ is where a gate opens.

## From answers to a score
"""


def markdown() -> str:
    """The whole reference as Markdown."""
    whole = reference()
    lines = [
        HEAD.format(version=whole.version),
        *(f"- **{rule.title}.** {rule.words.english}" for rule in whole.rules),
        f"- **Limits of age.** {_written(whole.ages)}.\n",
        *(line for section in whole.sections for line in _section(section)),
    ]
    return "\n".join(lines)


def _section(section: Section) -> Iterator[str]:
    yield f"## {' / '.join(section.titles)} (weight {section.weight:g} of {section.of_weights:g})\n"
    yield "| Criterion | Asked of | Pass / caution / fail | Weight |"
    yield "|---|---|---|---|"
    for entry in section.entries:
        asked_of = "; ".join([", ".join(entry.kinds), *(each.english for each in entry.conditions)])
        asked = entry.criterion
        yield f"| {asked.title} | {asked_of} | {asked.thresholds_text} | {asked.weight} |"
    yield ""
    for entry in section.entries:
        yield paragraph(entry)


def paragraph(entry: CriterionReference) -> str:
    """Everything that is said of one criterion."""
    criterion = entry.criterion
    parts = [f"**{criterion.title}** (`{criterion.id}`, {entry.unit}).", criterion.question, criterion.why]
    parts += dict.fromkeys(limit.points for limit in entry.limits if limit.points)
    parts += [
        f"“{limit.name}” counts only where it is known." for limit in entry.limits if not limit.is_needed
    ]
    if criterion.remedy:
        parts.append(f"What would change this: {criterion.remedy}")
    if entry.sources:
        parts.append(f"Source: {'; '.join(entry.sources)}.")
    if entry.ages:
        parts.append(f"Facts may be this old: {_written(entry.ages)}.")
    return " ".join(parts) + "\n"


def _written(ages: Sequence[Age]) -> str:
    return ", ".join(f"{age.family} {age.days} d" + (f" ({age.kept})" if age.kept else "") for age in ages)
