"""Sources: where each family of facts comes from, how old it is, and who was asked in vain."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.metrics.families import CAPITAL
from assets.models import RequestLog
from screener.services.dossier.facts import EVENTS, DossierFacts
from screener.services.dossier.provenance import Provenance, provenance_of
from screener.services.dossier.shown_rows import PLACES, SNAPSHOTS


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesSection:
    """`unanswered`: by family who was asked and could not tell, with the reason; of a past day that is not
    kept."""

    provenance: tuple[Provenance, ...]
    unanswered: Mapping[str, Sequence[RequestLog]]


def read_sources(facts: DossierFacts) -> SourcesSection:
    rows: dict[str, Any] = {each: facts.rows.row(each) for each in SNAPSHOTS}
    rows |= {each: facts.rows.places(each) for each in PLACES}
    rows |= {each: facts.events(each) for each in EVENTS}
    unanswered: dict[str, list[RequestLog]] = defaultdict(list)
    if facts.as_of is None:
        for each in RequestLog.objects.filter(asset=facts.asset).exclude(problem="").order_by("provider"):
            unanswered[each.family].append(each)
    return SourcesSection(
        provenance=provenance_of(facts.asset.kind, rows, now=facts.now, readings={CAPITAL: facts.reading}),
        unanswered=unanswered,
    )
