"""Several providers tell of one thing: whose word counts, field by field. Nothing is averaged.

The rows of a family stand in the order of their providers' precedence; the first that knows
a field tells it. A row that is much older than the newest one of its family has been
outlived: it only fills what nobody else knows.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics import families

COMPETES_FOR: Final[Mapping[str, timedelta]] = {
    families.MARKET: timedelta(days=1),
    families.POOLS: timedelta(days=1),
    families.BOOKS: timedelta(days=1),
    families.FUNDAMENTALS: timedelta(days=100),
    families.FILINGS: timedelta(days=100),
}
"""By how much a row may be older than the newest of its family and still compete with it."""

USUALLY_COMPETES_FOR: Final = timedelta(days=30)

TOLERANCES: Final[Mapping[str, float]] = {
    "price_usd": 0.05,
    "market_cap_usd": 0.05,
    "circulating": 0.02,
    "total": 0.02,
    "maximum": 0.02,
}
"""From which difference on two providers contradict each other: price 5 %, supply 2 % (our judgement)."""

COMPARED_WITHIN: Final[Mapping[str, timedelta]] = {
    "price_usd": timedelta(hours=2),
    "market_cap_usd": timedelta(hours=2),
}
"""Prices move: only what was told at nearly the same time can contradict."""

TELLS_WITH: Final[Mapping[str, str]] = {"circulating_year_ago": "circulating"}
"""A field that only means something beside another one, from the same provider."""


def settle(
    rows: pd.DataFrame,
    *,
    keys: Sequence[str],
    columns: Sequence[str],
    family: str,
    precedence: Sequence[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row for each of `keys`, and the rows that told it, the main one of each key first.

    `rows` has one row for each key and provider, with `provider` and `as_of`; NaN and "" are "not told".
    """
    key_columns = list(keys)
    if not rows.duplicated(key_columns).any():
        return rows, rows
    newest = rows.groupby(key_columns)["as_of"].transform("max")
    outlived = (newest - rows["as_of"]) > COMPETES_FOR.get(family, USUALLY_COMPETES_FOR)
    place = {provider: number for number, provider in enumerate(precedence)}
    rank = rows["provider"].map(place).fillna(len(place))
    order = rows.assign(_outlived=outlived, _rank=rank).sort_values(
        [*key_columns, "_outlived", "_rank"], kind="stable"
    )
    group = order.groupby(key_columns, sort=False).ngroup().to_numpy()
    told = order[[*columns]].mask(order[[*columns]] == "")
    for name, beside in TELLS_WITH.items():
        if name in told:
            first = told[beside].notna() & (told[beside].notna().groupby(group).cumsum() == 1)
            told[name] = told[name].where(first)
    known = told.notna()
    tells = known & (known.groupby(group).cumsum() == 1)
    is_main = np.concatenate(([True], group[1:] != group[:-1]))
    settled = order[is_main].drop(columns=["_outlived", "_rank"]).copy()
    merged = told.groupby(group).first()
    for name in columns:
        values = merged[name].to_numpy()
        settled[name] = np.where(pd.isna(values), "", values) if rows[name].dtype == "str" else values
        settled[name] = settled[name].astype(rows[name].dtype)
    contributing = order[is_main | tells.any(axis=1).to_numpy()].drop(columns=["_outlived", "_rank"])
    return settled, contributing


def last_words(rows: pd.DataFrame, *, keys: Sequence[str]) -> pd.DataFrame:
    """Without what was told again later, by whomever; rows stand from old to new."""
    outlived = rows.duplicated([*keys], keep="last").to_numpy()
    return rows[~outlived] if outlived.any() else rows


def cited(told: pd.DataFrame, *, family: str) -> pd.DataFrame:
    """These rows as `sources`: of each asset the newest is cited for the family, the others had their say.

    A row for each asset and observation.
    """
    order = np.lexsort((told["observation_id"].to_numpy(), told["as_of"].to_numpy("datetime64[us]")))[::-1]
    newest_first = told.iloc[order].drop_duplicates(["asset_id", "observation_id"])
    return newest_first.assign(family=np.where(newest_first.duplicated("asset_id"), "", family))
