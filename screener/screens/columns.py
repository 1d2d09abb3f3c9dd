"""Registry of the columns that can be filtered, sorted and shown. Everything else is derived from it."""

from dataclasses import dataclass
from typing import Final

from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.measure import MEASURES
from screener.checklist import DIMENSIONS
from screener.checklist.types import phrase

SUFFIXES: Final = {
    **{unit: unit for unit in ("usd", "share", "bps", "hours", "days", "months", "count", "ratio", "score")},
    "change": "share",
}
"""What says in a column's heading what its numbers are, by unit; an index has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenColumn:
    """A numeric column: a measure, a score or an age.

    `key` is its name in addresses and queries, `source` where the universe finds it. Units are those of
    `{% figure %}`; a `score` runs from 0 to 100. `kind` is the kind of asset that can
    have it, empty for both. `in_form` has a filter of its own in the panel, `shown` is in the table unless
    the reader chooses others. `aliases` are older or longer names that still mean it. `in_days` is the
    column meant when a limit is written in days: `unlock_30d < 1d`. `argument_unit`: the column can be
    worked out for a size of the reader's, `exit_days(5000)`. `since`: a moment is kept, and the value
    is the days since.
    """

    key: str
    label: str
    unit: str
    source: str
    description: str = ""
    kind: str = ""
    in_form: bool = False
    shown: bool = False
    aliases: tuple[str, ...] = ()
    in_days: str = ""
    argument_unit: str = ""
    since: bool = False

    @property
    def heading(self) -> str:
        """The key with its unit, for numbers without a sign beside them: `market_cap_usd`, `exit_days`."""
        suffix = SUFFIXES.get(self.unit, "")
        return self.key if not suffix or f"_{self.key}".endswith(f"_{suffix}") else f"{self.key}_{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A text of an asset out of a short list. `in_form` has a group of its own in the panel."""

    key: str
    label: str
    in_form: bool = True


MEASURE_OF: Final = {each.name: each for each in MEASURES}


def measured(
    key: str,
    source: str,
    *,
    short: str = "",
    unit: str = "",
    kind: str = "",
    in_form: bool = False,
    shown: bool = False,
    aliases: tuple[str, ...] = (),
    in_days: str = "",
    argument_unit: str = "",
) -> ScreenColumn:
    """The column of a measure, under its own label unless the table needs a `short` one."""
    measure = MEASURE_OF[source]
    return ScreenColumn(
        key=key,
        label=short or measure.label,
        unit=unit or measure.unit,
        source=source,
        description=measure.description,
        kind=kind,
        in_form=in_form,
        shown=shown,
        aliases=tuple(sorted({*aliases, source} - {key})),
        in_days=in_days,
        argument_unit=argument_unit,
    )


SCORE: Final = ScreenColumn(
    key="score",
    label=phrase("Score"),
    unit="score",
    source="total",
    description=phrase("The five dimensions as a weighted geometric mean, 0 to 100, with its interval."),
    in_form=True,
    shown=True,
    aliases=("total",),
)

COLUMNS: Final = (
    SCORE,
    measured("price", "price_usd", in_form=True, shown=True),
    measured("change", "price_change_24h_share", short=phrase("24 h"), unit="change"),
    measured("market_cap", "market_cap_usd", in_form=True, shown=True),
    measured("fdv", "fully_diluted_usd", short=phrase("FDV"), in_form=True),
    measured("float", "float_share"),
    measured("circulating", "circulating_supply"),
    measured("volume", "volume_24h_usd", short=phrase("24 h volume"), in_form=True, shown=True),
    measured("liquidity", "liquidity_usd", in_form=True),
    measured("depth", "depth_down_usd", in_form=True),
    measured("spread", "spread_share", in_form=True),
    measured(
        "round_trip",
        "round_trip_cost_share",
        short=phrase("Round trip"),
        in_form=True,
        shown=True,
        argument_unit="usd",
    ),
    measured(
        "exit_days", "days_to_exit", short=phrase("Exit"), in_form=True, shown=True, argument_unit="usd"
    ),
    measured("depth_to_position", "depth_to_position", short=phrase("Depth ÷ position"), argument_unit="usd"),
    measured("exit_liquidity", "exit_liquidity_usd", kind=TOKEN),
    measured("trades", "trades_24h"),
    measured("traders_per_trade", "traders_per_trade", kind=TOKEN),
    measured("last_trade", "last_trade_hours"),
    measured("volume_to_liquidity", "volume_to_liquidity"),
    measured("lp_pullable_30d", "lp_pullable_30d_share", kind=TOKEN),
    measured("lp_lock", "lp_lock_days", kind=TOKEN),
    measured("launch_age", "launch_age_days", kind=TOKEN),
    measured("tax", "tax_share", kind=TOKEN),
    measured("powers", "contract_powers_count", kind=TOKEN),
    measured("contract_age", "contract_age_days", kind=TOKEN),
    measured("holders", "holder_count", in_form=True),
    measured(
        "top10_adj",
        "top_ten_adjusted_share",
        short=phrase("Top 10"),
        in_form=True,
        shown=True,
        aliases=("top10",),
    ),
    measured("top10_raw", "top_ten_share"),
    measured("largest_wallet", "largest_wallet_share"),
    measured("hhi", "holder_hhi"),
    measured("nakamoto", "nakamoto_count"),
    measured(
        "unlock_30d",
        "unlock_30d_share",
        short=phrase("Unlocks 30 d"),
        in_form=True,
        shown=True,
        in_days="unlock_30d_days",
    ),
    measured("unlock_30d_days", "unlock_30d_volume_days"),
    measured("unlock_30d_usd", "unlock_30d_usd"),
    measured("unlock_12m", "unlock_12m_share", in_form=True),
    measured("insider_unlock_12m", "insider_unlock_12m_share"),
    measured("next_unlock", "next_unlock_days"),
    measured("emission_12m", "emission_12m_share"),
    measured("active_addresses", "active_addresses_30d", kind=TOKEN),
    measured("transactions", "transactions_30d", kind=TOKEN),
    measured("tvl", "tvl_usd", kind=TOKEN),
    measured("mcap_to_tvl", "mcap_to_tvl", kind=TOKEN),
    measured("revenue", "revenue_annual_usd", in_form=True),
    measured("revenue_growth", "revenue_growth_share"),
    measured("ps", "price_to_sales"),
    measured("audits", "audit_count", kind=TOKEN),
    measured("audit_age", "audit_age_days", kind=TOKEN),
    measured("commits_90d", "commits_90d", kind=TOKEN),
    measured("cash", "cash_usd", kind=EQUITY),
    measured("runway", "runway_months", kind=EQUITY, in_form=True),
    measured("altman_z2", "altman_z2", kind=EQUITY),
    measured("piotroski_f", "piotroski_f", kind=EQUITY),
    measured("beneish_m", "beneish_m", kind=EQUITY),
    measured("gross_margin", "gross_margin_share", kind=EQUITY),
    measured("volatility", "volatility_daily_share"),
    measured("amihud", "amihud_illiquidity"),
    measured("volume_30d", "average_volume_30d_usd"),
    measured("drawdown_90d", "price_drawdown_90d_share"),
    measured("insider_share", "insider_share", kind=EQUITY),
    measured("public_float", "public_float_share", kind=EQUITY),
    measured("public_float_usd", "public_float_usd", kind=EQUITY),
    measured("insider_buying", "insider_net_bought_share", kind=EQUITY),
    measured("filings_late", "filings_late_24m", kind=EQUITY),
    measured("reverse_splits", "reverse_splits_24m", kind=EQUITY),
    measured("days_below_1_usd", "days_below_1_usd", kind=EQUITY),
    *(
        ScreenColumn(
            key=each.id,
            label=each.title(TOKEN),
            unit="score",
            source=each.id,
            description=phrase("One of the five dimensions of the checklist, 0 to 100."),
            in_form=True,
            aliases=(f"{each.id.split('_')[0]}_score",),
        )
        for each in DIMENSIONS
    ),
    ScreenColumn(
        key="coverage",
        label=phrase("Coverage"),
        unit="share",
        source="coverage",
        description=phrase("How much of the checklist could be answered."),
        in_form=True,
    ),
    ScreenColumn(
        key="known_days",
        label=phrase("Known for"),
        unit="days",
        source="created_at",
        description=phrase("Days since Assay first heard of the asset."),
        since=True,
    ),
    ScreenColumn(
        key="facts_age",
        label=phrase("Newest fact"),
        unit="days",
        source="as_of",
        description=phrase("Days since the newest fact that the score rests on."),
        since=True,
    ),
)
"""Every number, in the order of the table and of the column chooser."""

SANDBOX: Final = "sandbox"
"""The category of what is invented."""
TIER: Final = "tier"
"""That of the size by market cap; by whose limits: `screens.size_tiers`."""

CATEGORIES: Final = (
    Category(key="kind", label=phrase("Kind")),
    Category(key=TIER, label=phrase("Tier")),
    Category(key="rated", label=phrase("Rated")),
    Category(key="grade", label=phrase("Grade")),
    Category(key="chain", label=phrase("Chain")),
    Category(key="sector", label=phrase("Sector")),
    Category(key="venue", label=phrase("Venue")),
    Category(key="label", label=phrase("Label")),
    Category(key="likeness", label=phrase("Name like another's")),
    Category(key="questioned", label=phrase("Has questioned figures"), in_form=False),
    Category(key=SANDBOX, label=phrase("Sandbox")),
)

NO_YES: Final = ("no", "yes")
"""Labels of the categories that say whether: `rated`; `questioned`, whether other figures of an asset
contradict some that are not known for that; `sandbox`, whether it is invented."""

GATES: Final = {
    "clear": phrase("All gates clear"),
    "any": phrase("A gate says stop"),
    "unverified": phrase("A gate is unverified"),
}
"""What can be asked of the gates: word → label."""

COLUMN_OF: Final = {each.key: each for each in COLUMNS}
CATEGORY_OF: Final = {each.key: each for each in CATEGORIES}
KEY_OF: Final = {name: each.key for each in COLUMNS for name in (each.key, each.heading, *each.aliases)}
"""Every name under which a column is known → its key; the heading that it has in a file is one."""
SHOWN: Final = tuple(each.key for each in COLUMNS if each.shown)
IN_FORM: Final = tuple(each for each in COLUMNS if each.in_form)
