"""Fundamentals of a company, from its financial statements."""

from dataclasses import dataclass

from assets.metrics import families
from assets.models import FundamentalsSnapshot
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class FundamentalsSection:
    fundamentals: FundamentalsSnapshot | None


def read_fundamentals(facts: DossierFacts) -> FundamentalsSection:
    return FundamentalsSection(fundamentals=facts.rows.row(families.FUNDAMENTALS))
