"""Archetypes: what kinds of assets the sandbox market holds, as traits that the generator turns into facts.

Any `len(ROTATION)` consecutive assets hold every archetype. Newcomers go to the end of the rotation:
the first assets stay what they are.
"""

from dataclasses import dataclass, replace
from typing import Final

from assets.metrics import families as f

ALL_TOKEN: Final = frozenset(
    {
        f.LISTING,
        f.MARKET,
        f.POOLS,
        f.BOOKS,
        f.CANDLES,
        f.TRADES,
        f.HOLDERS,
        f.CONTRACT,
        f.UNLOCKS,
        f.USAGE,
        f.DISCLOSURE,
    }
)
ALL_EQUITY: Final = frozenset(
    {f.LISTING, f.MARKET, f.BOOKS, f.CANDLES, f.HOLDERS, f.UNLOCKS, f.DISCLOSURE, f.FUNDAMENTALS, f.FILINGS}
    | {f.CAPITAL, f.EVENTS, f.OWNERSHIP, f.VENUE}
)
FOREVER: Final = 36_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Archetype:
    """Traits. Shares are 0–1; `cap_usd`, `liquidity_share` and `age_days` are ranges to draw an asset from.

    `contract` is one of `permissions.PERMISSIONS`, `capital` one of `filing_calendar.CORPORATE_ACTIONS`.
    """

    name: str
    kind: str = f.TOKEN
    families: frozenset[str] = ALL_TOKEN
    cap_usd: tuple[float, float] = (2e6, 60e6)
    float_share: float = 0.85
    uncapped: bool = False
    circulating_known: bool = True
    conflict: bool = False
    reported_cap_factor: float = 1.0
    grown_share: float = 0.03
    turnover: float = 0.06
    liquidity_share: tuple[float, float] = (0.05, 0.12)
    trades_a_day: int = 900
    traders_share: float = 0.7
    lp_burned_share: float | None = 0.0
    lp_locked_share: float | None = 0.98
    lp_holder_count: int = 24
    lp_locked_days: int = 400
    drained_daily: float = 0.0
    age_days: tuple[int, int] = (40, 900)
    contract: str = "usual"
    venues: int = 1
    spread_share: float = 0.004
    book_state: str = "live"
    owners: str = "spread"
    holder_count: int = 6_000
    unlock: str = "linear"
    active_addresses: int = 4_000
    activity: float = 1.0
    revenue_share: float = 0.08
    tvl_share: float | None = None
    team: str = "named"
    audit: str = "fresh"
    stale_days: int = 0
    revenue_usd: float = 20e6
    revenue_growth: float = 0.15
    runway_months: float | None = None
    earns: bool = False
    insider_share: float = 0.22
    public_float_share: float = 0.7
    late: int = 0
    missing: int = 0
    going_concern: str = "none"
    capital: str = "none"
    insiders: str = "quiet"
    auditor_changed: bool = False
    restated: bool = False
    venue: str = "NASDAQ"
    warnings: tuple[str, ...] = ()


TOKEN: Final = Archetype(name="healthy")
EQUITY: Final = Archetype(
    name="healthy company", kind=f.EQUITY, families=ALL_EQUITY, cap_usd=(40e6, 280e6), unlock="done", venues=1
)


def token(name: str, **traits: object) -> Archetype:
    return replace(TOKEN, name=name, **traits)  # type: ignore[arg-type]


def equity(name: str, **traits: object) -> Archetype:
    return replace(EQUITY, name=name, **traits)  # type: ignore[arg-type]


TOKENS: Final = (
    TOKEN,
    token(
        "solid old coin",
        cap_usd=(300e6, 4e9),
        holder_count=90_000,
        lp_burned_share=1.0,
        turnover=0.1,
        venues=3,
    ),
    token("thin pool", liquidity_share=(0.002, 0.006), turnover=0.01, trades_a_day=60, holder_count=900),
    token("whale-held", owners="whale", holder_count=700),
    token("bridge-held", owners="bridge", holder_count=12_000),
    token("burned and pooled", owners="burned", float_share=0.42, lp_burned_share=0.99),
    token("unlock cliff", unlock="cliff", float_share=0.35),
    token("steady vesting", unlock="linear", float_share=0.55),
    token("low float", float_share=0.12, unlock="heavy", grown_share=0.6),
    token("dead pool", turnover=0.0, trades_a_day=0, activity=0.05, active_addresses=12, holder_count=300),
    token(
        "draining pool",
        lp_locked_days=6,
        turnover=0.9,
        activity=0.4,
        team="none",
        audit="none",
        drained_daily=0.07,
    ),
    token("unlocked pool", lp_locked_share=0.0, lp_holder_count=1, team="pseudonymous", audit="none"),
    token("pool burned", lp_burned_share=1.0, lp_locked_share=0.0, team="pseudonymous", audit="old"),
    token(
        "wash-traded", turnover=9.0, traders_share=0.04, active_addresses=40, holder_count=450, team="none"
    ),
    token(
        "meme coin", revenue_share=0.0, lp_burned_share=1.0, team="none", audit="none", holder_count=20_000
    ),
    token("lending protocol", tvl_share=2.4, revenue_share=0.15, lp_burned_share=0.97, holder_count=15_000),
    token("overpriced protocol", tvl_share=0.06, revenue_share=0.002),
    token("anonymous", team="none", audit="none", holder_count=1_300, unlock="unknown"),
    token("audited with limits", audit="limited", team="pseudonymous"),
    token("stale", stale_days=9),
    token("hardly known", families=frozenset({f.LISTING, f.MARKET})),
    token("no circulating supply", circulating_known=False, unlock="unknown"),
    token("conflicting supply", conflict=True),
    token("uncapped", uncapped=True, grown_share=0.12, unlock="done"),
    token("exchange only", families=ALL_TOKEN - {f.POOLS, f.TRADES}, venues=3, spread_share=0.002),
    token("stale books", venues=2, book_state="stale"),
    token("empty book", venues=1, book_state="empty", liquidity_share=(0.01, 0.02)),
    token("fading", activity=0.3, active_addresses=90, turnover=0.004, trades_a_day=25, holder_count=1_500),
)

EQUITIES: Final = (
    EQUITY,
    equity("going-concern shell", going_concern="stated", revenue_usd=0.0, runway_months=4, venue="OTCID"),
    equity("late filer", late=3, venue="OTCQB", spread_share=0.02),
    equity("missing filings", late=2, missing=1, venue="Pink Limited", spread_share=0.06, turnover=0.0005),
    equity("diluter", grown_share=0.85, runway_months=7, unlock="offering", capital="placements"),
    equity("insider-held", insider_share=0.78, public_float_share=0.14, owners="whale", insiders="buying"),
    equity("lock-up ending", unlock="lockup", float_share=0.5, public_float_share=0.35),
    equity(
        "illiquid",
        spread_share=0.09,
        turnover=0.0001,
        venue="Expert Market",
        cap_usd=(1e6, 12e6),
        warnings=("suspended", "promotion"),
    ),
    equity("cash burner", revenue_usd=0.4e6, runway_months=8, going_concern="alleviated"),
    equity(
        "growing and profitable",
        revenue_usd=90e6,
        revenue_growth=0.4,
        earns=True,
        cap_usd=(120e6, 290e6),
        capital="forward split",
    ),
    equity("no quote", families=frozenset({f.LISTING, f.FUNDAMENTALS, f.FILINGS}), late=1),
    equity("stale company", stale_days=30, venue="OTCQX"),
)


NEWER_TOKENS: Final = (
    token(
        "honeypot",
        contract="honeypot",
        turnover=0.5,
        activity=0.6,
        team="none",
        audit="none",
        age_days=(3, 30),
        lp_locked_share=0.0,
        holder_count=400,
    ),
    token("mintable by a wallet", contract="mintable", team="pseudonymous", audit="none", uncapped=True),
    token("taxed with a blacklist", contract="taxed", team="pseudonymous", audit="none", age_days=(20, 200)),
    token("proxy behind a timelock", contract="timelocked", tvl_share=1.1, lp_burned_share=0.96),
    token("unverified contract", contract="unverified", team="none", audit="none", holder_count=1_000),
    token("misreported cap", reported_cap_factor=1.3, float_share=0.6),
)

NEWER_EQUITIES: Final = (
    equity(
        "reverse splitter",
        capital="reverse splits",
        grown_share=1.4,
        runway_months=5,
        revenue_usd=2e6,
        going_concern="alleviated",
        insiders="selling",
        warnings=("threshold list",),
    ),
    equity(
        "diluter off the shelf",
        capital="shelf",
        grown_share=0.6,
        runway_months=9,
        revenue_usd=3e6,
        unlock="offering",
        insiders="selling",
    ),
    equity(
        "auditor changed",
        auditor_changed=True,
        restated=True,
        late=1,
        venue="OTCQB",
        spread_share=0.015,
        warnings=("enforcement",),
    ),
)


def _mixed(tokens: tuple[Archetype, ...], equities: tuple[Archetype, ...]) -> tuple[Archetype, ...]:
    """Tokens and shares interleaved, so that every page of the market has both."""
    mixed, shares = [], list(equities)
    for place, each in enumerate(tokens):
        mixed.append(each)
        if place * len(equities) // len(tokens) < (place + 1) * len(equities) // len(tokens):
            mixed.append(shares.pop(0))
    return tuple(mixed)


ROTATION: Final = _mixed(TOKENS, EQUITIES) + _mixed(NEWER_TOKENS, NEWER_EQUITIES)
