"""Scoring rules in words: how answers become a score; every figure in them is read from `scoring`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from screener.checklist import scoring
from screener.checklist.bands import written
from screener.checklist.types import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text that is translated first and filled then: `{name}` stands for `figures[name]`."""

    text: str
    figures: Mapping[str, str] = field(default_factory=dict)

    @property
    def english(self) -> str:
        return self.text.format(**self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of how answers become a score."""

    id: str
    title: str
    words: Words


def _rule(name: str, title: str, text: str, **figures: str) -> Rule:
    return Rule(id=name, title=title, words=Words(text=text, figures=figures))


RULES: Final = (
    _rule(
        "answers",
        phrase("Answers"),
        phrase(
            "A criterion is a question whose yes is good. Pass is worth 1 point, caution ½ or what lies "
            "between the limits, fail 0. What is not known is unknown, never a fail. What does not apply "
            "(n/a) follows from what the asset is, never from missing data."
        ),
    ),
    _rule(
        "limits",
        phrase("Limits"),
        phrase(
            "A value exactly on a limit counts to the side that its sign includes. Where a criterion has "
            "several limits, the worst answer counts."
        ),
    ),
    _rule(
        "dimensions",
        phrase("Dimensions"),
        phrase(
            "A dimension scores c·k + (1 − c)·{unknown}: k is the weighted mean of the points of what is "
            "answered, c the share of the weight that is answered, which is the coverage. Its interval "
            "goes from “every unknown fails” to “every unknown passes”."
        ),
        unknown=f"{scoring.UNKNOWN_POINTS:g}",
    ),
    _rule(
        "total",
        phrase("Total"),
        phrase(
            "100 · Π max(d, {floor})^weight over the dimensions d, a weighted geometric mean: the "
            "weakest dimension drags it."
        ),
        floor=f"{scoring.FLOOR:g}",
    ),
    _rule(
        "gates",
        phrase("Gates"),
        phrase(
            "A gate that opens leaves {gated} of the total, so never more than {most}, and its "
            "reason stands first. One that cannot be checked allows no better grade than {unverified}, and "
            "the worst case counts it as open. An asset none of whose gates could be checked is not rated."
        ),
        gated=written(scoring.GATED_SHARE, "share"),
        most=f"{100 * scoring.GATED_SHARE:g}",
        unverified=scoring.UNVERIFIED_CAP,
    ),
    _rule(
        "coverage",
        phrase("Rated or not"),
        phrase(
            "Below a coverage of {sufficient} an asset is not rated (NR): it gets no total and no grade, and "
            "is listed after all that are rated, with what is known of it. An open gate says stop with or "
            "without a rating."
        ),
        sufficient=written(scoring.RATED_COVERAGE, "share"),
    ),
    _rule(
        "weakness",
        phrase("Weak dimension"),
        phrase("A dimension below {weak} allows no better grade than {cap}: an A has no weak side."),
        weak=written(scoring.WEAK_DIMENSION, "share"),
        cap=scoring.WEAK_CAP,
    ),
    _rule(
        "grades",
        phrase("Grades"),
        phrase("By total: {grades}; {worst} below."),
        grades=", ".join(f"{name} ≥ {limit:g}" for name, limit in scoring.GRADES[:-1]),
        worst=scoring.GRADES[-1][0],
    ),
    _rule(
        "staleness",
        phrase("Old facts"),
        phrase(
            "An answer whose facts are older than their limit is stale: it keeps what it said, says how long "
            "ago, and counts with {counted} of its weight, in the points and in the coverage; the rest is as "
            "good as unknown. With w for its weight and p for its points it adds {counted}·w·p to what is "
            "certain and leaves {left}·w open. A gate that old facts open stays open; one that they leave "
            "shut is not verified any more."
        ),
        counted=written(scoring.STALE_WEIGHT, "share"),
        left=written(1 - scoring.STALE_WEIGHT, "share"),
    ),
    _rule(
        "questioned",
        phrase("Questioned figures"),
        phrase(
            "A figure that other figures of the asset contradict is questioned: it is not known, and both "
            "values are shown. It counts no better than it would if it were believed: what would fail is "
            "worth nothing, and a gate that it would open leaves {gated} of the total until the conflict is "
            "settled."
        ),
        gated=written(scoring.GATED_SHARE, "share"),
    ),
)
"""In the order in which a score is worked out."""
