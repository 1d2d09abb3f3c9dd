"""Histories: candles, levels, capital, filing events, ownership, the report of a year ago."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
from django.db.models import Max, Q, QuerySet

from assets.metrics import families
from assets.metrics.facts import MANY_ROWS_AN_ASSET, WHOSE, frame, shaped, typed, typed_columns
from assets.metrics.families import REPORT
from assets.metrics.precedence import last_words, provenance
from assets.metrics.walking import orders_of
from assets.models import (
    Asset,
    BookSnapshot,
    CapitalEvent,
    CapitalReading,
    FactRow,
    FilingEvent,
    FundamentalsSnapshot,
    MarketSnapshot,
    OwnershipReport,
    Trade,
)
from assets.providers import in_parts
from assets.services.reading.bars import read_bars
from assets.services.reading.events import event_key
from assets.services.reading.quotes import priced_companies, quotes_a_year_before
from assets.services.reading.rows import decoded, read_columns
from assets.services.reading.rulings import rulings_in

OWNERSHIP_DAYS: Final = 1_100
"""Three years: who holds 5 % and sits still reports once a year, some later."""
REPORTS_DAYS: Final = 1_000
CAPITAL_DAYS: Final = 1_860
"""Whatever is compared, the oldest report of a year ago included, was counted in the units of this time; and
reverse splits are counted over five years."""
EVENTS_DAYS: Final = 1_100
"""What was filed in two years is judged; a shelf lasts three."""
LOOKED_WITHIN: Final = timedelta(days=1)
YEAR_APART_DAYS: Final = (330, 400)

READING: Final = ("asset_id", "provider", "subject")
"""Of what one provider read for one thing its last word counts; what several read adds up."""
SIDES: Final = ("bids", "asks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """Frames by name; and whose word they are: of a family the newest observation, of none the others."""

    frames: dict[str, pd.DataFrame]
    sources: pd.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Of which assets what is read: `known` says which rows count, the rest is as in `facts_known`."""

    assets: QuerySet[Asset]
    now: datetime
    known: Q
    among: Collection[str]
    candle_days: int

    def rows_of(self, model: type[FactRow], **wanted: Any) -> QuerySet[Any]:
        ids = self.assets.order_by().values("pk")
        return model._default_manager.filter(self.known, asset__in=ids, **wanted).order_by("as_of", "id")


def histories_of(reading: Reading, frames: Mapping[str, pd.DataFrame]) -> Histories:
    """`frames` are those of today: the newest reports and prices, where they are read."""
    readers = {
        families.CANDLES: _candles,
        families.CAPITAL: _capital,
        families.EVENTS: _filing_events,
        families.OWNERSHIP: _ownership,
    }
    found = [read(reading) for family, read in readers.items() if family in reading.among]
    if "fundamentals" in frames:
        found.append(_a_year_ago(reading, frames["fundamentals"]))
    if len(priced_at := priced_companies(frames)):
        found.append(_quotes(reading, priced_at))
    return _together(found)


def histories_of_books(reading: Reading, books: pd.DataFrame) -> Histories:
    """`books` are the newest books as they were answered, with the JSON of their sides."""
    books = books.sort_values(["as_of", "pk"])
    found = [_levels(books)]
    if families.TRADES in reading.among:
        found.append(_trading(reading, books))
    return _together(found)


def _together(found: Sequence[Histories]) -> Histories:
    return Histories(
        frames={name: frame for each in found for name, frame in each.frames.items()},
        sources=pd.concat([each.sources for each in found]) if found else frame("sources", ()),
    )


def _candles(reading: Reading) -> Histories:
    ids = reading.assets.order_by().values("pk")
    frames, sources = read_bars(ids, now=reading.now, known=reading.known, days=reading.candle_days)
    return Histories(frames=frames, sources=sources)


def _capital(reading: Reading) -> Histories:
    since = reading.now.date() - timedelta(days=CAPITAL_DAYS)
    capital = _events("capital", reading.rows_of(CapitalEvent, happened_on__gt=since))
    readings = last_words(_read("readings", reading.rows_of(CapitalReading), READING), keys=READING)
    return Histories(
        frames={
            "capital": shaped("capital", capital).reset_index(drop=True),
            "readings": shaped("readings", readings).reset_index(drop=True),
        },
        sources=_sources(pd.concat([capital[[*WHOSE]], readings[[*WHOSE]]]), families.CAPITAL),
    )


def _filing_events(reading: Reading) -> Histories:
    since = reading.now.date() - timedelta(days=EVENTS_DAYS)
    events = _events("filing_events", reading.rows_of(FilingEvent, filed_on__gt=since))
    frame = shaped("filing_events", events).reset_index(drop=True)
    return Histories(frames={"filing_events": frame}, sources=_sources(events, families.EVENTS))


def _ownership(reading: Reading) -> Histories:
    oldest = reading.now - timedelta(days=OWNERSHIP_DAYS)
    ownership = _events("ownership", reading.rows_of(OwnershipReport, as_of__gt=oldest))
    frame = shaped("ownership", ownership).reset_index(drop=True)
    return Histories(frames={"ownership": frame}, sources=_sources(ownership, families.OWNERSHIP))


def _a_year_ago(reading: Reading, statements: pd.DataFrame) -> Histories:
    oldest = reading.now - timedelta(days=REPORTS_DAYS)
    year_ago = _year_before(reading.rows_of(FundamentalsSnapshot, as_of__gt=oldest), statements)
    frame = shaped("fundamentals_year_ago", _with_parts(year_ago))
    return Histories(frames={"fundamentals_year_ago": frame}, sources=_sources(year_ago, ""))


def _quotes(reading: Reading, priced_at: "pd.Series[pd.Timestamp]") -> Histories:
    quotes = quotes_a_year_before(reading.rows_of(MarketSnapshot), priced_at, now=reading.now)
    frame = shaped("quote_year_ago", quotes.rename(columns={"as_of": "price_usd_at"}))
    return Histories(frames={"quote_year_ago": frame}, sources=_sources(quotes, ""))


def _trading(reading: Reading, books: pd.DataFrame) -> Histories:
    trades = _newest_trades(reading)
    looked_at = books[books["as_of"] > reading.now - LOOKED_WITHIN]
    return Histories(
        frames={"trading": _last_trades(trades, looked_at)}, sources=_sources(trades, families.TRADES)
    )


def _levels(books: pd.DataFrame) -> Histories:
    """The orders of each sound book; `book` is its label among the resolved books."""
    levels = typed("levels", orders_of(books, *(decoded(BookSnapshot, side, books[side]) for side in SIDES)))
    return Histories(frames={"levels": levels}, sources=_sources(books, ""))


def _sources(rows: pd.DataFrame, family: str) -> pd.DataFrame:
    return provenance(rows[[*WHOSE]], family=family) if len(rows) else frame("sources", ())


def _read(name: str, rows: QuerySet[Any], also: Sequence[str] = ()) -> pd.DataFrame:
    """The columns of this frame, whose word each row is, and others, from old to new.

    Put in order here: a database takes whole rows along while it sorts.
    """
    names = list(dict.fromkeys((*WHOSE, *MANY_ROWS_AN_ASSET[name], *also)))
    columns = read_columns(rows.order_by(), ("pk", *names))
    if not len(columns["pk"]):
        return _no_rows(*names)
    order = np.lexsort((np.array(columns["pk"], dtype=np.int64), columns["as_of"]))
    return typed_columns(columns, names).iloc[order].reset_index(drop=True)


@cache
def _no_rows(*names: str) -> pd.DataFrame:
    """Few assets have a row of every kind."""
    return typed_columns(dict.fromkeys(names, ()), names)


def _events(name: str, rows: QuerySet[Any]) -> pd.DataFrame:
    """The last word about each event."""
    key = event_key(rows.model)
    return last_words(_read(name, rows, key), keys=key)


def _year_before(reports: QuerySet[Any], statements: pd.DataFrame) -> pd.DataFrame:
    """Of each company the report of the period that ended a year before its newest one's.

    Only that one is read whole, with what a person has told of its period beside it: a sheet tells parts,
    which add to a report and don't stand for it. A ruling is about the figures of its own time.
    """
    names = ("asset_id", "observation_id", "provider", "period_ends_on")
    periods = read_columns(reports, ("pk", *names))
    if not len(periods["pk"]):
        return _no_rows(*WHOSE, *REPORT)
    ended = typed_columns(periods, names)
    newest = statements["period_ends_on"].reindex(ended["asset_id"]).reset_index(drop=True)
    days = (newest - ended["period_ends_on"]).dt.days
    found = ended.assign(
        pk=np.array(periods["pk"], dtype=np.int64), is_part=ended["provider"].isin(in_parts())
    )[days.between(*YEAR_APART_DAYS)]
    found = found[~found["observation_id"].isin([each.observation_id for each in rulings_in(found)])]
    found = found.sort_values("is_part", ascending=False, kind="stable")
    chosen = found.drop_duplicates("asset_id", keep="last").set_index("asset_id")
    of_chosen = chosen["period_ends_on"].reindex(found["asset_id"]).array
    row_ids = {*chosen["pk"], *found["pk"][found["is_part"] & (found["period_ends_on"].array == of_chosen)]}
    rows = FundamentalsSnapshot.objects.filter(pk__among=row_ids).order_by("as_of", "id")
    wanted = (*WHOSE, *REPORT)
    return typed_columns(read_columns(rows, wanted), wanted)


def _with_parts(reports: pd.DataFrame) -> pd.DataFrame:
    """One row for each company: its report, and over it what a person has told of the same period."""
    if not reports.duplicated("asset_id").any():
        return reports
    whole_first = reports.assign(is_part=reports["provider"].isin(in_parts())).sort_values(
        "is_part", kind="stable"
    )
    merged: pd.DataFrame = whole_first.groupby("asset_id", sort=False).last().reset_index()
    return merged[[*reports.columns]]


def _newest_trades(reading: Reading) -> pd.DataFrame:
    """Of each asset its last trade, where somebody looked within a day: older ones say nothing of today."""
    since = reading.rows_of(Trade, known_at__gt=reading.now - LOOKED_WITHIN)
    newest = since.order_by().values("asset_id").annotate(last=Max("as_of"))
    last = pd.Series(dict(newest.values_list("asset_id", "last")), dtype="datetime64[us, UTC]")
    rows = since.filter(as_of__in=set(last)).order_by("id")
    newest_trades = typed_columns(read_columns(rows, WHOSE), WHOSE)
    is_last = newest_trades["as_of"].array == last.reindex(newest_trades["asset_id"]).array
    found = newest_trades[is_last].drop_duplicates("asset_id", keep="last")
    return found.assign(last_traded_at=found["as_of"], as_of=found["known_at"])


def _last_trades(trades: pd.DataFrame, looked_at: pd.DataFrame) -> pd.DataFrame:
    """By asset when it was last traded on any venue, and when that venue was asked."""
    if trades.empty and looked_at.empty:
        return frame("trading", ())
    names = ["asset_id", "last_traded_at", "as_of"]
    moments = pd.concat([trades[names], looked_at[names]]).dropna(subset="last_traded_at")
    newest = moments.sort_values("last_traded_at", kind="stable").drop_duplicates("asset_id", keep="last")
    return typed("trading", newest.rename(columns={"as_of": "asked_at"}))
