"""The one registry of what can be filtered, sorted and shown. Everything else is derived from it."""

from dataclasses import dataclass
from typing import Final

from screener.checklist import DIMENSIONS


def label(text: str) -> str:
    """Mark a label for translation; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A number of an asset. `key` is its name in addresses, `source` where the universe finds it.

    Units are those of `{% figure %}`. A `score` runs from 0 to 100.
    """

    key: str
    label: str
    unit: str
    source: str
    description: str = ""
    in_form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A text of an asset out of a short list."""

    key: str
    label: str


COLUMNS: Final = (
    Column(
        key="total",
        label=label("Score"),
        unit="score",
        source="total",
        description=label("The five dimensions as a weighted geometric mean, 0 to 100, with its interval."),
        in_form=True,
    ),
    Column(key="price", label=label("Price"), unit="usd", source="price_usd"),
    Column(
        key="change",
        label=label("24 h"),
        unit="change",
        source="price_change_24h_share",
        description=label("Change of the price in 24 hours."),
    ),
    Column(
        key="market_cap",
        label=label("Market cap"),
        unit="usd",
        source="market_cap_usd",
        description=label("Price × circulating supply, or × shares outstanding."),
        in_form=True,
    ),
    Column(
        key="fdv",
        label=label("FDV"),
        unit="usd",
        source="fully_diluted_usd",
        description=label(
            "Fully diluted valuation: price × max supply, or total supply where there is no max."
        ),
    ),
    Column(key="volume", label=label("24 h volume"), unit="usd", source="volume_24h_usd", in_form=True),
    Column(
        key="liquidity",
        label=label("Liquidity"),
        unit="usd",
        source="liquidity_usd",
        description=label("What lies in its pools, or within 2 % of the price in its order books."),
        in_form=True,
    ),
    Column(
        key="round_trip",
        label=label("Round trip"),
        unit="share",
        source="round_trip_cost_share",
        description=label("Cost of buying and selling the position: spread, fees and slippage."),
    ),
    Column(
        key="exit_days",
        label=label("Exit"),
        unit="days",
        source="days_to_exit",
        description=label("Days to sell the position as a tenth of the volume."),
    ),
    Column(
        key="top10",
        label=label("Top 10"),
        unit="share",
        source="top_ten_adjusted_share",
        description=label("Share of the ten largest owners, without pools, bridges, exchanges and lockers."),
    ),
    Column(
        key="unlock_30d",
        label=label("Unlocks 30 d"),
        unit="share",
        source="unlock_30d_share",
        description=label("What comes free within 30 days, as a share of circulating supply."),
    ),
    *(
        Column(key=each.id, label=each.title("token"), unit="score", source=each.id, in_form=True)
        for each in DIMENSIONS
    ),
    Column(
        key="coverage",
        label=label("Coverage"),
        unit="share",
        source="coverage",
        description=label("How much of the checklist could be answered."),
        in_form=True,
    ),
)
"""Every number, in the order of the table."""

CATEGORIES: Final = (
    Category(key="kind", label=label("Kind")),
    Category(key="tier", label=label("Tier")),
    Category(key="chain", label=label("Chain")),
    Category(key="sector", label=label("Sector")),
    Category(key="venue", label=label("Venue")),
    Category(key="grade", label=label("Grade")),
)

GATES: Final = {
    "clear": label("All gates clear"),
    "open": label("A gate says stop"),
    "unverified": label("A gate is unverified"),
}
"""What can be asked of the gates: value in addresses → label."""

COLUMN_OF: Final = {each.key: each for each in COLUMNS}
CATEGORY_OF: Final = {each.key: each for each in CATEGORIES}
