"""Provenance of each answer: the observation, the moment and the staleness of every family, by asset."""

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.facts import frame
from assets.metrics.families import FAMILY_OF
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
        aged: pd.DataFrame | None = None,
    ) -> None:
        self._size, self._limits = len(ids), limits
        self._now = (now - EPOCH) // timedelta(microseconds=1)
        self._ids, self._aged = ids, frame("aged", ()) if aged is None else aged
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

    def stale_as_of(self, families: Sequence[str], *, aged: Mask | None = None) -> list[str | None]:
        """By asset the oldest moment of those of these families that are older than they may be, in ISO.

        `aged`: where it rests on fields that are too old, these count as well.
        """
        too_old = self._oldest_field(families, aged)
        for family in families:
            oldest = self._now - self._limits[family] // timedelta(microseconds=1)
            mine = self._as_of[family]
            too_old = np.minimum(too_old, np.where(mine < oldest, mine, NO_MOMENT))
        return _written(too_old)

    def provenance(self, families: tuple[str, ...], *, aged: Mask | None = None) -> Provenance:
        """By asset the oldest of these families' moments, and all observations behind them; as JSON.

        Many assets share one answer of a provider: each moment and each list is made once, only to be read.
        `aged`: where it rests on fields that are too old, their moment counts as well.
        """
        if families not in self._provenance:
            self._provenance[families] = _written(self._oldest(families)), self._observations(families)
        moments, observations = self._provenance[families]
        if aged is not None and aged.any():
            oldest = np.minimum(self._oldest(families), self._oldest_field(families, aged))
            return _written(oldest), observations
        return moments, observations

    def _oldest(self, families: Sequence[str]) -> npt.NDArray[np.int64]:
        return functools.reduce(np.minimum, (self._as_of[family] for family in families))

    def _oldest_field(self, families: Sequence[str], aged: Mask | None) -> npt.NDArray[np.int64]:
        """By asset the oldest moment of the fields of these families that are too old, where `aged`."""
        oldest = np.full(self._size, NO_MOMENT)
        if aged is None or not aged.any():
            return oldest
        mine = self._aged[self._aged["frame"].isin([*_frames_of(families)])]
        place = self._ids.get_indexer(pd.Index(mine["asset_id"]))
        moments = mine["as_of"].to_numpy(dtype="datetime64[us]").astype(np.int64)
        np.minimum.at(oldest, place[place >= 0], moments[place >= 0])
        return np.where(aged, oldest, NO_MOMENT)

    def _observations(self, families: tuple[str, ...]) -> list[list[int]]:
        rows = list(zip(*(self._observation[family].tolist() for family in families), strict=True))
        distinct = {each: sorted(set(each) - {NO_OBSERVATION}) for each in set(rows)}
        observations = [distinct[each] for each in rows]
        for family in families:
            for row, more in self._also[family].items():
                observations[row] = sorted({*observations[row], *more})
        return observations


def _frames_of(families: Sequence[str]) -> Iterator[str]:
    for family in map(FAMILY_OF.__getitem__, families):
        yield family.frame
        if family.children:
            yield family.children.frame


def _written(moments: npt.NDArray[np.int64]) -> list[str | None]:
    """In ISO, each distinct moment made once; None where there is none."""
    told = moments.tolist()
    written = {each: None if each == NO_MOMENT else _in_iso(each) for each in set(told)}
    return [written[each] for each in told]


def _in_iso(microseconds: int) -> str:
    return (EPOCH + timedelta(microseconds=microseconds)).isoformat()
