"""What is known about a batch of assets at one moment, as columns.

One frame per family. A frame holds only assets of which something is known: an
asset that is absent, and a NaN, both mean "not known"; neither ever means zero.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache, partial, wraps
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from assets.metrics.families import (
    BOOKS,
    CANDLES,
    CAPITAL,
    EVENTS,
    FAMILIES,
    FUNDAMENTALS,
    MARKET,
    OWNERSHIP,
    REPORT,
    RESOLVED,
    SUPPLY,
)

RESOLVED_ONLY: Final = frozenset(name for each in RESOLVED for name in each.moments)
"""Columns that no table has: `Family.moments`."""

OF_ASSETS: Final = (
    "kind",
    "symbol",
    "name",
    "chain",
    "venue",
    "sector",
    "tags",
    "fictional",
    "likeness",
    "exchanges",
    "delistings",
    "listings",
    "sector_price_to_sales",
)

ONE_ROW_AN_ASSET: Final[dict[str, tuple[str, ...]]] = {
    "assets": OF_ASSETS,
    **{each.frame: (*each.columns, *each.moments) for each in RESOLVED if not each.place},
    "fundamentals_year_ago": REPORT,
    "trading": ("last_traded_at", "asked_at"),
    "close_year_ago": ("opened_at", "close_usd"),
    "quote_year_ago": ("price_usd", "price_usd_at"),
}
"""Frames indexed by asset_id. `channels` is the number of official channels; dates are UTC timestamps.

`tags` are joined by commas. `likeness` is a kind of `metrics.naming`. `exchanges` says of how many it has a
code, `delistings` how many have taken theirs back within a year, `listings` how many exchanges and registers
have a name for it.
`sector_price_to_sales` is the median of the asset's sector and kind.
`trading` is when it was last traded, as far as who was asked then (`asked_at`) knew.
`fundamentals_year_ago` is the report of the period that ended a year before that of `fundamentals`.
`close_year_ago` is the median close of the deepest market in the two weeks that ended a year ago.
`quote_year_ago` is the price that a company's market told a year before its newest one.
"""

MANY_ROWS_AN_ASSET: Final[dict[str, tuple[str, ...]]] = {
    **{each.frame: ("asset_id", *each.columns, *each.moments) for each in RESOLVED if each.place},
    **{each.children.frame: ("asset_id", *each.children.columns) for each in FAMILIES if each.children},
    "outdated": ("asset_id", "reserve_usd", "depth_down_usd"),
    "aged": ("asset_id", "frame", "field", "as_of"),
    "second_readings": ("asset_id", "frame", "place", "field", "against"),
    "levels": ("asset_id", "book", "is_bid", "price_usd", "quantity"),
    "candles": (
        "asset_id",
        "market",
        "opened_at",
        "open_usd",
        "high_usd",
        "low_usd",
        "close_usd",
        "volume_usd",
        "others_high_usd",
        "others_low_usd",
        "others_close_usd",
    ),
    "capital": (
        "asset_id",
        "event",
        "earliest_on",
        "happened_on",
        "ratio",
        "shares",
        "amount_usd",
        "evidence",
    ),
    "readings": ("asset_id", "subject", "read_since", "read_until"),
    "filing_events": (
        "asset_id",
        "accession",
        "form",
        "filed_on",
        "subject",
        "event",
        "reasons",
        "happened_on",
        "effective_on",
        "deadline_on",
        "ratio",
        "amount_usd",
        "shares",
        "shares_outstanding",
        "price_usd",
        "warrants",
        "strike_usd",
        "room_usd",
    ),
    "ownership": (
        "asset_id",
        "as_of",
        "accession",
        "line",
        "form",
        "period_on",
        "holder",
        "holder_cik",
        "reported_with",
        "has_left",
        "happened_on",
        "code",
        "change",
        "price_usd",
        "shares",
        "share",
        "shared_shares",
        "is_derivative",
        "is_direct",
        "security",
        "nature",
        "filed_on",
    ),
    "sources": ("asset_id", "family", "observation_id", "provider", "as_of", "known_at"),
    "questions": ("asset_id", "frame", "row", "place", "field", "value", "witness", "against"),
}
"""Frames with an `asset_id` column.

`candles` are the daily bars of each asset's deepest market, the last `CANDLE_DAYS` of them, each asset's
together and from old to new; beside them what its `others`, traded on the same day, had at most, at least and
in the end. `readings` says for which time somebody read an asset's papers for a subject:
of that time an event that is not among `capital` is none. `filing_events` are what rules read in filed
documents, and documents of a list that nobody has read (`metrics.filing_events`). `second_readings` are
figures of which another node of the chain says something else (`metrics.second_readings`). `outdated` are
pools and books that do not count because nobody told of their trade in time, though lately, with what they
had then.
`levels` are the orders of usable books, best first on either side; `book` tells one book of the batch from
the others. `sources` says what the facts of an asset and family rest on: a row for each observation, the main
one first. Rows with the family "" had a say without being cited: older candles, what was weighed and
superseded. `questions` are the figures that other figures contradict: they are not known in their own frame
any more, and here stand the value, the witness and what it says instead (`metrics.witnesses`).
"""

TEXTS: Final = frozenset(
    {
        "kind",
        "symbol",
        "name",
        "chain",
        "venue",
        "sector",
        "tags",
        "source_url",
        "precision",
        "team",
    }
    | {
        "going_concern",
        "address",
        "quote_address",
        "pair",
        "holder_type",
        "category",
        "firm",
        "family",
        "provider",
    }
    | {"mint_authority", "freeze_authority", "owner_authority", "creator_address"}
    | {"proxy_authority", "tier", "listed_on"}
    | {"financial_status", "halt_code"}
    | {
        "market",
        "dex",
        "pool_type",
        "event",
        "evidence",
        "subject",
        "form",
        "holder",
        "role",
        "code",
        "accession",
    }
    | {"frame", "place", "field", "witness", "likeness"}
    | {"holder_cik", "reported_with", "security", "nature", "reasons"}
)
MOMENT_ENDINGS: Final = ("_at", "_on", "_of", "_until", "_since")
MOMENTS: Final = frozenset(
    column
    for columns in (*ONE_ROW_AN_ASSET.values(), *MANY_ROWS_AN_ASSET.values())
    for column in columns
    if column.endswith(MOMENT_ENDINGS) and column not in TEXTS
)
"""By the unit in their name."""

MEASURES_FRAME: Final = "measures"
"""Where a question stands that is about a product of sound facts: a price and a supply of different units."""

FAMILIES_OF_FRAME: Final[dict[str, tuple[str, ...]]] = {
    **{each.frame: (each.name,) for each in RESOLVED},
    **{each.children.frame: (each.name,) for each in FAMILIES if each.children},
    "fundamentals_year_ago": (FUNDAMENTALS,),
    "candles": (CANDLES,),
    "close_year_ago": (CANDLES,),
    "quote_year_ago": (MARKET,),
    "levels": (BOOKS,),
    "capital": (CAPITAL,),
    "filing_events": (EVENTS,),
    "ownership": (OWNERSHIP,),
    MEASURES_FRAME: (MARKET, SUPPLY),
}
"""The families whose facts a frame holds, or a measure that is questioned by itself rests on."""

CANDLE_DAYS: Final = 90
"""So many daily bars are read: a quarter is enough for every measure of prices."""

WRITTEN: Final = frozenset({"bids", "asks"})
"""JSON, as text."""

IDENTITIES: Final = frozenset({"asset_id", "observation_id", "pk", "book", "row"})
WHOSE: Final = ("asset_id", "observation_id", "provider", "as_of", "known_at")
"""What `sources` says of a row, beside its family."""
PROVENANCE: Final = ("pk", *WHOSE)
"""What every stored row has beside its columns: which one it is, whose, and who reported it when."""


TEXT: Final[Any] = pd.StringDtype(na_value=np.nan)
"""The type of texts, which pandas calls "str"; its stubs do not know that it reads Arrow's."""

Row: TypeAlias = Mapping[str, Any] | Sequence[Any]
Values: TypeAlias = "Sequence[Any] | npt.NDArray[Any] | pd.Series[Any]"
"""A column."""

Made = TypeVar("Made")


def frame(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Build the frame of this name from mappings, typed and complete; booleans become 1.0, 0.0 or NaN.

    Rows that are no mappings have every column in its order, `asset_id` first.
    """
    listed = list(rows)
    return _typed(name, listed) if listed else _empty(name).copy()


def stored_rows(name: str, columns: Mapping[str, Values], *, also: tuple[str, ...] = ()) -> pd.DataFrame:
    """Stored rows of this frame with their provenance, typed: what `precedence.resolve` takes."""
    return typed_columns(columns, stored_columns(name, also=also))


def stored_columns(name: str, *, also: tuple[str, ...] = ()) -> list[str]:
    return [*dict.fromkeys((*PROVENANCE, *_stored_columns_of(name), *also))]


def typed(name: str, columns: Mapping[str, Values] | pd.DataFrame) -> pd.DataFrame:
    """The frame of this name from columns of any type, some of which may be of other use."""
    if name not in ONE_ROW_AN_ASSET:
        return typed_columns(columns, MANY_ROWS_AN_ASSET[name])
    asset_ids = pd.Index(_typed_column("asset_id", columns["asset_id"]), name="asset_id")
    return typed_columns(columns, ONE_ROW_AN_ASSET[name]).set_axis(asset_ids)


def typed_columns(columns: Mapping[str, Values] | pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """These columns, each of the type that its name has in every frame."""
    return pd.DataFrame({name: _typed_column(name, columns[name]) for name in names})


def shaped(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Resolved rows as the frame of this name."""
    if rows.empty:
        return _empty(name).copy()
    if name in ONE_ROW_AN_ASSET:
        return rows[[*ONE_ROW_AN_ASSET[name]]].set_axis(pd.Index(rows["asset_id"]))
    return rows[[*MANY_ROWS_AN_ASSET[name]]]


def _stored_columns_of(name: str) -> list[str]:
    """Without what only resolving says: when each was counted."""
    return [each for each in _columns_of(name) if each not in RESOLVED_ONLY]


def _columns_of(name: str) -> tuple[str, ...]:
    return ONE_ROW_AN_ASSET.get(name) or MANY_ROWS_AN_ASSET[name]


def _all_columns_of(name: str) -> tuple[str, ...]:
    """With the identity of the asset."""
    return ("asset_id", *ONE_ROW_AN_ASSET[name]) if name in ONE_ROW_AN_ASSET else MANY_ROWS_AN_ASSET[name]


@cache
def _empty(name: str) -> pd.DataFrame:
    return _typed(name, [])


def _typed(name: str, rows: list[Any]) -> pd.DataFrame:
    names = _all_columns_of(name)
    if not (rows and isinstance(rows[0], Mapping)):
        return typed(name, pd.DataFrame.from_records(rows, columns=names))
    told = set().union(*rows)
    columns: dict[str, Any] = {
        each: [row.get(each) for row in rows] if each in told else _unknown(each, len(rows)) for each in names
    }
    return typed(name, columns)


def _unknown(name: str, size: int) -> Values:
    """So many rows of a column of which nobody has told anything."""
    return np.full(size, "NaT", dtype="datetime64[us]") if name in MOMENTS else [None] * size


def _typed_column(name: str, values: Values) -> Any:
    """An array, so that a frame is made of it without looking at its rows again."""
    if name in MOMENTS:
        if isinstance(values, np.ndarray) and values.dtype == "datetime64[us]":
            return pd.DatetimeIndex(values).tz_localize("UTC").array
        moments = pd.to_datetime(pd.Index(values), utc=True, format="ISO8601")
        return moments.astype("datetime64[us, UTC]").array
    if name in TEXTS:
        texts = pa.array(values, pa.large_string(), from_pandas=True)
        return TEXT.__from_arrow__(texts.fill_null(""))
    if name in WRITTEN:
        return np.array(values, dtype=np.object_)
    return np.asarray(values, dtype=np.int64 if name in IDENTITIES else np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A batch of assets as known at `now`; `assets` says which ones are in the batch, in order."""

    now: datetime
    assets: pd.DataFrame
    market: pd.DataFrame = field(default_factory=partial(frame, "market", ()))
    supply: pd.DataFrame = field(default_factory=partial(frame, "supply", ()))
    pools: pd.DataFrame = field(default_factory=partial(frame, "pools", ()))
    books: pd.DataFrame = field(default_factory=partial(frame, "books", ()))
    holders: pd.DataFrame = field(default_factory=partial(frame, "holders", ()))
    positions: pd.DataFrame = field(default_factory=partial(frame, "positions", ()))
    schedules: pd.DataFrame = field(default_factory=partial(frame, "schedules", ()))
    unlocks: pd.DataFrame = field(default_factory=partial(frame, "unlocks", ()))
    usage: pd.DataFrame = field(default_factory=partial(frame, "usage", ()))
    disclosure: pd.DataFrame = field(default_factory=partial(frame, "disclosure", ()))
    audits: pd.DataFrame = field(default_factory=partial(frame, "audits", ()))
    fundamentals: pd.DataFrame = field(default_factory=partial(frame, "fundamentals", ()))
    filings: pd.DataFrame = field(default_factory=partial(frame, "filings", ()))
    fundamentals_year_ago: pd.DataFrame = field(default_factory=partial(frame, "fundamentals_year_ago", ()))
    contract: pd.DataFrame = field(default_factory=partial(frame, "contract", ()))
    venues: pd.DataFrame = field(default_factory=partial(frame, "venues", ()))
    trading: pd.DataFrame = field(default_factory=partial(frame, "trading", ()))
    outdated: pd.DataFrame = field(default_factory=partial(frame, "outdated", ()))
    second_readings: pd.DataFrame = field(default_factory=partial(frame, "second_readings", ()))
    levels: pd.DataFrame = field(default_factory=partial(frame, "levels", ()))
    candles: pd.DataFrame = field(default_factory=partial(frame, "candles", ()))
    close_year_ago: pd.DataFrame = field(default_factory=partial(frame, "close_year_ago", ()))
    quote_year_ago: pd.DataFrame = field(default_factory=partial(frame, "quote_year_ago", ()))
    capital: pd.DataFrame = field(default_factory=partial(frame, "capital", ()))
    readings: pd.DataFrame = field(default_factory=partial(frame, "readings", ()))
    filing_events: pd.DataFrame = field(default_factory=partial(frame, "filing_events", ()))
    ownership: pd.DataFrame = field(default_factory=partial(frame, "ownership", ()))
    sources: pd.DataFrame = field(default_factory=partial(frame, "sources", ()))
    questions: pd.DataFrame = field(default_factory=partial(frame, "questions", ()))
    aged: pd.DataFrame = field(default_factory=partial(frame, "aged", ()))
    _made: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, *, now: datetime, **rows: Iterable[Mapping[str, Any]]) -> "Facts":
        """Build from mappings per frame: `Facts.of(now=…, assets=[{"asset_id": 1, "kind": "token"}], …)`."""
        return cls(now=now, **{name: frame(name, of_frame) for name, of_frame in rows.items()})

    @property
    def asset_ids(self) -> pd.Index:
        return self.assets.index

    def made(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of these facts, the first time that it is asked for under this key; only to be read.

        Other facts, such as those that `replace` gives, make their own.
        """
        if key not in self._made:
            self._made[key] = make()
        result: Made = self._made[key]
        return result

    def aligned(self, name: str) -> pd.DataFrame:
        """The frame of this name with a row for each asset of the batch, in its order; only to be read."""
        rows: pd.DataFrame = getattr(self, name)
        return self.made(name, lambda: rows.reindex(self.asset_ids))

    def among(self, asset_ids: Values) -> "Facts":
        """The same facts of these assets alone."""
        frames = {name: getattr(self, name) for name in FRAMES}
        mine = {
            name: each[
                each.index.isin(asset_ids) if name in ONE_ROW_AN_ASSET else each["asset_id"].isin(asset_ids)
            ]
            for name, each in frames.items()
        }
        return Facts(now=self.now, **mine)

    def beside(self, others: "Facts") -> "Facts":
        """The same facts with those frames of `others` that are empty here."""
        frames = {name: getattr(self, name) for name in FRAMES}
        missing = {name: getattr(others, name) for name, each in frames.items() if each.empty}
        return Facts(now=self.now, **(frames | missing))

    def has_answer(self, name: str, *columns: str) -> npt.NDArray[np.bool_]:
        """By asset of the batch whether somebody tells one of these columns of a frame with one row an asset.

        One that is questioned is not known, but it was told: nothing less may stand in for it.
        """
        told = self.aligned(name)[[*columns]].notna().to_numpy().any(axis=1)
        of_these = (self.questions["frame"] == name) & self.questions["field"].isin(columns)
        is_told: npt.NDArray[np.bool_] = told | self.asset_ids.isin(self.questions.loc[of_these, "asset_id"])
        return is_told

    def unless_questioned(self, measure: str, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """This measure of the batch without what a witness contradicts though none of its facts is wrong."""
        asked = self.questions
        if asked.empty:
            return values
        of_measure = (asked["frame"] == MEASURES_FRAME) & (asked["field"] == measure)
        return np.where(self.asset_ids.isin(asked.loc[of_measure, "asset_id"]), np.nan, values)


def once(make: Callable[[Facts], Made]) -> Callable[[Facts], Made]:
    """This function of facts, worked out once a batch: several measures and witnesses look at the same."""

    @wraps(make)
    def made(facts: Facts) -> Made:
        return facts.made(make, partial(make, facts))

    return made


FRAMES: Final = tuple(each.name for each in fields(Facts) if each.init and each.name != "now")
