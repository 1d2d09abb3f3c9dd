"""Findings of a scorecard as pages show them: each with its criterion and the observations it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assets.metrics.facts import FAMILIES_OF_FRAME
from assets.models import Observation
from screener.checklist import CRITERIA, Criterion
from screener.checklist.judgements import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding with the criterion that it answers and what it rests on; `stored` as the card keeps it.

    `questions` are what witnesses contradict in the facts that it rests on, where that decides the answer.
    """

    criterion: Criterion
    stored: Finding
    as_of: datetime | None
    sources: tuple[Observation, ...]
    questions: tuple[Mapping[str, Any], ...] = ()

    @property
    def passes_at(self) -> str:
        """The first threshold, in symbols and figures."""
        return self.criterion.thresholds[0][1][0][1]


def finding_views(
    findings: Iterable[Finding],
    judged: Mapping[int, Observation],
    questions: Sequence[Mapping[str, Any]] = (),
) -> dict[str, FindingView]:
    """By criterion; criteria of an older version that are gone are left out."""
    return {
        each["criterion"]: FindingView(
            criterion=CRITERIA[each["criterion"]],
            stored=each,
            as_of=datetime.fromisoformat(each["as_of"]) if each["as_of"] else None,
            sources=tuple(judged[pk] for pk in each["observations"] if pk in judged),
            questions=_about(CRITERIA[each["criterion"]], questions) if each.get("questioned") else (),
        )
        for each in findings
        if each["criterion"] in CRITERIA
    }


def _about(criterion: Criterion, questions: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Those of these questions that are about facts of the families that the criterion rests on."""
    return tuple(
        each
        for each in questions
        if not set(criterion.families).isdisjoint(FAMILIES_OF_FRAME.get(each["frame"], ()))
    )


def judged_observations(findings: Iterable[Finding]) -> dict[int, Observation]:
    """The observations that were judged, also where newer ones have come since; in one query."""
    return Observation.objects.in_bulk({pk for each in findings for pk in each["observations"]})


def named(ids: Iterable[str], views: Mapping[str, FindingView]) -> tuple[FindingView, ...]:
    """Those of these criteria, in their order."""
    return tuple(views[each] for each in ids if each in views)
