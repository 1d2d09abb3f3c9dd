"""Twin pools: one pool that two vendors call by names of which nobody knows that they are one.

Some name a pool by its own contract, some by that of its shares. Two pools of one asset hold the same, are
traded for the same and as often on one day by no chance that is worth counting the money twice.
"""

from typing import Final

import numpy as np

from assets.metrics.columns import Column, Groups, Mask, Places, known, positive, sum_of_known, usd

SAME_RESERVE: Final = 0.03
SAME_PRICE: Final = 0.03
SAME_TRADE: Final = 0.10
"""Of logarithms: two answers are minutes apart, and days are cut at other minutes (our judgement)."""
LEAST_TRADES: Final = 20
NEAREST: Final = 3
"""So many pools of the next larger reserves are looked at: twins stand beside each other."""
APART_DAYS: Final = 1.0


def told_again(listed: Groups, reserve_usd: Column) -> Mask:
    """Whether a pool is the twin of another one of its asset of which more is known."""
    order = np.lexsort((reserve_usd, listed.owner))
    again = np.zeros(len(order), dtype=np.bool_)
    rank = _how_well_known(listed)
    for step in range(1, NEAREST + 1):
        one, other = order[:-step], order[step:]
        is_twin = _are_one(listed, reserve_usd, one, other) & ~again[one] & ~again[other]
        again[np.where(rank[one] < rank[other], one, other)[is_twin]] = True
    return again


def _are_one(listed: Groups, reserve_usd: Column, one: Places, other: Places) -> Mask:
    trades = sum_of_known(known(listed["buys_24h"]), known(listed["sells_24h"]))
    alike = (
        (positive(reserve_usd), SAME_RESERVE),
        (positive(listed["price_usd"]), SAME_PRICE),
        (usd(listed["volume_24h_usd"]), SAME_TRADE),
        (trades, SAME_TRADE),
    )
    are_one = (listed.owner[one] == listed.owner[other]) & (trades[one] >= LEAST_TRADES)
    for values, within in alike:
        are_one &= _apart(values[one], values[other]) <= within
    opened = listed.rows["opened_at"].to_numpy("datetime64[s]").astype(np.float64) / 86_400
    opened = np.where(np.isnat(listed.rows["opened_at"].to_numpy("datetime64[s]")), np.nan, opened)
    kind = listed.rows["pool_type"].to_numpy()
    is_other_kind = (kind[one] != kind[other]) & (kind[one] != "") & (kind[other] != "")
    quote = positive(listed["quote_price_usd"])
    is_other_quote = _apart(quote[one], quote[other]) > SAME_TRADE
    is_other_age = np.abs(opened[one] - opened[other]) > APART_DAYS
    return np.asarray(are_one & ~is_other_kind & ~is_other_quote & ~is_other_age, dtype=np.bool_)


def _apart(values: Column, others: Column) -> Column:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        return np.abs(np.log(values / others))


def _how_well_known(listed: Groups) -> Column:
    numbers = listed.rows.select_dtypes("number")
    return numbers.notna().sum(axis=1).to_numpy(np.float64)
