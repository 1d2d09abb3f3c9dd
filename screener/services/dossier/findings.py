"""Findings of a scorecard as pages show them: each with its criterion and the observations it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assets.models import Observation
from screener.checklist import CRITERIA, Criterion
from screener.checklist.judgements import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding with the criterion that it answers and what it rests on; `stored` as the card keeps it."""

    criterion: Criterion
    stored: Finding
    as_of: datetime | None
    sources: tuple[Observation, ...]

    @property
    def passes_at(self) -> str:
        """The first threshold, in symbols and figures."""
        return self.criterion.thresholds[0][1][0][1]


def finding_views(findings: Iterable[Finding], judged: Mapping[int, Observation]) -> dict[str, FindingView]:
    """By criterion; criteria of an older version that are gone are left out."""
    return {
        each["criterion"]: FindingView(
            criterion=CRITERIA[each["criterion"]],
            stored=each,
            as_of=datetime.fromisoformat(each["as_of"]) if each["as_of"] else None,
            sources=tuple(judged[pk] for pk in each["observations"] if pk in judged),
        )
        for each in findings
        if each["criterion"] in CRITERIA
    }


def judged_observations(findings: Iterable[Finding]) -> dict[int, Observation]:
    """The observations that were judged, also where newer ones have come since; in one query."""
    return Observation.objects.in_bulk({pk for each in findings for pk in each["observations"]})


def named(ids: Iterable[str], views: Mapping[str, FindingView]) -> tuple[FindingView, ...]:
    """Those of these criteria, in their order."""
    return tuple(views[each] for each in ids if each in views)
