"""Members of the market: every scored asset with its newest tier, market cap and price, as columns."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from assets.metrics.columns import ABSURD_USD, Column, positive
from assets.metrics.market_history.size_groups import MICRO_CAPS, SIZES, sizes_of_caps
from screener.models import Scorecard

FIELDS: Final = (
    "asset_id",
    "asset__kind",
    "asset__sector",
    "asset__fictional",
    "tier",
    "figures__market_cap_usd",
    "figures__price_usd",
)
NAMES: Final = ("asset_id", "kind", "sector", "fictional", "tier", "market_cap_usd", "price_usd")

MOST_MEMBERS: Final = 20_000
"""Of one kind. Reading the bars of so many for sixty days takes about twenty seconds of a slow processor."""
HASH: Final = 2_654_435_761
"""Knuth's: 2^32 by the golden ratio."""


@dataclass(frozen=True, slots=True)
class MarketMembers:
    """`rows` by asset, ascending: kind, sector, tier, market_cap_usd and price_usd (NaN: not known).

    Either real assets or, where there are none, those of the sandbox.
    """

    rows: pd.DataFrame
    fictional: bool

    def of_kind(self, kind: str) -> pd.DataFrame:
        return self.rows[self.rows["kind"] == kind]


def read_members() -> MarketMembers:
    """By the newest scorecard of each asset, whose figures are those that nothing contradicts."""
    cards = Scorecard.objects.latest_of_each_asset().order_by("asset_id")
    read: Any = cards.values_list(*FIELDS)
    rows = pd.DataFrame.from_records([*read.iterator(chunk_size=5_000)], columns=[*NAMES])
    is_fictional = rows["fictional"].to_numpy(dtype=np.bool_)
    fictional = bool(is_fictional.size) and bool(is_fictional.all())
    chosen = rows[is_fictional == fictional].set_index("asset_id")
    return MarketMembers(
        rows=chosen.assign(
            market_cap_usd=_usd(chosen["market_cap_usd"]), price_usd=_usd(chosen["price_usd"])
        ),
        fictional=fictional,
    )


def counted_members(rows: pd.DataFrame, *, kind: str) -> pd.DataFrame:
    """Those of known market cap whose bars are read: of more than `MOST_MEMBERS` a sample of the micro-caps.

    The sample is by a number that has nothing to do with the asset (a multiplicative hash of its id), so that
    it stays the same from run to run. Where returns of a day differ by 8 %, the mean of 10,000 is known to
    0.08 %.
    """
    capitalised = rows[rows["market_cap_usd"].notna()]
    if len(capitalised) <= MOST_MEMBERS:
        return capitalised
    sizes = sizes_of_caps(capitalised[["market_cap_usd"]].to_numpy(np.float64), kind=kind)[:, 0]
    drawn = capitalised.index.to_numpy(dtype=np.uint64) * np.uint64(HASH) % np.uint64(2**32)
    order = np.lexsort((drawn, sizes == SIZES.index(MICRO_CAPS)))
    return capitalised.iloc[np.sort(order[:MOST_MEMBERS])]


def _usd(values: "pd.Series[Any]") -> Column:
    return positive(np.array(values, dtype=np.float64), high=ABSURD_USD)
