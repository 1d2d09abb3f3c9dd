"""Fundamentals of a company, from its financial statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from assets.metrics import families
from assets.metrics.fundamentals import LONGEST_RUNWAY_MONTHS
from assets.models import FundamentalsSnapshot
from screener.charts import Chart, runway_chart
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class FundamentalsSection:
    fundamentals: FundamentalsSnapshot | None
    questions: Sequence[Mapping[str, Any]]
    business_changed_on: date | None
    """Since the end of the newest period, so that the figures are of before."""
    runway: Chart | None
    """None where it does not spend cash, or the figure is not known."""

    @property
    def spent_at(self) -> datetime | None:
        """When the cash would be spent."""
        return self.runway.points[-1].values["at"] if self.runway else None

    @property
    def is_spent(self) -> bool:
        """Whether that day has passed: no paper says since when it lives on other money."""
        return self.runway is not None and not self.runway.dots[0].value


def read_fundamentals(facts: DossierFacts) -> FundamentalsSection:
    fundamentals, filings = (facts.rows.row(each) for each in (families.FUNDAMENTALS, families.FILINGS))
    changed_on = filings.business_changed_on if filings else None
    ends_on = fundamentals.period_ends_on if fundamentals else None
    return FundamentalsSection(
        fundamentals=fundamentals,
        business_changed_on=changed_on if changed_on and ends_on and changed_on > ends_on else None,
        runway=_runway(facts, fundamentals) if fundamentals else None,
        questions=facts.questions_of("fundamentals", "fundamentals_year_ago"),
    )


def _runway(facts: DossierFacts, fundamentals: FundamentalsSnapshot) -> Chart | None:
    """From the end of the period, when the cash was counted, by the months of the card."""
    months = facts.figures.get("runway_months")
    if months is None or months >= LONGEST_RUNWAY_MONTHS:
        return None
    if fundamentals.cash_usd is None or fundamentals.period_ends_on is None:
        return None
    counted_at = datetime.combine(fundamentals.period_ends_on, time(), tzinfo=UTC)
    return runway_chart(float(fundamentals.cash_usd), months, counted_at=counted_at, now=facts.now)
