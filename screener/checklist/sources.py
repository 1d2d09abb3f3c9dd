"""What each answer rests on: the observation, the age and the staleness of every family, by asset."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.facts import Facts
from screener.checklist.staleness import LIMITS

EPOCH: Final = np.datetime64(0, "us")

RestsOn = tuple[list[datetime | None], list[tuple[int, ...]]]


class Sources:
    """`facts.sources` laid out as one column a family."""

    def __init__(self, facts: Facts) -> None:
        self._count = len(facts.assets)
        self._as_of: dict[str, npt.NDArray[np.datetime64]] = {}
        self._observation: dict[str, npt.NDArray[np.int64]] = {}
        self._stale: dict[str, npt.NDArray[np.bool_]] = {}
        self._rests_on: dict[tuple[str, ...], RestsOn] = {}
        now = pd.Timestamp(facts.now).tz_convert("UTC").tz_localize(None).to_datetime64()
        for family, limit in LIMITS.items():
            mine = facts.sources[facts.sources["family"] == family]
            places = facts.assets.index.get_indexer(mine["asset_id"])
            told = places >= 0
            as_of = np.full(self._count, np.datetime64("NaT", "us"))
            as_of[places[told]] = mine["as_of"].dt.tz_localize(None).to_numpy()[told]
            observation = np.zeros(self._count, dtype=np.int64)
            observation[places[told]] = mine["observation_id"].to_numpy()[told]
            self._as_of[family], self._observation[family] = as_of, observation
            self._stale[family] = now - as_of > np.timedelta64(limit)

    def stale(self, families: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Whether any of these families is older than it may be; an unknown one is not."""
        return np.logical_or.reduce([self._stale[family] for family in families])

    def rests_on(self, families: tuple[str, ...]) -> RestsOn:
        """By asset: the oldest of these families' moments, and their observations."""
        if families not in self._rests_on:
            oldest = np.fmin.reduce([self._as_of[family] for family in families])
            # Through seconds: a column of moments becomes Python objects a hundred times faster so.
            seconds = (oldest - EPOCH) / np.timedelta64(1, "s")
            as_of = [
                None if moment != moment else datetime.fromtimestamp(moment, UTC)
                for moment in seconds.tolist()
            ]
            columns = [self._observation[family].tolist() for family in families]
            seen = [tuple(sorted({each for each in row if each})) for row in zip(*columns, strict=True)]
            self._rests_on[families] = as_of, seen
        return self._rests_on[families]
