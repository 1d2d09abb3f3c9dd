"""Names: whether a token's contract bears the name of a listed token, and how many exchanges list it."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import levels
from assets.metrics.facts import Facts

SAME: Final = "name"
LETTERS: Final = "letters"
MIXED: Final = "alphabets"
LEVEL_OF: Final = {"": 0.0, SAME: 1.0, LETTERS: 2.0, MIXED: 2.0}
"""By the kind of `identity.likeness`. Many honest tokens share a name; nobody writes one by mistake in
letters of another alphabet that only look alike. Our judgement."""


def measures(facts: Facts) -> pd.DataFrame:
    """A name is looked at where somebody has told of the contract that bears it."""
    assets = facts.assets
    is_seen = facts.asset_ids.isin(facts.contract.index) & ((assets["symbol"] != "") | (assets["name"] != ""))
    kinds = (*LEVEL_OF,)
    place = levels(assets["likeness"], kinds)
    level = np.append([*LEVEL_OF.values()], np.nan)[np.where(np.isnan(place), -1, place).astype(np.intp)]
    return pd.DataFrame(
        {"copycat_level": np.where(is_seen, level, np.nan), **exchanges(facts)}, index=facts.asset_ids
    )


def exchanges(facts: Facts) -> dict[str, np.ndarray]:
    """How many exchanges list it, how many have taken it off within a year, and 1 where none ever listed it.

    That none has is known where somebody tells of its order books, or where the token is known by its pools
    alone: no register lists it.
    """
    assets = facts.assets
    listed, left, listings = (
        np.nan_to_num(assets[name].to_numpy(dtype=float)) for name in ("exchanges", "delistings", "listings")
    )
    has_books = facts.asset_ids.isin(facts.books["asset_id"])
    in_pools = facts.asset_ids.isin(facts.pools["asset_id"]) & (listings == 0)
    ever = listed + left > 0
    return {
        "exchanges_count": np.where(ever, listed, np.nan),
        "delistings_12m": np.where((left > 0) | (has_books & (listed > 0)), left, np.nan),
        "no_exchange": np.where(ever, 0.0, np.where(has_books | in_pools, 1.0, np.nan)),
    }
