"""Everything that an asset's page shows, read once: facts, score, charts, and where each number came from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from assets.metrics import families
from assets.models import (
    Asset,
    Audit,
    BookSnapshot,
    CapitalEvent,
    ContractSnapshot,
    DisclosureSnapshot,
    FiledDocument,
    FilingSnapshot,
    FundamentalsSnapshot,
    HolderPosition,
    HolderSnapshot,
    MarketSnapshot,
    Observation,
    OwnershipReport,
    PoolSnapshot,
    RequestLog,
    SupplySnapshot,
    Trade,
    UnlockSchedule,
    UsageSnapshot,
    VenueSnapshot,
)
from assets.services.reading.precedence import Contradiction
from screener.charts import Chart, Piece
from screener.checklist import CRITERIA, DIMENSIONS, Criterion
from screener.models import Scorecard
from screener.services.dossier.draw_dossier import (
    draw_exit,
    draw_holders,
    draw_owners,
    draw_price,
    draw_unlocks,
)
from screener.services.dossier.provenance import (
    ABSENT,
    Conflict,
    Source,
    check_sources,
    find_conflicts,
)
from screener.services.dossier.shown_rows import PLACES, SNAPSHOTS, ShownRows
from screener.services.dossier.unlock_values import AfterUnlock, Unlock, after_next_unlock, foresee_unlocks

EVENTS: Final[dict[str, tuple[Any, str]]] = {
    families.TRADES: (Trade, "-as_of"),
    families.CAPITAL: (CapitalEvent, "-happened_on"),
    families.OWNERSHIP: (OwnershipReport, "-as_of"),
}
"""Families of which the latest events are shown: family → (model, order)."""

MOST_EVENTS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding of the scorecard with the criterion that it answers and what it rests on."""

    criterion: Criterion
    told: Mapping[str, Any]
    as_of: datetime | None
    sources: tuple[Observation, ...]

    @property
    def passes_at(self) -> str:
        """The first threshold, in symbols and figures."""
        return self.criterion.thresholds[0][1][0][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionView:
    id: str
    title: str
    scores: Mapping[str, float] | None
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    asset: Asset
    identifiers: tuple[tuple[str, str], ...]
    card: Scorecard | None
    figures: Mapping[str, float]
    market: MarketSnapshot | None
    supply: SupplySnapshot | None
    holders: HolderSnapshot | None
    positions: Sequence[HolderPosition]
    schedule: UnlockSchedule | None
    unlocks: Sequence[Unlock]
    after_unlock: AfterUnlock | None
    usage: UsageSnapshot | None
    disclosure: DisclosureSnapshot | None
    audits: Sequence[Audit]
    fundamentals: FundamentalsSnapshot | None
    filings: FilingSnapshot | None
    documents: Sequence[FiledDocument]
    trades: Sequence[Trade]
    contract: ContractSnapshot | None
    venue: VenueSnapshot | None
    capital_events: Sequence[CapitalEvent]
    ownership_reports: Sequence[OwnershipReport]
    pools: Sequence[PoolSnapshot]
    books: Sequence[BookSnapshot]
    dimensions: Sequence[DimensionView]
    gates_open: Sequence[FindingView]
    gates_unverified: Sequence[FindingView]
    sources: Sequence[Source]
    unanswered: Mapping[str, Sequence[RequestLog]]
    conflicts: Sequence[Conflict]
    contradictions: Sequence[Contradiction]
    price_chart: Chart | None
    price_market: str
    exit_chart: Chart | None
    unlock_chart: Chart | None
    holder_pieces: Sequence[Piece]
    owner_pieces: Sequence[Piece]
    position_usd: float


def read_dossier(asset: Asset, *, now: datetime | None = None) -> Dossier:
    """Read the dossier of one asset in a fixed number of queries, however long its history."""
    moment = now or timezone.now()
    shown = ShownRows(asset)
    contradicting, positions = shown.contradictions, shown.positions
    rows: dict[str, Any] = {each: shown.row(each) for each in SNAPSHOTS}
    rows |= {each: shown.places(each) for each in PLACES}
    events = _events(asset)
    card = Scorecard.objects.filter(asset=asset).order_by("-id").first()
    figures: Mapping[str, float] = card.figures if card else {}
    position = figures.get("position_usd", float(settings.ASSAY_POSITION_USD))
    holders, schedule, disclosure = (
        rows[each] for each in (families.HOLDERS, families.UNLOCKS, families.DISCLOSURE)
    )
    pools, books = rows[families.POOLS], rows[families.BOOKS]
    unlocks = foresee_unlocks(shown.unlock_events, figures=figures, now=moment)
    findings = _findings(card)
    price, market = draw_price(asset, now=moment)
    return Dossier(
        asset=asset,
        identifiers=tuple(asset.identifiers.values_list("namespace", "value")),
        card=card,
        figures=figures,
        market=rows[families.MARKET],
        supply=rows[families.SUPPLY],
        holders=holders,
        positions=positions,
        schedule=schedule,
        unlocks=unlocks,
        after_unlock=after_next_unlock(unlocks, figures=figures),
        usage=rows[families.USAGE],
        disclosure=disclosure,
        audits=shown.audits,
        fundamentals=rows[families.FUNDAMENTALS],
        filings=rows[families.FILINGS],
        documents=_documents(asset),
        trades=events[families.TRADES],
        contract=rows[families.CONTRACT],
        venue=rows[families.VENUE],
        capital_events=events[families.CAPITAL],
        ownership_reports=events[families.OWNERSHIP],
        pools=pools,
        books=books,
        dimensions=_dimensions(asset, card, findings),
        gates_open=[findings[each] for each in (card.gates_open if card else ()) if each in findings],
        gates_unverified=[
            findings[each] for each in (card.gates_unverified if card else ()) if each in findings
        ],
        sources=check_sources(asset.kind, rows | events, now=moment),
        unanswered=_unanswered(asset),
        contradictions=contradicting,
        conflicts=find_conflicts(rows, figures=figures),
        price_chart=price,
        price_market=market,
        exit_chart=draw_exit(asset, pools=pools, books=books, position_usd=position, now=moment),
        unlock_chart=draw_unlocks(unlocks, figures=figures, now=moment),
        holder_pieces=draw_holders(positions),
        owner_pieces=draw_owners(positions),
        position_usd=position,
    )


def _events(asset: Asset) -> dict[str, list[Any]]:
    """By family the latest events; none for a kind of asset that has none."""
    return {
        family: []
        if family in ABSENT[asset.kind]
        else list(
            model.objects.filter(asset=asset).select_related("observation").order_by(order)[:MOST_EVENTS]
        )
        for family, (model, order) in EVENTS.items()
    }


def _unanswered(asset: Asset) -> dict[str, list[RequestLog]]:
    """By family who was asked and could not tell, with the reason."""
    told: dict[str, list[RequestLog]] = defaultdict(list)
    for each in RequestLog.objects.filter(asset=asset).exclude(problem="").order_by("provider"):
        told[each.family].append(each)
    return told


def _documents(asset: Asset) -> list[FiledDocument]:
    if families.FILINGS in ABSENT[asset.kind]:
        return []
    filed = FiledDocument.objects.filter(asset=asset).select_related("observation")
    return list(filed.order_by("-filed_on", "-id")[:MOST_EVENTS])


def _findings(card: Scorecard | None) -> dict[str, FindingView]:
    """By criterion what the card found; criteria of an older version that are gone are left out.

    Sources are the observations that were judged, also where newer ones have come since.
    """
    told = [each for each in (card.findings if card else ()) if each["criterion"] in CRITERIA]
    judged = Observation.objects.in_bulk({each for finding in told for each in finding["observations"]})
    return {
        finding["criterion"]: FindingView(
            criterion=CRITERIA[finding["criterion"]],
            told=finding,
            as_of=datetime.fromisoformat(finding["as_of"]) if finding["as_of"] else None,
            sources=tuple(judged[each] for each in finding["observations"] if each in judged),
        )
        for finding in told
    }


def _dimensions(
    asset: Asset, card: Scorecard | None, findings: Mapping[str, FindingView]
) -> tuple[DimensionView, ...]:
    asked: dict[str, list[FindingView]] = defaultdict(list)
    for finding in findings.values():
        if finding.told["state"] != "n-a":
            asked[finding.criterion.dimension].append(finding)
    return tuple(
        DimensionView(
            id=each.id,
            title=each.title(asset.kind),
            scores=card.dimensions.get(each.id) if card else None,
            findings=tuple(asked[each.id]),
        )
        for each in DIMENSIONS
    )
