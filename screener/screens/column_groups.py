"""Groups of columns in the column chooser, by what a reader looks for."""

from collections.abc import Mapping
from typing import Final

from screener.checklist import DIMENSIONS
from screener.checklist.types import phrase

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    phrase("Score"): ("score", *(each.id for each in DIMENSIONS), "coverage"),
    phrase("Price and value"): (
        *("price", "change", "market_cap", "fdv", "float", "circulating", "volatility", "drawdown_90d"),
        "days_below_1_usd",
    ),
    phrase("Trading and exit"): (
        *("volume", "volume_30d", "liquidity", "depth", "spread", "round_trip", "exit_days"),
        *("depth_to_position", "exit_liquidity", "amihud", "trades", "traders_per_trade", "last_trade"),
        *("volume_to_liquidity", "lp_pullable_30d", "lp_lock"),
    ),
    phrase("Holders and insiders"): (
        *("holders", "top10_adj", "top10_raw", "largest_wallet", "hhi", "nakamoto", "insider_share"),
        *("public_float", "public_float_usd", "insider_buying"),
    ),
    phrase("Unlocks and dilution"): (
        *("unlock_30d", "unlock_30d_days", "unlock_30d_usd", "unlock_12m", "insider_unlock_12m"),
        *("next_unlock", "emission_12m", "reverse_splits"),
    ),
    phrase("Contract and team"): (
        *("tax", "powers", "contract_age", "launch_age", "audits", "audit_age", "commits_90d"),
    ),
    phrase("Use and business"): (
        *("active_addresses", "transactions", "tvl", "mcap_to_tvl", "revenue", "revenue_growth", "ps"),
        *("cash", "runway", "altman_z2", "piotroski_f", "beneish_m", "gross_margin", "filings_late"),
    ),
    phrase("Age of what is known"): ("known_days", "facts_age"),
}
"""Title → keys of columns; each column is in one of them."""


def moved(columns: tuple[str, ...], key: str, *, by: int) -> tuple[str, ...]:
    """These columns with one of them so many places further on, as far as the ends allow."""
    if key not in columns:
        return columns
    place = columns.index(key)
    others = [*columns[:place], *columns[place + 1 :]]
    others.insert(max(0, min(len(others), place + by)), key)
    return tuple(others)
