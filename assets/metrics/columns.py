"""Columns over a batch of assets: one float an asset, NaN where it is not known, never infinite."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

A_DAY: Final = np.timedelta64(1, "D")

FEW_TEXTS: Final = 16
"""Up to here to find the different ones takes longer than to ask for each."""

Column = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

ABSURD_USD: Final = 1e15
"""More than all money there is: a figure above it is a provider's mistake, so it is not known."""


def known(values: npt.ArrayLike, *, low: float = 0.0, high: float = np.finfo(float).max) -> Column:
    """These values as floats; NaN for what lies outside low…high, the infinite included."""
    numbers = np.asarray(values, dtype=float)
    return np.where((numbers >= low) & (numbers <= high), numbers, np.nan)


def usd(values: npt.ArrayLike) -> Column:
    return known(values, high=ABSURD_USD)


def owned_or_owed_usd(values: npt.ArrayLike) -> Column:
    """Money that can be below zero: what a protocol or a company earns."""
    return known(values, low=-ABSURD_USD, high=ABSURD_USD)


def positive(values: npt.ArrayLike, *, high: float = np.finfo(float).max) -> Column:
    """NaN for zero as well: for prices and supplies a reported 0 is a provider's word for "not known"."""
    return known(values, low=np.nextafter(0, 1), high=high)


def ratio(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> Column:
    """numerator / denominator; NaN where either is not known or the denominator is 0."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return known(np.divide(numerator, denominator), low=-np.finfo(float).max)


def growth_share(now: Column, before: Column) -> Column:
    """now / before − 1; NaN where either is not known or there was nothing before."""
    return ratio(now, before) - 1


def sum_of_known(*columns: Column) -> Column:
    """Row by row the sum of what is known; NaN where nothing is."""
    stack = np.array(columns, dtype=np.float64)
    return np.where(np.isnan(stack).all(axis=0), np.nan, np.nansum(stack, axis=0))


def days_until(moments: "pd.Series[pd.Timestamp]", now: datetime) -> Column:
    """Days from `now` to these moments; negative for the past."""
    today = np.datetime64(now.astimezone(UTC).replace(tzinfo=None), "us")
    return np.asarray((moments.to_numpy("datetime64[us]") - today) / A_DAY, dtype=np.float64)


def levels(words: "pd.Series[str]", order: tuple[str, ...]) -> Column:
    """Each word's place in this order, from 0; NaN for a word that is not in it."""
    places = {word: float(place) for place, word in enumerate(order)}
    return of_each_text(words, lambda word: places.get(word, np.nan)).astype(np.float64)


def of_each_text(
    texts: "pd.Series[str]", say: Callable[[str], str | bool | float]
) -> npt.NDArray[np.object_]:
    """What this function says of each text, a missing one included, asked once for all that are equal."""
    if len(texts) <= FEW_TEXTS:
        return np.array([say(each) for each in texts.tolist()], dtype=np.object_)
    codes, different = pd.factorize(texts, use_na_sentinel=False)
    return np.array([say(each) for each in different], dtype=np.object_)[codes]


def is_among(texts: "pd.Series[str]", names: Collection[str]) -> Mask:
    """Which of these texts is one of those names."""
    return of_each_text(texts, names.__contains__).astype(np.bool_)


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows of a frame by the asset they belong to: `owner` is its place in the batch of `size` assets."""

    rows: pd.DataFrame
    owner: Places
    size: int

    @classmethod
    def of(cls, rows: pd.DataFrame, ids: "pd.Index[int]") -> "Groups":
        """Group these rows; those of assets outside the batch are left out."""
        if not len(rows):
            return cls(rows, np.empty(0, dtype=np.intp), len(ids))
        owner = ids.get_indexer(pd.Index(rows["asset_id"]))
        inside = owner >= 0
        if inside.all():
            return cls(rows, owner, len(ids))
        return cls(rows.loc[inside], owner[inside], len(ids))

    def __getitem__(self, name: str) -> Column:
        return self.rows[name].to_numpy(dtype=float)

    def where(self, mask: Mask) -> "Groups":
        if mask.all():
            return self
        return Groups(self.rows.loc[mask], self.owner[mask], self.size)

    def count(self) -> Column:
        return np.bincount(self.owner, minlength=self.size).astype(float)

    def total(self, values: Column) -> Column:
        """Per asset the sum of what is known; NaN where nothing is."""
        is_known = ~np.isnan(values)
        sums = np.bincount(self.owner[is_known], weights=values[is_known], minlength=self.size)
        return np.where(np.bincount(self.owner[is_known], minlength=self.size) > 0, sums, np.nan)

    def strict_total(self, values: Column) -> Column:
        """Per asset the sum of its rows; 0 without rows, NaN where a row is not known."""
        return np.bincount(self.owner, weights=values, minlength=self.size).astype(np.float64)

    def least(self, values: Column) -> Column:
        result = np.full(self.size, np.nan)
        np.fmin.at(result, self.owner, values)
        return result

    def most(self, values: Column) -> Column:
        result = np.full(self.size, np.nan)
        np.fmax.at(result, self.owner, values)
        return result

    def of_largest(self, by: Column, values: Column) -> Column:
        """Per asset the value in the row in which `by` is largest; a row without `by` comes last."""
        order = np.lexsort((np.nan_to_num(by, nan=-np.inf), self.owner))
        result = np.full(self.size, np.nan)
        result[self.owner[order]] = values[order]  # where an asset repeats, its last row stays
        return result

    def from_large_to_small(self, name: str) -> "Groups":
        """The same rows, each asset's together and ordered by this column; what is not known comes last."""
        falling = -self[name]
        if _is_sorted(self.owner, falling):
            return self
        order = np.lexsort((falling, self.owner))
        return Groups(self.rows.iloc[order], self.owner[order], self.size)

    def place(self) -> Places:
        """Each row's place among those of its asset, from 0; rows of one asset must stand together."""
        first = np.searchsorted(self.owner, np.arange(self.size))
        return np.asarray(np.arange(self.owner.size) - first[self.owner], dtype=np.intp)


def _is_sorted(owner: Places, rising: Column) -> bool:
    """Whether `lexsort` by owner and this column, what is not known last, would change nothing."""
    is_rising = (rising[1:] >= rising[:-1]) | np.isnan(rising[1:])
    return bool(np.all((owner[1:] > owner[:-1]) | ((owner[1:] == owner[:-1]) & is_rising)))
