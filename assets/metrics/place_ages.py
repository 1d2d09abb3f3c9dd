"""Age of pools and order books: which answers about an asset's places are too old to count beside others.

A place is as old as the newest answer about its trade, whoever gives it, not as the newest place of its
asset: a book of last month beside one of today is no depth of today. It doesn't count, and neither does the
trade of an old answer about a place that counts. Where nobody has told of any place in time, what the asset
was last known to have stays said, and is stale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import numpy as np
import pandas as pd

from assets.metrics.columns import Mask
from assets.metrics.family import Family

Moments: TypeAlias = "pd.Series[pd.Timestamp]"


@dataclass(frozen=True, slots=True)
class PlaceAges:
    """By answer: whether it `tells` of the trade, whether it is `outdated`, whether its place is (`is_gone`).

    `deciding`: the answers without which others would look younger or older.
    """

    tells: Mask
    outdated: Mask
    is_gone: Mask
    deciding: Mask


def place_ages(
    rows: pd.DataFrame, *, family: Family, known: Mask, columns: Sequence[str], now: datetime
) -> PlaceAges:
    """The ages of these answers, which have `asset_id`, the family's `place` and `as_of`.

    An answer is outdated that is older than the family may be: at `now`, or, where nobody told of the trade
    of any place of its asset in time, at the newest answer that does.
    """
    tells: Mask = np.asarray(known[:, np.isin(columns, family.of_trade)].any(axis=1), dtype=np.bool_)
    nothing = np.zeros(len(rows), dtype=np.bool_)
    limit, moment, as_of = family.stale_after, pd.Timestamp(now), rows["as_of"]
    if not family.place or limit is None or not (as_of < moment - limit).any():
        return PlaceAges(tells, nothing, nothing, nothing)
    of_place, named = _told_at(rows, tells, ["asset_id", *family.place])
    newest, _named = _told_at(rows, tells, ["asset_id"])
    oldest = newest.mask(newest >= moment - limit, moment) - limit
    outdated, is_gone = (as_of < oldest).to_numpy(np.bool_), (of_place < oldest).to_numpy(np.bool_)
    # A later answer that only names the place does not bring it back.
    keeps_out = is_gone & tells & (as_of == of_place) & (named > of_place)
    concerned = rows["asset_id"].isin(rows["asset_id"][outdated])
    return PlaceAges(
        tells=tells,
        outdated=outdated,
        is_gone=is_gone,
        deciding=np.asarray(keeps_out | (concerned & (as_of == newest)), dtype=np.bool_),
    )


def _told_at(rows: pd.DataFrame, tells: Mask, keys: Sequence[str]) -> tuple[Moments, Moments]:
    """By answer when the trade of its thing was last told of, or it was named if never; and when named."""
    things = rows.assign(told_at=rows["as_of"].where(tells)).groupby([*keys], sort=False)
    named = things["as_of"].transform("max")
    return things["told_at"].transform("max").fillna(named), named
