"""Price, market capitalisation, fully diluted value, and the size tier they lie in."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics import supply
from assets.metrics.columns import ABSURD_USD, Column, known, positive, ratio, sum_of_known, usd
from assets.metrics.facts import Facts, once
from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.pools import Pools
from assets.metrics.round_trips import usable_books
from assets.metrics.size_tiers import LARGEST, MICRO, TIER_OF_CODE, TIER_STEPS, Steps
from assets.metrics.unit_changes import UnitChanges

ABOVE_ALL_FACTOR: Final = 1.1
"""Caps and valuations come rounded, from answers of different minutes; a cap that is this much more than the
value of all units contradicts it (our judgement)."""

SAME_VALUE: Final = 0.001
"""A cap no further from the value of all units is that value: who does not know what circulates writes it as
the cap (DexScreener, Pump.fun)."""

TOLD_SHARE: Final = 0.9
"""A volume of this part of what uncounted pools tell may hold it: two answers differ by minutes."""

UNITS_IN: Final[Mapping[str, str]] = {
    "units_in_cap": "market_cap_usd",
    "units_in_diluted": "fully_diluted_usd",
}
"""How many units a provider counts in what it calls market cap and FDV → that value, over its own price."""


def market_cap_usd(price_usd: npt.ArrayLike, supply: Column) -> Column:
    """Price × supply, in USD: market cap with the circulating supply, FDV with the max supply.

    $0.50 × 50 M circulating = $25 M; when 20 M more unlock at the same price, $35 M.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return usd(np.multiply(price_usd, supply))


def tiers(
    kinds: npt.ArrayLike,
    market_cap: Column,
    fully_diluted: Column,
    public_float: Column,
    *,
    steps: Mapping[str, Steps] = TIER_STEPS,
) -> npt.NDArray[np.object_]:
    """Each asset's tier by market cap, "" where it is not known (`tier_codes`)."""
    of_kind = {kind: np.asarray(kinds) == kind for kind in steps}
    names = np.array(TIER_OF_CODE, dtype=object)
    named: npt.NDArray[np.object_] = names[
        tier_codes(of_kind, market_cap, fully_diluted, public_float, steps=steps)
    ]
    return named


def tier_codes(
    of_kind: Mapping[str, npt.NDArray[np.bool_]],
    market_cap: Column,
    fully_diluted: Column,
    public_float: Column,
    *,
    steps: Mapping[str, Steps],
) -> npt.NDArray[np.int32]:
    """The same as places in `TIER_OF_CODE`; `of_kind` says of each kind which assets are of it.

    Where market cap is not known but FDV lies below the micro limit, the tier is that of
    the FDV: market cap cannot exceed it. Without a price, and so without both, a company's tier is that of
    its public float: what outsiders held was worth so much, as its annual report says.
    """
    result = np.zeros(np.shape(market_cap), dtype=np.int32)
    for kind, limits in steps.items():
        below_micro = fully_diluted < dict(limits)[MICRO]
        basis = np.where(np.isnan(market_cap) & below_micro, fully_diluted, market_cap)
        if kind == EQUITY:
            is_unpriced = np.isnan(market_cap) & np.isnan(fully_diluted)
            basis = np.where(is_unpriced, public_float, basis)
        codes = np.array([TIER_OF_CODE.index(name) for name in (*dict(limits), LARGEST)], dtype=np.int32)
        tier = codes[np.searchsorted([limit for _name, limit in limits], basis, side="right")]
        chosen = of_kind[kind] & ~np.isnan(basis)
        result[chosen] = tier[chosen]
    return result


def units(cap_usd: npt.ArrayLike, price_usd: npt.ArrayLike) -> Column:
    """The units behind a reported market cap, by the price that was reported with it."""
    return ratio(positive(cap_usd), positive(price_usd))


@once
def quoted_price(facts: Facts) -> Column:
    """By asset the market's price of one unit of today: one of before a change is a price of the old unit."""
    market = facts.aligned("market")
    in_new_units = UnitChanges.of(facts).of_quotes(market["price_usd_at"])
    return positive(market["price_usd"], high=ABSURD_USD) / in_new_units


def measures(facts: Facts, *, pools: Pools) -> pd.DataFrame:
    """The market's own price and volume; without them the deepest pool's price and the venues' volume.

    Market cap and FDV are of the units that somebody counted; of a token that nobody counted, of those that
    the market's own cap and FDV are of. Where no price is known, a market cap that somebody tells is all
    there is.
    """
    market, of_supply = facts.aligned("market"), supply.measures(facts)
    listed = pools.listed
    priced = np.where(pools.is_unpriced, np.nan, positive(listed["price_usd"]))
    pool_price = listed.of_largest(pools.counted_usd, priced)
    quoted = quoted_price(facts)
    price = np.where(np.isnan(quoted), pool_price, quoted)
    circulating, total, maximum = (
        of_supply[name].to_numpy() for name in ("circulating_supply", "total_supply", "max_supply")
    )
    diluted = np.where(np.isnan(maximum), total, maximum)
    circulating, diluted = _or_as_told(facts, circulating, diluted)
    return pd.DataFrame(
        {
            "price_usd": price,
            "price_change_24h_share": known(market["price_change_24h_share"], low=-1),
            "volume_24h_usd": _volume_usd(facts, usd(market["volume_24h_usd"]), pools),
            "market_cap_usd": facts.unless_questioned(
                "market_cap_usd",
                np.where(np.isnan(price), usd(market["market_cap_usd"]), market_cap_usd(price, circulating)),
            ),
            "fully_diluted_usd": facts.unless_questioned("fully_diluted_usd", market_cap_usd(price, diluted)),
        },
        index=facts.asset_ids,
    )


def _or_as_told(facts: Facts, circulating: Column, diluted: Column) -> tuple[Column, Column]:
    """Units behind market cap and FDV: as counted, else those in the cap and the FDV that a provider tells.

    Only of tokens: a company's shares are counted in its reports, and what quotes call its cap lags behind
    its splits. More units in a cap than there are contradict both: what is told counts for nothing then. A
    cap of all units there are is the FDV once more, and says nothing of what circulates.
    """
    is_token = (facts.assets["kind"] == TOKEN).to_numpy(dtype=np.bool_)
    in_cap = np.where(
        is_token & ~facts.has_answer("supply", "circulating"), _told_units(facts, "units_in_cap"), np.nan
    )
    in_diluted = np.where(
        is_token & ~facts.has_answer("supply", "total", "maximum"),
        _told_units(facts, "units_in_diluted"),
        np.nan,
    )
    all_units = np.where(np.isnan(diluted), in_diluted, diluted)
    in_cap = np.where(np.abs(in_cap - all_units) <= SAME_VALUE * all_units, np.nan, in_cap)
    free = np.where(np.isnan(circulating), in_cap, circulating)
    is_above_all = free > ABOVE_ALL_FACTOR * all_units
    return (
        np.where(is_above_all, circulating, free),
        np.where(is_above_all, diluted, all_units),
    )


def _told_units(facts: Facts, name: str) -> Column:
    """Units of today, by asset, in what the market calls its cap or its FDV."""
    market = facts.aligned("market")
    counted: Column = positive(market[name]) * UnitChanges.of(facts).of_quotes(market[f"{name}_at"])
    return counted


def _volume_usd(facts: Facts, quoted_usd: Column, pools: Pools) -> Column:
    """Traded in 24 hours, by asset: as quoted, less what pools that don't count told; else the venues' sum.

    NaN where a bonding curve of unknown shape is all there is: it can be sold into, at a price nobody knows.
    """
    listed, books = pools.listed, usable_books(facts)
    of_pools, left_out = usd(listed["volume_24h_usd"]), pools.is_left_out
    venues = sum_of_known(
        listed.total(np.where(left_out, np.nan, of_pools)), books.total(usd(books["volume_24h_usd"]))
    )
    uncounted = np.nan_to_num(listed.total(np.where(left_out, of_pools, np.nan)))
    of_refused = np.nan_to_num(listed.total(np.where(pools.is_refused, of_pools, np.nan)))
    # Who quotes less than these pools do has left them out; of one that knows no other venue nobody can say.
    counts_it = (uncounted > 0) & (quoted_usd >= TOLD_SHARE * uncounted)
    rest = np.fmax(np.maximum(quoted_usd - uncounted, 0), venues)
    is_only_curves = (uncounted > of_refused) & (rest <= (1 - TOLD_SHARE) * uncounted)
    is_doubtful = (uncounted > 0) & np.isnan(venues) & (~counts_it | is_only_curves)
    quoted_usd = np.where(is_doubtful, np.nan, np.where(counts_it, rest, quoted_usd))
    return np.where(np.isnan(quoted_usd), venues, quoted_usd)
