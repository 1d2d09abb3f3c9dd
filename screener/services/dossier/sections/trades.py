"""Latest trades on pools."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.metrics import families
from assets.models import Trade
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class TradesSection:
    trades: Sequence[Trade]


def read_trades(facts: DossierFacts) -> TradesSection | None:
    trades = facts.events(families.TRADES)
    return TradesSection(trades=trades) if trades else None
