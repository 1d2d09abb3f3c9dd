"""Watchlists in the market: the assets of each by tier, and their return beside that of all of a kind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from assets.metrics.columns import Column
from assets.metrics.families import KINDS
from assets.metrics.market_history.group_returns import total_return, trimmed_mean
from assets.metrics.market_history.risk_reading import LEAST_RETURN_DAYS, RETURN_DAYS
from assets.metrics.market_history.size_groups import ALL_SIZES, Matrix
from assets.metrics.size_tiers import TIERS
from screener.models.owned import Person
from screener.services.desk.watchlists import assets_by_watchlist
from screener.services.market.closes import read_closes
from screener.services.market.due_days import number_of
from screener.services.market.history import KindHistory, MarketHistory
from screener.universe.live import UNIVERSE

MOST_LISTS: Final = 20
MOST_ASSETS: Final = 300
"""Assets whose bars are read for one page; of more those of the first lists count."""
SPAN_DAYS: Final = 60
"""Calendar days within which thirty sessions lie, and the days before the first one."""
NEAR_DAYS: Final = 4
"""A close stands for a day without one for so many open days."""
UNSIZED: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInMarket:
    """The assets of one kind on a list. Returns are of the last thirty open days, None where not known.

    `tiers` are how many are of which tier, the smallest first; `returning` of how many the return is known.
    """

    name: str
    kind: str
    assets: int
    tiers: tuple[tuple[str, int], ...]
    returning: int
    return_share: float | None
    market_return_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListsInMarket:
    """`left_out` are lists, and assets of those shown, beyond what one page reads."""

    rows: tuple[ListInMarket, ...]
    lists_left_out: int
    assets_left_out: int


def watchlists_in_market(user: Person, history: MarketHistory, *, now: datetime) -> ListsInMarket:
    """Of this person's lists, in their order; a list of both kinds has a row for each."""
    by_name = assets_by_watchlist(user)
    shown = dict([*by_name.items()][:MOST_LISTS])
    every = [*dict.fromkeys(each for ids in shown.values() for each in ids)]
    read = set(every[:MOST_ASSETS])
    kinds, tiers = _in_universe(every)
    returns = {
        kind: _returns([each for each in read if kinds.get(each) == kind], history.kinds[kind], now=now)
        for kind in KINDS
    }
    rows = [
        _row(name, kind, mine, tiers, returns[kind], history.kinds[kind])
        for name, ids in shown.items()
        for kind in KINDS
        if (mine := [each for each in ids if kinds.get(each) == kind])
    ]
    return ListsInMarket(
        rows=tuple(rows),
        lists_left_out=len(by_name) - len(shown),
        assets_left_out=len(every) - len(read),
    )


def _in_universe(asset_ids: Sequence[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Kind and tier of each asset that has a scorecard."""
    table = UNIVERSE.table()
    wanted = np.array(sorted(asset_ids), dtype=np.int64)
    wanted = wanted[np.isin(wanted, table.ids)]
    places = np.searchsorted(table.ids, wanted)
    named = [
        dict(zip(wanted.tolist(), [coded.labels[code] for code in coded.codes[places].tolist()], strict=True))
        for coded in (table.categories["kind"], table.categories["tier"])
    ]
    return named[0], named[1]


def _returns(asset_ids: Sequence[int], history: KindHistory, *, now: datetime) -> dict[int, float]:
    """By asset the log return over the last thirty open days up to the newest day of the history."""
    if not asset_ids or history.last_day is None:
        return {}
    last = number_of(history.last_day.date())
    ids = sorted(asset_ids)
    closes = read_closes(ids, kind=history.kind, first=last - SPAN_DAYS, last=last, now=now)
    moved = _last_known(closes.log_closes) - _last_known(closes.log_closes[:, :-RETURN_DAYS])
    return {each: move for each, move in zip(ids, moved.tolist(), strict=True) if move == move}


def _last_known(log_closes: Matrix) -> Column:
    """Each asset's last close, not older than a few open days."""
    found = np.full(log_closes.shape[0], np.nan)
    for day in range(max(0, log_closes.shape[1] - NEAR_DAYS - 1), log_closes.shape[1]):
        found = np.where(np.isnan(log_closes[:, day]), found, log_closes[:, day])
    return found


def _row(
    name: str,
    kind: str,
    ids: Sequence[int],
    tiers: Mapping[int, str],
    returns: Mapping[int, float],
    history: KindHistory,
) -> ListInMarket:
    counted = Counter(tiers[each] for each in ids)
    known = np.array([returns[each] for each in ids if each in returns])
    market = total_return(history.returns(ALL_SIZES)[-RETURN_DAYS:], least=LEAST_RETURN_DAYS)
    return ListInMarket(
        name=name,
        kind=kind,
        assets=len(ids),
        tiers=tuple((tier, counted[tier]) for tier in (*TIERS, UNSIZED) if counted[tier]),
        returning=known.size,
        return_share=float(np.expm1(trimmed_mean(known, least=1))) if known.size else None,
        market_return_share=None if np.isnan(market) else market,
    )
