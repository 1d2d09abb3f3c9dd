"""Fundamentals of a company, from its financial statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.metrics import families
from assets.models import FundamentalsSnapshot
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class FundamentalsSection:
    fundamentals: FundamentalsSnapshot | None
    questions: Sequence[Mapping[str, Any]]


def read_fundamentals(facts: DossierFacts) -> FundamentalsSection:
    return FundamentalsSection(
        fundamentals=facts.rows.row(families.FUNDAMENTALS),
        questions=facts.questions_of("fundamentals", "fundamentals_year_ago"),
    )
