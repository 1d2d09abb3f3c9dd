"""Read what only a history tells: candles, levels, capital, ownership, the report of a year ago."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from django.db.models import Max, Q, QuerySet

from assets.metrics import families
from assets.metrics.facts import MANY_ROWS_AN_ASSET, STATEMENT, frame, typed
from assets.models import (
    Asset,
    BookSnapshot,
    CapitalEvent,
    FactRow,
    FundamentalsSnapshot,
    OwnershipReport,
    Trade,
)
from assets.services.read_bars import read_bars
from assets.services.read_rows import read_mappings

CAPITAL_DAYS: Final = 731
"""Two years: for so long a reverse split is held against a company."""
OWNERSHIP_DAYS: Final = 1_100
"""Three years: who holds 5 % and sits still reports once a year, some later."""
REPORTS_DAYS: Final = 1_000
LOOKED_WITHIN: Final = timedelta(days=1)
YEAR_APART_DAYS: Final = (330, 400)

BOOK: Final = ("venue", "pair", "bid_usd", "bids", "asks", "last_traded_at", "stale", "anomalous")

EVENT: Final = ("event", "happened_on", "accession")
"""What tells the events of a company apart."""
LINE: Final = ("accession", "line")
"""What tells the lines of its owners' reports apart."""

TOLD: Final = ("asset_id", "observation_id", "provider", "as_of", "known_at")

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """Frames by name; and whose word they are: of a family the newest observation, of none the others."""

    frames: dict[str, pd.DataFrame]
    sources: pd.DataFrame


def histories_of(
    assets: QuerySet[Asset], *, now: datetime, known: Q, statements: pd.DataFrame, books: Sequence[int]
) -> Histories:
    """`known` says which rows count; `statements` is the frame of the newest reports, `books` the ids
    of the newest books."""
    ids = assets.order_by().values("pk")

    def rows_of(model: type[FactRow], columns: Sequence[str], **wanted: Any) -> Rows:
        rows = model._default_manager.filter(known, asset__in=ids, **wanted).order_by("as_of", "id")
        return read_mappings(rows, (*TOLD, *columns))

    candles, whose_candles = read_bars(ids, now=now, known=known)
    since = now.date() - timedelta(days=CAPITAL_DAYS)
    events = rows_of(CapitalEvent, (*_columns("capital"), "accession"), happened_on__gt=since)
    capital = _last_words(events, keys=EVENT)
    oldest = now - timedelta(days=OWNERSHIP_DAYS)
    lines = rows_of(OwnershipReport, (*_columns("ownership"), *LINE), as_of__gt=oldest)
    ownership = _last_words(lines, keys=LINE)
    reports = rows_of(FundamentalsSnapshot, STATEMENT, as_of__gt=now - timedelta(days=REPORTS_DAYS))
    year_ago = _year_before(reports, statements)
    trades = _newest_trades(known, ids, now)
    levels = rows_of(BookSnapshot, BOOK, pk__among=books)
    looked_at = [row for row in levels if row["as_of"] > now - LOOKED_WITHIN]
    return Histories(
        frames={
            "candles": candles,
            "capital": frame("capital", capital),
            "ownership": frame("ownership", ownership),
            "trading": frame("trading", _last_trades([*trades, *looked_at])),
            "levels": _levels(levels),
            "fundamentals_year_ago": frame("fundamentals_year_ago", year_ago),
        },
        sources=_sources(
            whose_candles,
            {
                families.CAPITAL: capital,
                families.OWNERSHIP: ownership,
                families.TRADES: trades,
                "": [*year_ago, *levels],
            },
        ),
    )


def _columns(name: str) -> tuple[str, ...]:
    return tuple(each for each in MANY_ROWS_AN_ASSET[name] if each != "asset_id")


def _last_words(rows: Rows, *, keys: tuple[str, ...]) -> Rows:
    """Without what was told again later: a corrected split is one split, by whomever it is told."""
    last = {(row["asset_id"], *(row[key] for key in keys)): place for place, row in enumerate(rows)}
    return [rows[place] for place in sorted(last.values())]


def _year_before(reports: Rows, statements: pd.DataFrame) -> Rows:
    """Of each company the report of the period that ended a year before its newest one's."""
    newest = statements["period_ends_on"].dropna()
    earlier: dict[int, dict[str, Any]] = {}
    for row in reports:
        asset, ended = row["asset_id"], row["period_ends_on"]
        if ended is not None and asset in newest.index:
            days = (newest[asset].date() - ended).days
            if YEAR_APART_DAYS[0] <= days <= YEAR_APART_DAYS[1]:
                earlier[asset] = row
    return list(earlier.values())


def _newest_trades(known: Q, ids: Any, now: datetime) -> Rows:
    """Of each asset its last trade, where somebody looked within a day: older ones say nothing of today."""
    since = Trade.objects.filter(known, asset__in=ids, known_at__gt=now - LOOKED_WITHIN)
    newest = since.order_by().values("asset_id").annotate(last=Max("as_of"))
    last = {row["asset_id"]: row["last"] for row in newest}
    rows = since.filter(as_of__in=set(last.values())).order_by("id").values(*TOLD) if last else ()
    found = {row["asset_id"]: row for row in rows if row["as_of"] == last[row["asset_id"]]}
    return [{**row, "last_traded_at": row["as_of"], "as_of": row["known_at"]} for row in found.values()]


def _last_trades(told: Rows) -> Iterable[Mapping[str, Any]]:
    """By asset when it was last traded on any venue, and when that venue was asked."""
    newest = {
        row["asset_id"]: row
        for row in sorted(
            (row for row in told if row["last_traded_at"]), key=lambda row: row["last_traded_at"]
        )
    }
    return (
        {"asset_id": asset, "last_traded_at": row["last_traded_at"], "asked_at": row["as_of"]}
        for asset, row in newest.items()
    )


def _levels(books: Rows) -> pd.DataFrame:
    """The orders of each sound book, in USD by what its best bid is worth."""
    sides: list[tuple[int, int, float]] = []
    orders: list[npt.NDArray[np.float64]] = []
    for book, row in enumerate(books):
        if row["stale"] or row["anomalous"] or not (row["bids"] and row["asks"] and row["bid_usd"]):
            continue
        worth = float(row["bid_usd"]) / float(row["bids"][0][0])
        for side, is_bid in (("bids", 1.0), ("asks", 0.0)):
            orders.append(np.array(row[side], dtype=np.float64) * (worth, 1.0))
            sides.append((row["asset_id"], book, is_bid))
    if not orders:
        return frame("levels", ())
    told = pd.DataFrame.from_records(sides, columns=["asset_id", "book", "is_bid"])
    levels = told.loc[np.repeat(np.arange(len(orders)), [len(each) for each in orders])]
    stacked = np.concatenate(orders)
    return typed("levels", levels.assign(price_usd=stacked[:, 0], quantity=stacked[:, 1]).reset_index())


def _sources(candles: pd.DataFrame, told: Mapping[str, Rows]) -> pd.DataFrame:
    """A family is as old as its newest observation, which is cited; the others had their say."""
    rows: Rows = []
    for family, told_rows in told.items():
        cited: set[int] = set()
        for row in sorted(told_rows, key=lambda each: (each["as_of"], each["observation_id"]), reverse=True):
            is_newest = bool(family) and row["asset_id"] not in cited
            cited.add(row["asset_id"])
            rows.append({**row, "family": family if is_newest else ""})
    return pd.concat([candles, frame("sources", rows)])
