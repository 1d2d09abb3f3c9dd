"""Criteria without a keyless source, each with the reason: what would answer them, and why nobody does."""

from collections.abc import Mapping
from typing import Final

from screener.checklist.types import phrase

NO_FREE_PRICE: Final = phrase(
    "The SEC's files of fails have some closing prices, weeks late, and FINRA the average volume of "
    "half-months: neither has every day. No other source is free to read; set an FMP key, or import a "
    "sheet of prices."
)
NOT_READ: Final = phrase("No provider reads it yet; import it as a sheet.")
NO_RELEASES: Final = phrase(
    "No source covers the SEC's suspensions of 24 months, its enforcement releases and who is paid to "
    "promote a share; import them as a sheet. A suspension in force is in Nasdaq's list of halts, and fails."
)

WITHOUT_KEYLESS_SOURCE: Final[Mapping[str, str]] = {
    "utility.distance_to_default": NO_FREE_PRICE,
    "liquidity_depth.zero_volume_days": NO_FREE_PRICE,
    "transparency.warnings": NO_RELEASES,
}
"""By criterion. One that gets a keyless source leaves this table."""
