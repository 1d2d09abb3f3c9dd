"""Parsed rows: what every parser gives, typed and in the words of the field, free of any vendor's shape.

Every field but the identity is optional, and None means "not known". Money and
amounts are `Decimal`, shares are 0–1, moments are aware. Field names are those of
the models, so that storing needs no mapping.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

Identifier = tuple[str, str]
"""(namespace, value): ("coingecko", "bitcoin"), ("address:solana", "So11…"), ("cik", "320193")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRef:
    """Whom a row speaks of, the first identifier being the name by which the provider knows it.

    Found by any identifier; the descriptive fields fill what is empty. `complete` are beginnings of
    namespaces in which a register names all that it has of its own coin: "address:" its contracts,
    "currency:" its codes. What else was known from it has ended, and another contract on one of these chains
    was replaced. `home` is the chain that the register calls its home. `major`: it ranks it among the
    largest by market cap. `fallback_name` is one of its past or in capitals, for want of a better one: it
    never takes the place of a name. `called`: as a list calls it that knows tickers alone; who is named
    otherwise is somebody else, who has the ticker now. `if_known`: of whom nobody has told before no asset is
    made.
    """

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
    complete: tuple[str, ...] = ()
    home: str = ""
    major: bool = False
    fallback_name: str = ""
    called: str = ""
    if_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`key` names what tells rows of one asset and moment apart, where there can be several."""

    key: ClassVar[tuple[str, ...]] = ()

    asset: AssetRef
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow(Row):
    """The provider knows this asset; nothing but its identity is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketRow(Row):
    """`launch_…` is of a token that a launchpad sells from a curve: how much of it is sold, whether all of
    it, since when, and to which pool it moved. Trades and those who made them are of all its pools together.
    """

    price_usd: Decimal | None = None
    volume_24h_usd: Decimal | None = None
    market_cap_usd: Decimal | None = None
    fully_diluted_usd: Decimal | None = None
    price_change_24h_share: float | None = None
    buys_24h: int | None = None
    sells_24h: int | None = None
    traders_24h: int | None = None
    launch_sold_share: float | None = None
    launch_completed: bool | None = None
    launch_completed_at: datetime | None = None
    launch_pool: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyRow(Row):
    circulating: Decimal | None = None
    total: Decimal | None = None
    maximum: Decimal | None = None
    uncapped: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolRow(Row):
    """One pool. Reserves without `_usd` are in units of the token asked about and of its counterpart.

    `pool_type` is one of `metrics.pools.POOL_TYPES`. `quote_is_listed` says whether the counterpart has a
    market of its own that somebody lists; None where nobody told what it is. `virtual_…` are what a bonding
    curve's formula counts with, or what a concentrated pool's does at its price (L/√P and L·√P).

    `lp_free_share` is the share of the pool that neither a burn nor a lock holds back,
    `lp_free_holder` the address that holds most of it, `lp_largest_free_share` how much that is,
    `lp_free_holder_is_wallet` whether a person holds it rather than a program.
    """

    key: ClassVar[tuple[str, ...]] = ("address",)

    address: str
    dex: str = ""
    pair: str = ""
    price_usd: Decimal | None = None
    reserve_usd: Decimal | None = None
    volume_24h_usd: Decimal | None = None
    buys_24h: int | None = None
    sells_24h: int | None = None
    buyers_24h: int | None = None
    sellers_24h: int | None = None
    fee_share: float | None = None
    pool_type: str = ""
    quote_address: str = ""
    quote_price_usd: Decimal | None = None
    quote_is_listed: bool | None = None
    base_reserve: Decimal | None = None
    quote_reserve: Decimal | None = None
    virtual_base_reserve: Decimal | None = None
    virtual_quote_reserve: Decimal | None = None
    lp_burned_share: float | None = None
    lp_locked_share: float | None = None
    lp_locked_until: datetime | None = None
    lp_free_holder: str = ""
    lp_free_share: float | None = None
    lp_largest_free_share: float | None = None
    lp_holder_count: int | None = None
    lp_free_holder_is_wallet: bool | None = None
    opened_at: datetime | None = None
    chain: str = ""


Level = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow(Row):
    """One order book. Levels are (price in the quote currency, quantity), the best first.

    `truncated` says that the book was cut before 2 % from its middle: its depth is at least what is given.
    `last_usd` is the price of its last trade, where its quotes are not given.
    """

    key: ClassVar[tuple[str, ...]] = ("venue", "pair")

    venue: str
    pair: str
    quote: str = ""
    bids: tuple[Level, ...] = ()
    asks: tuple[Level, ...] = ()
    truncated: bool | None = None
    bid_usd: Decimal | None = None
    ask_usd: Decimal | None = None
    last_usd: Decimal | None = None
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

    key: ClassVar[tuple[str, ...]] = ("interval", "market")

    interval: str = "day"
    market: str = ""
    open_usd: Decimal
    high_usd: Decimal
    low_usd: Decimal
    close_usd: Decimal
    volume_usd: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeRow(Row):
    """One trade in a pool; `side` is "buy" or "sell" of this asset, `as_of` the moment of its block.

    `reference` is the provider's own name of the trade: a transaction can hold several.
    """

    key: ClassVar[tuple[str, ...]] = ("market", "reference")

    market: str
    reference: str
    side: str
    amount: Decimal | None = None
    price_usd: Decimal | None = None
    volume_usd: Decimal | None = None
    account: str = ""


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
    """`buckets` are shares of `supply` by rank, as {"1-10": 0.41, "11-20": 0.12}."""

    holder_count: int | None = None
    top_ten_share: float | None = None
    buckets: dict[str, float] = field(default_factory=dict)
    supply: Decimal | None = None
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow(Row):
    """What the contract allows and to whom. None and "" are "not known", never "no".

    Authorities are one of `metrics.contract.AUTHORITIES`, that of a proxy is who can replace its code;
    `code_hash` is that of the code at its own address, EIP-1052; taxes are shares of a trade, 0–1.
    `counterfeit`, `scam` and `malicious` are what a provider names it, or who made it. `native_coin`: its own
    chain issues it, so that there is no contract.
    """

    native_coin: bool | None = None
    verified_source: bool | None = None
    mint_authority: str = ""
    freeze_authority: str = ""
    owner_authority: str = ""
    owner_address: str = ""
    creator_address: str = ""
    creator_share: float | None = None
    creator_earlier_tokens: int | None = None
    creator_rugs: int | None = None
    proxy: bool | None = None
    proxy_authority: str = ""
    implementation_address: str = ""
    code_hash: str = ""
    pausable: bool | None = None
    blacklist: bool | None = None
    honeypot: bool | None = None
    hidden_owner: bool | None = None
    balance_mutable: bool | None = None
    tax_mutable: bool | None = None
    personal_tax_mutable: bool | None = None
    whitelist: bool | None = None
    ownership_recoverable: bool | None = None
    external_call: bool | None = None
    self_destruct: bool | None = None
    limits_mutable: bool | None = None
    trade_limited: bool | None = None
    sale_limited: bool | None = None
    cooldown: bool | None = None
    cannot_buy: bool | None = None
    non_transferable: bool | None = None
    frozen_by_default: bool | None = None
    default_state_mutable: bool | None = None
    transfer_hook: bool | None = None
    hook_mutable: bool | None = None
    closable: bool | None = None
    counterfeit: bool | None = None
    scam: bool | None = None
    malicious: bool | None = None
    buy_tax_share: float | None = None
    sell_tax_share: float | None = None
    transfer_tax_share: float | None = None
    deployed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """One release: at once (cliff, step) or evenly from `unlock_at` to `ends_at` (linear)."""

    unlock_at: datetime
    amount: Decimal
    category: str
    shape: str = "cliff"
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockRow(Row):
    """A schedule. `complete`: every part of it lists its events, so that what is not listed does not come
    free; of one that isn't, or doesn't say so, the rest is not known.
    """

    events: tuple[Unlock, ...] = ()
    source_url: str = ""
    precision: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRow(Row):
    """`active_addresses_least_30d`: so many were found where not all of 30 days were looked at."""

    active_addresses_30d: int | None = None
    active_addresses_least_30d: int | None = None
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
    """`audits` None means nobody was asked; an empty tuple means there are none.

    What was paid on a site that lists tokens: a profile, a takeover by the community, and `paid_promotions`
    (advertisements and boosts), the last one at `promotion_paid_at`. `channels_linked` says that site and
    accounts name each other, so that neither can be an impostor's. `hacks` and `raises` are events with
    `happened_on`, `amount_usd`, `kind` and `source_url`, each as far as it is known, the newest first.
    """

    channels: dict[str, str] = field(default_factory=dict)
    channels_linked: bool | None = None
    team: str = ""
    site_since: date | None = None
    roadmap_planned: int | None = None
    roadmap_delivered: int | None = None
    repository: str = ""
    commits_90d: int | None = None
    commits_4w: int | None = None
    releases_12m: int | None = None
    contributors: int | None = None
    profile_paid: bool | None = None
    community_takeover: bool | None = None
    paid_promotions: int | None = None
    promotion_paid_at: datetime | None = None
    audits: tuple[AuditReport, ...] | None = None
    hacks: tuple[dict[str, str], ...] = ()
    raises: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FundamentalsRow(Row):
    """Trailing twelve months and the balance sheet of the period that ended on `period_ends_on`.

    `as_of` is when it became public; earlier periods are rows of their own. `shares_on_balance` are those of
    the balance sheet, of all classes: the day's, where `shares_outstanding` is what the cover says later.
    `comparable_since`: what was reported of earlier periods is of another basis (a merger, a recast).
    `rescaled_by`: the report tells its amounts in another scale than those around it (in thousands as if in
    dollars); they stand here multiplied by so much.
    """

    key: ClassVar[tuple[str, ...]] = ("period_ends_on",)

    period_ends_on: date | None = None
    form: str = ""
    accession: str = ""
    revenue_ttm_usd: Decimal | None = None
    revenue_prior_ttm_usd: Decimal | None = None
    gross_profit_ttm_usd: Decimal | None = None
    operating_income_ttm_usd: Decimal | None = None
    net_income_ttm_usd: Decimal | None = None
    depreciation_ttm_usd: Decimal | None = None
    selling_general_admin_ttm_usd: Decimal | None = None
    operating_cash_flow_ttm_usd: Decimal | None = None
    cash_usd: Decimal | None = None
    receivables_usd: Decimal | None = None
    current_assets_usd: Decimal | None = None
    property_usd: Decimal | None = None
    total_assets_usd: Decimal | None = None
    current_liabilities_usd: Decimal | None = None
    debt_usd: Decimal | None = None
    total_liabilities_usd: Decimal | None = None
    retained_earnings_usd: Decimal | None = None
    equity_usd: Decimal | None = None
    shares_outstanding: Decimal | None = None
    shares_on_balance: Decimal | None = None
    comparable_since: date | None = None
    rescaled_by: float | None = None
    public_float_usd: Decimal | None = None
    insider_share: float | None = None
    public_float_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow(Row):
    """How a company files, summed up over 24 months; the filings themselves are `DocumentRow`s.

    `figures_withdrawn`: it said not to rely on its reports, and has not amended them since.
    `business_changed_on`: it last bought or sold a significant business; `became_another_on`: another company
    last took its place (a shell took one in). `deregistered`: a Form 15 ended its duty to report, and it has
    filed no report since. `grace_met_24m`, `grace_missed_24m`: reports for which it gave notice (Form 12b-25)
    and that came within the days which the notice gives, or did not.
    """

    filings_due_24m: int | None = None
    filings_late_24m: int | None = None
    filings_missing_24m: int | None = None
    late_notices_24m: int | None = None
    grace_met_24m: int | None = None
    grace_missed_24m: int | None = None
    auditor_changes_24m: int | None = None
    restatements_24m: int | None = None
    last_filed_on: date | None = None
    figures_withdrawn: bool | None = None
    business_changed_on: date | None = None
    became_another_on: date | None = None
    deregistered: bool | None = None
    going_concern: str = ""
    filings_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow(Row):
    """One filing; `as_of` is when it was accepted. `items` are those of an 8-K, as "4.01,9.01"."""

    key: ClassVar[tuple[str, ...]] = ("accession",)

    accession: str
    form: str
    filed_on: date
    accepted_at: datetime | None = None
    period_ends_on: date | None = None
    items: str = ""
    document_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingEventRow(Row):
    """What rules read in a filed document, with the passage that it rests on; `as_of` is the day of filing.

    `subject` is "going_concern", the item of an 8-K as "3.01", "offering", or "document" where nothing was
    decided; `event` is the rules' word for it (`assets.documents`), `reasons` are further words of theirs.
    `passage_at` is where the passage begins in the text without mark-up. `ratio` of a split is new shares for
    an old one. Of an offering: its amount, shares, the shares that warrants stand for, their strike, and
    `room_usd`, what is left of it to be sold. Of the subject "float": the `shares` that non-affiliates hold
    of `shares_outstanding`, and the price at which the document values them. The event "listed" says that a
    list of filings names the document and nobody has read it."""

    key: ClassVar[tuple[str, ...]] = ("accession", "subject", "event")

    accession: str
    form: str
    filed_on: date
    subject: str
    event: str
    reasons: str = ""
    passage: str = ""
    passage_at: int | None = None
    happened_on: date | None = None
    effective_on: date | None = None
    deadline_on: date | None = None
    ratio: float | None = None
    amount_usd: Decimal | None = None
    shares: Decimal | None = None
    shares_outstanding: Decimal | None = None
    price_usd: Decimal | None = None
    warrants: Decimal | None = None
    strike_usd: Decimal | None = None
    room_usd: Decimal | None = None
    source_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapitalRow(Row):
    """What changes an asset's units or their number; `event` is one of `metrics.capital.CAPITAL_EVENTS`.

    `ratio` of a split is new units for one old one: 0.1 is a reverse split of ten to one; None where there
    was one whose ratio nobody tells. It happened from `earliest_on` to `happened_on`, on the latter where
    there is no former. `evidence` is one of `metrics.unit_changes.EVIDENCE`.
    """

    key: ClassVar[tuple[str, ...]] = ("event", "happened_on", "accession")

    event: str
    happened_on: date
    accession: str = ""
    earliest_on: date | None = None
    ratio: float | None = None
    shares: Decimal | None = None
    amount_usd: Decimal | None = None
    source_url: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapitalReadingRow(Row):
    """That an asset's papers of a period were read for a subject, whether anything was found or not.

    `subject` is one of `metrics.unit_changes.SUBJECTS`; without `read_since` they were read from the first.
    """

    key: ClassVar[tuple[str, ...]] = ("subject",)

    subject: str
    read_since: date | None = None
    read_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipRow(Row):
    """What an insider or a holder of 5 % or more reports: a line of a Form 3, 4, 5 or a Schedule 13D, 13G.

    `change` is in shares, negative for what was disposed of; `code` is the SEC's transaction code;
    `share` is of the class, 0–1; `role` is one of `metrics.ownership.ROLES`. `period_on` is the end of the
    period that a form is about; `reported_with` are all who report it together, by CIK or name with "|"
    between them; `has_left` says that the holder is no insider any more. `security` is what is held,
    `nature` how, where it is not held directly; `shared_shares` are those of `shares` over which others
    have power as well.
    """

    key: ClassVar[tuple[str, ...]] = ("accession", "line")

    accession: str
    line: int
    form: str
    filed_on: date | None = None
    holder: str
    holder_cik: str = ""
    role: str = ""
    title: str = ""
    has_left: bool = False
    reported_with: str = ""
    period_on: date | None = None
    happened_on: date | None = None
    security: str = ""
    code: str = ""
    change: Decimal | None = None
    price_usd: Decimal | None = None
    shares: Decimal | None = None
    share: float | None = None
    shared_shares: Decimal | None = None
    is_derivative: bool = False
    is_direct: bool | None = None
    nature: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueRow(Row):
    """Where a share is traded; `tier` is one of `metrics.venues.TIERS`, "" where it is not known.

    Warnings of those who watch over it: a trading suspension, an accounting or auditing enforcement
    release (AAER), disclosed paid promotion, the Regulation SHO threshold list. None is "not known".

    `financial_status` is what the exchange says of its issuer, words of `metrics.venues.FINANCIAL_STATUSES`
    with "+" between them. `halt_code` is the exchange's code of a halt in force since `halted_at`,
    `metrics.venues.NOT_HALTED` where its list was read and has none. `short_interest_shares` are those sold
    short and not covered on `short_interest_on`; `average_volume_shares` is traded a day over the time
    since the settlement day before it.
    """

    venue: str = ""
    tier: str = ""
    suspended_24m: bool | None = None
    enforcement_24m: bool | None = None
    paid_promotion: bool | None = None
    threshold_list: bool | None = None
    financial_status: str = ""
    halt_code: str = ""
    halted_at: datetime | None = None
    short_interest_shares: Decimal | None = None
    short_interest_on: date | None = None
    average_volume_shares: Decimal | None = None
