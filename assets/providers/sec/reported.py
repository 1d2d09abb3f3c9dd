"""Reported facts: what is read of a company's XBRL facts before rows are made of it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assets.providers.sec.concepts import IFRS, US_GAAP
from assets.providers.sec.ledger import Ledger
from assets.providers.sec.values import FiledValue


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """The filing that reported a period first."""

    ends_on: date
    filed: date
    form: str
    accession: str
    taxonomy: str


@dataclass(slots=True)
class ReportedFacts:
    """Money by taxonomy, the filings by accession number, and what covers and notes say of shares.

    Money is of one scale; `scale_factors` has, by filing, what amounts of another one were multiplied by.
    """

    money: dict[str, Ledger] = field(default_factory=lambda: {US_GAAP: Ledger(), IFRS: Ledger()})
    reports: dict[str, PeriodReport] = field(default_factory=dict)
    covers: list[FiledValue] = field(default_factory=list)
    floats: list[FiledValue] = field(default_factory=list)
    ratios: list[FiledValue] = field(default_factory=list)
    shares: list[FiledValue] = field(default_factory=list)
    share_counts: list[tuple[str, FiledValue]] = field(default_factory=list)
    scale_factors: dict[str, Decimal] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
