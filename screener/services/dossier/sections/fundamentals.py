"""Fundamentals of a company, from its financial statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assets.metrics import families
from assets.models import FundamentalsSnapshot
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class FundamentalsSection:
    fundamentals: FundamentalsSnapshot | None
    questions: Sequence[Mapping[str, Any]]
    business_changed_on: date | None
    """Since the end of the newest period, so that the figures are of before."""


def read_fundamentals(facts: DossierFacts) -> FundamentalsSection:
    fundamentals, filings = (facts.rows.row(each) for each in (families.FUNDAMENTALS, families.FILINGS))
    changed_on = filings.business_changed_on if filings else None
    ends_on = fundamentals.period_ends_on if fundamentals else None
    return FundamentalsSection(
        fundamentals=fundamentals,
        business_changed_on=changed_on if changed_on and ends_on and changed_on > ends_on else None,
        questions=facts.questions_of("fundamentals", "fundamentals_year_ago"),
    )
