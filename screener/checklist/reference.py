"""The checklist as a page to read: every question, threshold and weight, written from the code itself."""

from collections.abc import Iterator

from assets.metrics.families import KINDS
from screener.checklist import scoring
from screener.checklist.dimensions import DIMENSIONS
from screener.checklist.staleness import LIMITS
from screener.checklist.types import Criterion, Dimension
from screener.checklist.version import CHECKLIST_VERSION

INTRODUCTION = """\
# The checklist, version {version}

This page is written from the code by `manage.py checklist > docs/checklist.md`: change the code, not it.

Five dimensions, the same for tokens and equities. A criterion is a question whose yes is good. It is answered
by **pass** (1 point), **caution** (½), **fail** (0), **unknown** or **n-a**. What is not known is unknown,
never a fail; n-a follows from the type of the asset alone. A value exactly on a limit counts to the side that
its sign includes. Where a criterion has several limits, the worst answer counts.

## From answers to a score

- A dimension scores c·k + (1 − c)·{unknown:g}, where k is the weighted mean of the points of what is answered
  and c the share of the weight that is answered (the coverage). Its interval goes from "every unknown fails"
  to "every unknown passes".
- The total is 100 · Π max(d, {floor:g})^weight, a weighted geometric mean: the weakest dimension drags it.
- **Gates** (⛔) cap the total at {gated:g} when they open. One that cannot be checked allows no better grade
  than {unverified}, and the worst case counts it as open.
- Coverage below {sufficient:.0%} allows no better grade than {insufficient}.
- Grades: {grades}, E below.
- Facts older than their limit turn a pass into a caution: {limits}.
"""


def markdown() -> str:
    """The whole reference as Markdown."""
    return "\n".join([_introduction(), *(line for each in DIMENSIONS for line in _section(each))])


def _introduction() -> str:
    limits = ", ".join(
        f"{family} {limit.days * 24} h" if limit.days == 1 else f"{family} {limit.days} d"
        for family, limit in LIMITS.items()
    )
    return INTRODUCTION.format(
        version=CHECKLIST_VERSION,
        unknown=scoring.UNKNOWN_POINTS,
        floor=scoring.FLOOR,
        gated=scoring.GATED_TOTAL,
        unverified=scoring.UNVERIFIED_CAP,
        sufficient=scoring.SUFFICIENT_COVERAGE,
        insufficient=scoring.INSUFFICIENT_CAP,
        grades=", ".join(f"{name} from {limit:g}" for name, limit in scoring.GRADES[:-1]),
        limits=limits,
    )


def _section(dimension: Dimension) -> Iterator[str]:
    titles = " / ".join(dict.fromkeys(dimension.title(kind) for kind in KINDS))
    yield f"## {titles} (weight {dimension.weight:g})\n"
    yield "| Criterion | Asked of | Pass / caution / fail | Weight |"
    yield "|---|---|---|---|"
    for criterion in dimension.criteria:
        thresholds = criterion.thresholds_text
        yield f"| {criterion.title} | {_asked_of(criterion)} | {thresholds} | {criterion.weight} |"
    yield ""
    for criterion in dimension.criteria:
        yield f"**{criterion.title}** (`{criterion.id}`). {criterion.question} {criterion.why}\n"


def _asked_of(criterion: Criterion) -> str:
    kinds = ", ".join(kind for kind in KINDS if kind in criterion.kinds)
    return f"{kinds} in DeFi" if criterion.sectors else kinds
