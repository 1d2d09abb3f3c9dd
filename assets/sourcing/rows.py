"""What a parser gives: typed rows in the words of the field, free of any vendor's shape.

Every field but the identity is optional, and None means "not told". Money and
amounts are `Decimal`, shares are 0–1, moments are aware. Field names are those of
the models, so that storing needs no mapping.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

Identifier = tuple[str, str]
"""(namespace, value): ("coingecko", "bitcoin"), ("address:solana", "So11…"), ("cik", "320193")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRef:
    """Whom a row speaks of. Found by any identifier; the descriptive fields fill what is empty."""

    kind: str
    identifiers: tuple[Identifier, ...]
    symbol: str = ""
    name: str = ""
    chain: str = ""
    venue: str = ""
    sector: str = ""
    tags: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    fictional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    asset: AssetRef
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow(Row):
    """The provider knows this asset; nothing but its identity is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketRow(Row):
    price_usd: Decimal | None = None
    volume_24h_usd: Decimal | None = None
    market_cap_usd: Decimal | None = None
    fully_diluted_usd: Decimal | None = None
    price_change_24h_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyRow(Row):
    circulating: Decimal | None = None
    total: Decimal | None = None
    maximum: Decimal | None = None
    uncapped: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolRow(Row):
    address: str
    dex: str = ""
    pair: str = ""
    price_usd: Decimal | None = None
    reserve_usd: Decimal | None = None
    volume_24h_usd: Decimal | None = None
    buys_24h: int | None = None
    sells_24h: int | None = None
    fee_share: float | None = None
    lp_burned_share: float | None = None
    lp_locked_share: float | None = None
    lp_locked_until: datetime | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow(Row):
    venue: str
    pair: str
    bid_usd: Decimal | None = None
    ask_usd: Decimal | None = None
    spread_share: float | None = None
    depth_up_usd: Decimal | None = None
    depth_down_usd: Decimal | None = None
    volume_24h_usd: Decimal | None = None
    last_traded_at: datetime | None = None
    stale: bool | None = None
    anomalous: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandleRow(Row):
    """One bar; `as_of` is its opening moment."""

    interval: str = "day"
    market: str = ""
    open_usd: Decimal
    high_usd: Decimal
    low_usd: Decimal
    close_usd: Decimal
    volume_usd: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One holder. `share` is of total supply, 0–1; `holder_type` one of `metrics.holders.HOLDER_TYPES`."""

    holder_type: str
    share: float
    address: str = ""
    label: str = ""
    balance: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRow(Row):
    holder_count: int | None = None
    top_ten_share: float | None = None
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    unlock_at: datetime
    amount: Decimal
    category: str
    shape: str = "cliff"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockRow(Row):
    """A whole schedule; without events it says that nothing is left to unlock."""

    events: tuple[Unlock, ...] = ()
    source_url: str = ""
    precision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRow(Row):
    active_addresses_30d: int | None = None
    transactions_30d: int | None = None
    transactions_prior_60d: int | None = None
    fees_annual_usd: Decimal | None = None
    revenue_annual_usd: Decimal | None = None
    tvl_usd: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    firm: str
    audited_on: date | None = None
    scope: str = ""
    conclusion: str = ""
    limitations: str = ""
    matches_deployed: bool | None = None
    report_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRow(Row):
    """`audits` None means nobody was asked; an empty tuple means there are none."""

    channels: dict[str, str] = field(default_factory=dict)
    team: str = ""
    site_since: date | None = None
    roadmap_planned: int | None = None
    roadmap_delivered: int | None = None
    commits_90d: int | None = None
    audits: tuple[AuditReport, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundamentalsRow(Row):
    revenue_ttm_usd: Decimal | None = None
    revenue_prior_ttm_usd: Decimal | None = None
    operating_cash_flow_ttm_usd: Decimal | None = None
    cash_usd: Decimal | None = None
    total_liabilities_usd: Decimal | None = None
    insider_share: float | None = None
    public_float_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow(Row):
    filings_due_24m: int | None = None
    filings_late_24m: int | None = None
    filings_missing_24m: int | None = None
    last_filed_on: date | None = None
    going_concern: str = ""
    filings_url: str = ""
