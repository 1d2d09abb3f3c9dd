"""Provenance of each answer: the observation, the moment and the staleness of every family, by asset."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from screener.checklist.staleness import LIMITS
from screener.checklist.states import Mask

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
NO_MOMENT: Final = np.iinfo(np.int64).max
NO_OBSERVATION: Final = 0

Provenance = tuple[list[str | None], list[list[int]]]


class Sources:
    """`Facts.sources` laid out as one column a family, for the assets of `ids`."""

    def __init__(
        self,
        rows: pd.DataFrame,
        ids: "pd.Index[int]",
        *,
        now: datetime,
        limits: Mapping[str, timedelta] = LIMITS,
    ) -> None:
        self._size, self._limits = len(ids), limits
        self._now = (now - EPOCH) // timedelta(microseconds=1)
        self._provenance: dict[tuple[str, ...], Provenance] = {}
        place = ids.get_indexer(pd.Index(rows["asset_id"]))
        moments = rows["as_of"].to_numpy(dtype="datetime64[us]").astype(np.int64)
        observations = rows["observation_id"].to_numpy()
        # Numbers are compared at a tenth of the cost of texts; no row has the last one.
        family_of, names = pd.factorize(rows["family"])
        number_of = {name: number for number, name in enumerate(names)}
        self._as_of: dict[str, npt.NDArray[np.int64]] = {}
        self._observation: dict[str, npt.NDArray[np.int64]] = {}
        self._also: dict[str, dict[int, list[int]]] = {}
        for family in limits:
            mine = np.flatnonzero((family_of == number_of.get(family, len(names))) & (place >= 0))
            # Of several observations of a family of an asset, the main one comes first.
            is_main = ~pd.Series(place[mine]).duplicated().to_numpy()
            main, others = mine[is_main], mine[~is_main]
            self._as_of[family] = np.full(self._size, NO_MOMENT)
            self._as_of[family][place[main]] = moments[main]
            self._observation[family] = np.full(self._size, NO_OBSERVATION)
            self._observation[family][place[main]] = observations[main]
            self._also[family] = defaultdict(list)
            for row in others.tolist():
                self._also[family][int(place[row])].append(int(observations[row]))

    def known(self, families: Sequence[str]) -> Mask:
        """Whether anything is known of any of these families."""
        known = np.logical_or.reduce([self._as_of[family] != NO_MOMENT for family in families])
        return np.asarray(known, dtype=np.bool_)

    def stale(self, families: Sequence[str]) -> Mask:
        """Whether any of these families is older than it may be; one of which nothing is known is not."""
        stale = np.zeros(self._size, dtype=np.bool_)
        for family in families:
            oldest = self._now - self._limits[family] // timedelta(microseconds=1)
            stale |= self._as_of[family] < oldest
        return stale

    def stale_as_of(self, families: Sequence[str]) -> list[str | None]:
        """By asset the oldest moment of those of these families that are older than they may be, in ISO."""
        too_old = np.full(self._size, NO_MOMENT)
        for family in families:
            oldest = self._now - self._limits[family] // timedelta(microseconds=1)
            mine = self._as_of[family]
            too_old = np.minimum(too_old, np.where(mine < oldest, mine, NO_MOMENT))
        return _written(too_old)

    def provenance(self, families: tuple[str, ...]) -> Provenance:
        """By asset the oldest of these families' moments, and all observations behind them; as JSON.

        Many assets share one answer of a provider: each moment and each list is made once, only to be read.
        """
        if families not in self._provenance:
            self._provenance[families] = self._oldest(families), self._observations(families)
        return self._provenance[families]

    def _oldest(self, families: tuple[str, ...]) -> list[str | None]:
        return _written(np.minimum.reduce([self._as_of[family] for family in families]))

    def _observations(self, families: tuple[str, ...]) -> list[list[int]]:
        rows = list(zip(*(self._observation[family].tolist() for family in families), strict=True))
        distinct = {each: sorted(set(each) - {NO_OBSERVATION}) for each in set(rows)}
        observations = [distinct[each] for each in rows]
        for family in families:
            for row, more in self._also[family].items():
                observations[row] = sorted({*observations[row], *more})
        return observations


def _written(moments: npt.NDArray[np.int64]) -> list[str | None]:
    """In ISO, each distinct moment made once; None where there is none."""
    told = moments.tolist()
    written = {each: None if each == NO_MOMENT else _in_iso(each) for each in set(told)}
    return [written[each] for each in told]


def _in_iso(microseconds: int) -> str:
    return (EPOCH + timedelta(microseconds=microseconds)).isoformat()
