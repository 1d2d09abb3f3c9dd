"""Ranking of the whole universe under the checklist and under a profile.

What the newest scorecards found is kept as columns in the memory of this process, in step with the universe's
table, and scored anew under the profile's weights and thresholds; no fact is read.
"""

import threading
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache

from assets.models import Asset
from screener.checklist import CHECKLIST_VERSION, CRITERIA, Dimension
from screener.checklist.judgements import none_for_nan
from screener.checklist.records import Ids, RecordedCard, Records, ranks
from screener.checklist.states import Column
from screener.models import Scorecard
from screener.screens.table import Table
from screener.universe.live import UNIVERSE

MOST_ASSETS: Final = 50_000
"""Of more, findings would take too long to read and too much memory to keep in a web process."""

BATCH: Final = 2_000
MOST_KEPT: Final = 32
"""So many profiles' ranks are kept."""

Ranks = npt.NDArray[np.int64]


class TooManyAssetsError(Exception):
    """The universe is larger than `MOST_ASSETS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where one asset stands without the profile and with it; a total is None where it is not rated."""

    asset_id: int
    rank_before: int
    rank_after: int
    total_before: float | None
    total_after: float | None

    @property
    def places_up(self) -> int:
        return self.rank_before - self.rank_after

    @property
    def places_down(self) -> int:
        return -self.places_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Of every asset its rank and total before and after, NaN where it is not rated; `left_out` were scored
    under other rules."""

    ids: Ids
    rank_before: Ranks
    rank_after: Ranks
    total_before: Column
    total_after: Column
    left_out: int

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def moved(self) -> int:
        return int((self.rank_before != self.rank_after).sum())

    def of(self, asset_id: int) -> Move | None:
        places = np.flatnonzero(self.ids == asset_id)
        return self._move(int(places[0])) if places.size else None

    def moved_most(self, most: int) -> list[Move]:
        """Those whose rank changed, by how much; ties by id, so that the list is always the same."""
        distance = np.abs(self.rank_before - self.rank_after)
        order = np.lexsort((self.ids, -distance))[:most]
        return [self._move(int(each)) for each in order if distance[each]]

    def _move(self, place: int) -> Move:
        return Move(
            asset_id=int(self.ids[place]),
            rank_before=int(self.rank_before[place]),
            rank_after=int(self.rank_after[place]),
            total_before=none_for_nan(self.total_before[[place]])[0],
            total_after=none_for_nan(self.total_after[[place]])[0],
        )


class RankingCache:
    """One a process: the scorecards' columns, kept fresh, and the ranks of the last profiles asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Load everything anew at the next question."""
        self._records = records_of(())
        self._ids = self._cards = np.empty(0, dtype=np.int64)
        self._rankings: LRUCache[Hashable, Ranking] = LRUCache(MOST_KEPT)

    def under(self, dimensions: Sequence[Dimension], *, version: Hashable) -> Ranking:
        """The ranking under these dimensions, kept by their `version`.

        `TooManyAssetsError` for a larger universe.
        """
        with self._lock:
            self._follow(UNIVERSE.table())
            if (known := self._rankings.get(version)) is not None:
                return known
            left_out = len(self._ids) - len(self._records)
            ranking = self._rankings[version] = _ranking(self._records, dimensions, left_out=left_out)
            return ranking

    def _follow(self, table: Table) -> None:
        """Read the scorecards that came into the universe since, and drop the assets that went."""
        if len(table) > MOST_ASSETS:
            raise TooManyAssetsError
        if table.cards is self._cards:
            return
        is_new = ~np.isin(table.cards, self._cards)
        gone = self._ids[~np.isin(self._ids, table.ids)]
        if is_new.any() or gone.size:
            newer = records_of(table.cards[is_new].tolist())
            without = np.concatenate([table.ids[is_new], gone])
            self._records = self._records.updated_by(newer, without=without)
            self._rankings.clear()
        self._ids, self._cards = table.ids, table.cards


def records_of(card_ids: Sequence[int]) -> Records:
    """These scorecards as columns, read in batches; those of another checklist are left out."""
    return Records.of(_read(card_ids), criteria=tuple(CRITERIA))


def _read(card_ids: Sequence[int]) -> Iterator[RecordedCard]:
    for start in range(0, len(card_ids), BATCH):
        cards = Scorecard.objects.filter(
            pk__in=card_ids[start : start + BATCH], checklist_version=CHECKLIST_VERSION
        )
        unused = ("dimensions", "gates_open", "gates_unverified")
        yield from map(card_of, cards.select_related("asset").defer(*unused))


def card_of(scorecard: Scorecard) -> RecordedCard:
    """What a scorecard keeps; where it has no context yet, of what type the asset is now."""
    asset = scorecard.asset
    context = {"kind": asset.kind, "sector": asset.sector, "venue": asset.venue, "chain": asset.chain}
    return RecordedCard(
        asset_id=scorecard.asset_id,
        total=scorecard.total,
        measures=scorecard.figures,
        findings=scorecard.findings,
        context=scorecard.context or context,
        questioned=scorecard.questioned,
    )


def _ranking(records: Records, dimensions: Sequence[Dimension], *, left_out: int) -> Ranking:
    totals = records.under(dimensions)
    total_after = np.where(totals.rated, totals.scores.score, np.nan)
    return Ranking(
        ids=records.ids,
        rank_before=ranks(records.totals),
        rank_after=ranks(total_after),
        total_before=records.totals,
        total_after=total_after,
        left_out=left_out,
    )


RANKINGS: Final = RankingCache()


def moved_most(ranking: Ranking, *, most: int) -> list[tuple[Asset, Move]]:
    """The assets whose rank the profile moves most."""
    moves = ranking.moved_most(most)
    assets = Asset.objects.in_bulk([each.asset_id for each in moves])
    return [(assets[each.asset_id], each) for each in moves if each.asset_id in assets]
