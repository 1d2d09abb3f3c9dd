"""Where each asset ranks under the checklist and under a profile, over the whole universe.

The newest scorecards are kept as columns in the memory of this process. They are scored anew under the
profile's weights and thresholds; no fact is read.
"""

import threading
import time
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache

from assets.models import Asset
from screener.checklist import CHECKLIST_VERSION, CRITERIA, Dimension
from screener.checklist.records import Ids, RecordedCard, Records, ranks
from screener.checklist.states import Column
from screener.models import Scorecard

MOST_ASSETS: Final = 50_000
"""Of more, findings would take too long to read and too much memory to keep in a web process."""

LOOK_AGAIN_S: Final = 10.0
BATCH: Final = 2_000
MOST_KEPT: Final = 32
"""So many profiles' ranks are kept."""

Ranks = npt.NDArray[np.int64]


class TooManyAssetsError(Exception):
    """The universe is larger than `MOST_ASSETS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where one asset stands without the profile and with it."""

    asset_id: int
    rank_before: int
    rank_after: int
    total_before: float
    total_after: float

    @property
    def places_up(self) -> int:
        return self.rank_before - self.rank_after

    @property
    def places_down(self) -> int:
        return -self.places_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Of every asset its rank and total before and after; `left_out` were scored under other rules."""

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
            total_before=float(self.total_before[place]),
            total_after=float(self.total_after[place]),
        )


class Standings:
    """One a process: the scorecards' columns, kept fresh, and the ranks of the last profiles asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Load everything anew at the next question."""
        self._records: Records | None = None
        self._cards: dict[int, int] = {}
        self._revision = self._left_out = 0
        self._looked_at = -LOOK_AGAIN_S
        self._rankings: LRUCache[tuple[object, ...], Ranking] = LRUCache(MOST_KEPT)

    def under(self, dimensions: Sequence[Dimension], *, version: Hashable) -> Ranking:
        """The ranking under these dimensions, kept by their `version`.

        `TooManyAssetsError` for a larger universe.
        """
        with self._lock:
            records = self._fresh()
            key = (version, self._revision)
            if (known := self._rankings.get(key)) is not None:
                return known
            ranking = self._rankings[key] = _ranking(records, dimensions, left_out=self._left_out)
            return ranking

    def _fresh(self) -> Records:
        if self._records is None or time.monotonic() - self._looked_at > LOOK_AGAIN_S:
            self._look()
        assert self._records is not None  # noqa: S101 - loaded above
        return self._records

    def _look(self) -> None:
        """Read the scorecards that came since, and drop the assets that went."""
        newest = Scorecard.objects.latest_of_each_asset()
        current = newest.filter(checklist_version=CHECKLIST_VERSION)
        cards = dict(current.values_list("asset_id", "id"))
        if len(cards) > MOST_ASSETS:
            raise TooManyAssetsError
        self._left_out = newest.count() - len(cards)
        changed = [card for asset, card in cards.items() if self._cards.get(asset) != card]
        gone = np.array([asset for asset in self._cards if asset not in cards], dtype=np.int64)
        if self._records is None:
            self._records = records_of(())
        if changed or gone.size:
            self._records = self._records.updated_by(records_of(changed), without=gone)
            self._revision += 1
        self._cards, self._looked_at = cards, time.monotonic()


def records_of(card_ids: Sequence[int]) -> Records:
    """These scorecards as columns, read in batches."""
    return Records.of(_read(card_ids), criteria=tuple(CRITERIA))


def _read(card_ids: Sequence[int]) -> Iterator[RecordedCard]:
    for start in range(0, len(card_ids), BATCH):
        told = Scorecard.objects.filter(pk__in=card_ids[start : start + BATCH]).select_related("asset")
        yield from map(kept, told.defer("dimensions", "gates_open", "gates_unverified"))


def kept(card: Scorecard) -> RecordedCard:
    """What a card keeps; where it has no context yet, of what type the asset is now."""
    asset = card.asset
    context = {"kind": asset.kind, "sector": asset.sector, "venue": asset.venue, "chain": asset.chain}
    return RecordedCard(
        asset_id=card.asset_id,
        total=card.total,
        coverage=card.coverage,
        measures=card.figures,
        findings=card.findings,
        context=card.context or context,
    )


def _ranking(records: Records, dimensions: Sequence[Dimension], *, left_out: int) -> Ranking:
    scores = records.under(dimensions).scores
    return Ranking(
        ids=records.ids,
        rank_before=ranks(records.totals, records.coverage),
        rank_after=ranks(scores.score, scores.coverage),
        total_before=records.totals,
        total_after=scores.score,
        left_out=left_out,
    )


STANDINGS: Final = Standings()


def moved_most(ranking: Ranking, *, most: int) -> list[tuple[Asset, Move]]:
    """The assets whose rank the profile moves most."""
    moves = ranking.moved_most(most)
    assets = Asset.objects.in_bulk([each.asset_id for each in moves])
    return [(assets[each.asset_id], each) for each in moves if each.asset_id in assets]
