"""Audit: consistency figures of a whole database: what contradicts, what is questioned, what is stale.

Read from facts, batch by batch: memory holds one batch and counters, and each batch takes the same queries.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Final

import numpy as np
from django.conf import settings

from assets.metrics.facts import Facts
from assets.metrics.family import REST, SCREENED, WATCHED
from assets.metrics.measure import measure
from assets.metrics.pools import Pools, certainty_counts
from assets.models import Asset
from assets.services.reading.answers import present_providers
from assets.services.reading.contradictions import contradictions
from assets.services.reading.facts import facts_of
from assets.services.reading.known_by import KnownBy
from assets.services.reading.resolved import Resolved, resolved_of
from screener.checklist import CRITERIA
from screener.checklist.judge import judge_columns
from screener.checklist.judged import JudgedBatch
from screener.checklist.staleness import limits_of
from screener.checklist.states import NOT_APPLICABLE, UNKNOWN
from screener.services.dossier.shown_rows import COMPARED, compared
from screener.services.operation.schedule_refreshes import interest_in_assets
from screener.services.scoring.failures import each_apart
from screener.services.scoring.sector_medians import with_sector_medians

BATCH: Final = 1_000
TIER_NAMES: Final = {WATCHED: "watched", SCREENED: "screened", REST: "rest"}

Key = tuple[str, str, str]
"""Kind of asset, family, tier of interest."""


def _counts() -> defaultdict[str, Counter[str]]:
    return defaultdict(Counter)


@dataclass(slots=True)
class ConsistencyFigures:
    """Counts over all assets. Figures are counted, and the assets that have any.

    `contradictions` are by family and field, `questioned` by witness: {figures, assets}. `stale` is by kind,
    family and tier of interest: {known, stale}. `answers` are by criterion: {asked, answered, stale}.
    `schedules` are of unlocks: {whole, open}. `pools` are by how well their depth is known, with the reasons.
    """

    assets: Counter[str] = field(default_factory=Counter)
    unjudged: int = 0
    contradictions: defaultdict[str, Counter[str]] = field(default_factory=_counts)
    questioned: defaultdict[str, Counter[str]] = field(default_factory=_counts)
    stale: defaultdict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    answers: defaultdict[str, Counter[str]] = field(default_factory=_counts)
    schedules: Counter[str] = field(default_factory=Counter)
    pools: Counter[str] = field(default_factory=Counter)

    @property
    def never_answered(self) -> list[str]:
        """Criteria that are asked of somebody and answered for nobody, in the order of the checklist."""
        counts = ((each, self.answers[each]) for each in CRITERIA)
        return [each for each, count in counts if count["asked"] and not count["answered"]]

    def count_unjudged(self, _asset_id: int, _error: Exception) -> None:
        self.unjudged += 1


def audit(*, now: datetime) -> ConsistencyFigures:
    """Count over every asset, by what is known now."""
    found, interest = ConsistencyFigures(), interest_in_assets()
    present = present_providers()
    ids = iter(Asset.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH))
    while batch := list(islice(ids, BATCH)):
        _count_contradictions(found, batch, present=present, now=now)
        judge = partial(_judged, now=now)
        for _ids, (facts, judged) in each_apart(batch, judge, failed=found.count_unjudged):
            _count_facts(found, facts)
            for each in judged:
                _count_judged(found, each, facts, interest)
    return found


def _judged(ids: Sequence[int], *, now: datetime) -> tuple[Facts, list[JudgedBatch]]:
    facts = with_sector_medians(facts_of(ids, now=now))
    measures = measure(facts, position_usd=settings.ASSAY_POSITION_USD)
    return facts, list(judge_columns(measures, facts))


def _count_contradictions(
    found: ConsistencyFigures, ids: Sequence[int], *, present: Collection[str], now: datetime
) -> None:
    known = KnownBy.of(ids, now=now, present=present)
    for family in COMPARED:
        things = resolved_of(family, ids, now=now, present=() if family.place else present, known=known)
        for of_asset in _by_asset(things):
            told = contradictions(compared(family, of_asset), family=family)
            found.contradictions[family.name].update(each.field for each in told)
            found.contradictions[family.name]["assets"] += bool(told)


def _by_asset(things: Iterable[Resolved]) -> Iterator[list[Resolved]]:
    by_asset: defaultdict[int, list[Resolved]] = defaultdict(list)
    for each in things:
        by_asset[each.row.asset_id].append(each)
    yield from by_asset.values()


def _count_facts(found: ConsistencyFigures, facts: Facts) -> None:
    found.assets.update(facts.assets["kind"].tolist())
    asked = facts.questions
    for witness, rows in asked.groupby("witness"):
        found.questioned[str(witness)]["figures"] += len(rows)
        found.questioned[str(witness)]["assets"] += rows["asset_id"].nunique()
    found.pools.update(certainty_counts(Pools.of(facts)))


def _count_judged(
    found: ConsistencyFigures, judged: JudgedBatch, facts: Facts, interest: dict[int, int]
) -> None:
    is_open = judged.measures["unlocks_open"]
    found.schedules["whole"] += int((is_open == 0).sum())
    found.schedules["open"] += int((is_open == 1).sum())
    for name, answers in judged.answers.items():
        found.answers[name]["asked"] += int((answers.state != NOT_APPLICABLE).sum())
        found.answers[name]["answered"] += int((answers.state < UNKNOWN).sum())
        found.answers[name]["stale"] += int(answers.stale.sum())
    tiers = np.array([interest.get(each, REST) for each in judged.asset_ids])
    kind = str(facts.assets["kind"].loc[judged.asset_ids[0]])
    for family in limits_of(kind):
        known, stale = judged.sources.known((family,)), judged.sources.stale((family,))
        for tier, tier_name in TIER_NAMES.items():
            mine = found.stale[kind, family, tier_name]
            mine["known"] += int((known & (tiers == tier)).sum())
            mine["stale"] += int((stale & (tiers == tier)).sum())


def as_json(found: ConsistencyFigures) -> dict[str, object]:
    """Plain values, empty counts left out."""
    stale: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    for (kind, family, tier), counts in found.stale.items():
        if counts["known"]:
            stale[family].append({"kind": kind, "tier": tier, **counts})
    return {
        "assets": dict(found.assets),
        "unjudged": found.unjudged,
        "contradictions": {each: dict(counts) for each, counts in found.contradictions.items()},
        "questioned": {each: dict(counts) for each, counts in found.questioned.items()},
        "stale": dict(stale),
        "never_answered": found.never_answered,
        "answers": {each: dict(found.answers[each]) for each in CRITERIA if each in found.answers},
        "schedules": dict(found.schedules),
        "pools": dict(found.pools),
    }


def lines(found: ConsistencyFigures) -> Iterator[str]:
    """The same in words, a line each."""
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(found.assets.items())) or "none"
    yield f"Assets: {told}; could not be judged: {found.unjudged:,}."
    yield "Contradictions between providers:"
    for family, counts in found.contradictions.items():
        fields = ", ".join(f"{name} {n:,}" for name, n in sorted(counts.items()) if n and name != "assets")
        if fields:
            yield f"  {family}: {fields}; of {counts['assets']:,} assets"
    yield "Questioned figures by witness (figures; assets):"
    for witness, counts in sorted(found.questioned.items()):
        yield f"  {witness}: {counts['figures']:,}; {counts['assets']:,}"
    yield "Stale facts by kind, family and tier (of those that are known):"
    for key, counts in found.stale.items():
        if counts["known"]:
            yield f"  {' '.join(key)}: {_of(counts['stale'], counts['known'])}"
    yield f"Criteria that are answered for nobody: {', '.join(found.never_answered) or 'none'}."
    yield f"Unlock schedules: {found.schedules['whole']:,} whole, {found.schedules['open']:,} left open."
    yield "Pools by how well their depth is known:"
    whole = sum(count for name, count in found.pools.items() if ":" not in name)
    yield from (f"  {name}: {_of(count, whole)}" for name, count in found.pools.items())


def _of(count: int, whole: int) -> str:
    return f"{count:,} of {whole:,}" + (f" ({count / whole:.0%})" if whole else "")
