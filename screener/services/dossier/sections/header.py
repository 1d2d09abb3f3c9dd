"""Asset header: who it is, what it is worth, and how old that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from assets.identity.tickers import SHARE, only_finds
from assets.metrics import families
from assets.models import SupplySnapshot
from screener.models import Scorecard
from screener.screens.size_tiers import tier_of
from screener.screens.tier_limits import KindLimits
from screener.services.desk.watchlists import watched_asset_ids
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.provenance import Provenance, provenance_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderSection:
    identifiers: tuple[tuple[str, str], ...]
    watched: bool
    card: Scorecard | None
    figures: Mapping[str, float]
    questioned: Mapping[str, float]
    supply: SupplySnapshot | None
    provenance: tuple[Provenance, ...]
    tier: str
    tier_limits: KindLimits
    position_usd: float = 0

    @property
    def priced(self) -> Any:
        """The row that the price comes from; None where none is known."""
        return next((each.row for each in self.provenance if each.family == families.MARKET), None)

    @property
    def tier_is_of_float(self) -> bool:
        """Whether no price is known, so that the tier follows from the public float that was filed."""
        return (
            self.tier != ""
            and "public_float_usd" in self.figures
            and self.figures.keys().isdisjoint({"market_cap_usd", "fully_diluted_usd"})
        )


def read_header(facts: DossierFacts) -> HeaderSection:
    rows = {each: facts.rows.row(each) for each in (families.MARKET, families.SUPPLY)}
    limits, kind = facts.own_settings.tiers, facts.asset.kind
    judged = facts.card.tier if facts.card else ""
    return HeaderSection(
        identifiers=_shown_names(facts),
        watched=facts.as_of is None and facts.asset.pk in watched_asset_ids(facts.user),
        card=facts.card,
        figures=facts.figures,
        questioned=facts.questioned_figures,
        supply=rows[families.SUPPLY],
        provenance=provenance_of(facts.asset.kind, rows, now=facts.now),
        tier=tier_of(facts.figures, kind=kind, judged=judged, limits=limits),
        tier_limits=limits.by_kind[kind],
        position_usd=facts.position_usd,
    )


def _shown_names(facts: DossierFacts) -> tuple[tuple[str, str], ...]:
    """Its names, those of earlier times too; of tickers and issues those of the moment, each once."""
    listed = facts.asset.identifiers.order_by("pk")
    if facts.as_of is not None:
        listed = listed.filter(Q(valid_from=None) | Q(valid_from__lte=facts.as_of))
    names = (
        (namespace, value, until if until is None or facts.as_of is None or until <= facts.as_of else None)
        for namespace, value, until in listed.values_list("namespace", "value", "valid_until")
    )
    return tuple(
        (namespace, value)
        for namespace, value, until in names
        if namespace != SHARE and (until is None or not only_finds(namespace))
    )
