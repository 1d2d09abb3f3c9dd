"""Precedence: of several answers about one thing, whose word counts, field by field. Nothing is averaged.

The one implementation, for the score (columns of a batch) and for the page (rows of one asset): both
say which fields each row knows, and learn which row gives each field.

Of one provider the newest answer counts, and before it what its earlier answers say beside, as long as
they are no older than the family may be (a provider reports its fees in another answer than its TVL). Of one
that tells in parts what somebody looked up, they count however old they are: silence takes nothing back. Of
several providers the first in their order that knows a field gives it; where a field has a word for "there is
none", the first that reports some (`metrics.denials`). A row that is much older than the newest of its family
is superseded: it only fills what nobody else knows. Who stands in (a summary of what others tell in full)
fills nothing: its rows count where no other row is of their period or a later one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.columns import Mask, Places
from assets.metrics.denials import Statements, that_count
from assets.metrics.family import Family

TOLERANCES: Final[Mapping[str, float]] = {
    "price_usd": 0.05,
    "market_cap_usd": 0.05,
    "circulating": 0.02,
    "total": 0.02,
    "maximum": 0.02,
}
"""From which difference on two providers contradict each other: price 5 %, supply 2 % (our judgement)."""

DIFFERENCES: Final[Mapping[str, float]] = {"creator_share": 0.005}
"""From which difference on shares of the supply contradict, 0 among them: half a per cent (our judgement)."""

COMPARED_WITHIN: Final[Mapping[str, timedelta]] = {
    "price_usd": timedelta(hours=2),
    "market_cap_usd": timedelta(hours=2),
}
"""Prices move: only answers of nearly the same time can contradict."""

GIVEN_WITH: Final[Mapping[str, str]] = {"circulating_year_ago": "circulating"}
"""A field that only means something beside another one, from the same row."""

NOBODY: Final = -1


def is_known(value: Any) -> bool:
    """Whether a stored value says something: absent, null and empty are all "not known"."""
    return value is not None and value != "" and value != {} and value != []


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Which row gives what; rows are named by their place among those that were resolved.

    `main`: of each thing the row whose word counts most, in the order of the rows. `source`: by thing and
    column the row that gives it, `NOBODY` where none knows. `order`: the rows that count, those of one thing
    together, the first word first; `thing` says which one each of them speaks of.
    `newest`: of each thing and provider the newest row, whether it gives anything or not. `taking_back`: rows
    by which a provider denies what it had reported.
    """

    main: Places
    source: npt.NDArray[np.intp]
    order: Places
    thing: Places
    newest: Places
    taking_back: Places

    @property
    def giving(self) -> Places:
        """The rows that give something, and every main one; of a thing the first word first."""
        gives = np.zeros(int(self.order.max(initial=-1)) + 1, dtype=np.bool_)
        gives[self.source[self.source != NOBODY]] = True
        gives[self.main] = True
        return self.order[gives[self.order]]

    @property
    def silent(self) -> Places:
        """Rows that give nothing and were weighed: the newest of each provider, which make others look old,
        and those that take something back."""
        weighed = np.union1d(self.newest, self.taking_back)
        return weighed if not len(weighed) else np.setdiff1d(weighed, self.giving)

    def values(
        self, rows: pd.DataFrame, columns: Sequence[str], *, dated: Mapping[str, str] | None = None
    ) -> pd.DataFrame:
        """The main row of each thing, every column from the row that gives it; types stay what they are.

        `dated`: by name of a moment (`Family.moments`) the column of which it says as of when the row is that
        gives it.
        """
        place_of = {name: place for place, name in enumerate(columns)}
        taken: dict[str, Any] = {
            name: _taken(rows[name], self.source[:, place_of[name]])
            if name in place_of
            else rows[name].array.take(self.main)
            for name in rows.columns
        }
        for moment, name in (dated or {}).items():
            taken[moment] = _taken(rows["as_of"], self.source[:, columns.index(name)])
        return pd.DataFrame(taken, index=rows.index[self.main])


def resolve(
    rows: pd.DataFrame,
    *,
    family: Family,
    providers: Sequence[str],
    known: Mask,
    denied: Mask,
    columns: Sequence[str],
    in_parts: Collection[str] = (),
    stand_ins: Collection[str] = (),
    outdated: Mask | None = None,
) -> Resolution:
    """Resolve the answers about each asset, or each of its places.

    `rows` has `asset_id`, the family's `place` and `basis`, `provider`, `as_of` and `pk`. `known` says of
    each row and column whether it is known, `denied` whether it says that there is none. `providers` stand
    in the order of their precedence; those of `in_parts` take nothing back by silence, `stand_ins` fill no
    gaps. Of a row that is `outdated` (`place_ages`) only what lasts is known, and it is superseded.
    """
    if not rows.duplicated(["asset_id", *family.place]).any():
        return _each_alone(known)
    if outdated is None:
        outdated = np.zeros(len(rows), dtype=np.bool_)
    known = known & ~(outdated[:, None] & np.isin(columns, family.of_trade))
    thing = _numbered(rows, ("asset_id", *family.place))
    as_of, pk = rows["as_of"].to_numpy("datetime64[us]").astype(np.int64), rows["pk"].to_numpy(np.int64)
    speaker = _numbered(rows, ("asset_id", *family.place, "provider"))
    newest = _newest(speaker, as_of, pk)
    first = np.unique(newest)
    may_count = _may_be_merged(rows, newest, as_of, family, in_parts)
    may_count &= ~_is_covered(rows, thing, may_count, family, stand_ins)
    counts = np.flatnonzero(may_count)
    latest = np.full(int(thing.max(initial=-1)) + 1, np.iinfo(np.int64).min)
    np.maximum.at(latest, thing, as_of)
    is_superseded = latest[thing] - as_of > _microseconds(family.competes_for)
    is_superseded |= outdated
    place = {provider: number for number, provider in enumerate(providers)}
    rank = rows["provider"].map(place).fillna(len(place)).to_numpy(np.int64)
    keys = (-pk, -as_of, rank, is_superseded, thing)
    order = counts[np.lexsort([key[counts] for key in keys])]
    starts = np.flatnonzero(np.diff(thing[order], prepend=-1))
    words = Statements(
        known=known[order],
        denied=denied[order],
        word_of=speaker[order],
        is_old=is_superseded[order],
        is_persons=rows["provider"].isin([*in_parts]).to_numpy(np.bool_)[order],
    )
    told, takes_back = that_count(words, starts)
    source = _sources(told, order, starts, columns)
    main = order[starts]
    in_order_of_rows = np.argsort(main)
    return Resolution(
        main=main[in_order_of_rows],
        source=source[in_order_of_rows],
        order=order,
        thing=thing[order],
        newest=first,
        taking_back=order[takes_back],
    )


def _each_alone(known: Mask) -> Resolution:
    """There is one row of each thing."""
    every = np.arange(len(known))
    source = np.where(known, every[:, None], NOBODY)
    return Resolution(
        main=every, source=source, order=every, thing=every, newest=every, taking_back=every[:0]
    )


def known_in(rows: pd.DataFrame, columns: Sequence[str], *, family: Family) -> Mask:
    """Of each row and column whether it is known. Who did not look at a list says nothing of it."""
    known = np.empty((len(rows), len(columns)), dtype=np.bool_)
    looked_at = family.children.looked_at if family.children else ""
    for place, name in enumerate(columns):
        values = rows[name].array
        known[:, place] = ~pd.isna(values)
        if values.dtype == "str":
            known[:, place] &= np.asarray(values != "", dtype=np.bool_)
        elif name == looked_at:
            known[:, place] &= np.asarray(values == 1, dtype=np.bool_)
    return known


def last_words(rows: pd.DataFrame, *, keys: Sequence[str]) -> pd.DataFrame:
    """Without what was reported again later, by whomever; rows stand from old to new."""
    superseded = rows.duplicated([*keys], keep="last").to_numpy()
    return rows[~superseded] if superseded.any() else rows


def provenance(rows: pd.DataFrame, *, family: str) -> pd.DataFrame:
    """These rows as `sources`: of each asset the newest is cited for the family, the others had their say.

    A row for each asset and observation.
    """
    order = np.lexsort((rows["observation_id"].to_numpy(), rows["as_of"].to_numpy("datetime64[us]")))[::-1]
    newest_first = rows.iloc[order].drop_duplicates(["asset_id", "observation_id"])
    return newest_first.assign(family=np.where(newest_first.duplicated("asset_id"), "", family))


def _may_be_merged(
    rows: pd.DataFrame,
    newest: Places,
    as_of: npt.NDArray[np.int64],
    family: Family,
    in_parts: Collection[str],
) -> Mask:
    """Whether a row is its provider's newest one, or recent beside it and on the same basis.

    The basis is that of the newest row which has one: what belongs to no period agrees with any.
    """
    merged, pk = np.ones(len(rows), dtype=np.bool_), rows["pk"].to_numpy(np.int64)
    if family.stale_after is not None:
        merged &= as_of[newest] - as_of <= _microseconds(family.stale_after)
        merged |= rows["provider"].isin([*in_parts]).to_numpy(np.bool_)
    for name in family.basis:
        values = rows[name].reset_index(drop=True)
        stated = np.flatnonzero(values.notna())
        valid = stated[_newest(newest[stated], as_of[stated], pk[stated])]
        merged[stated] &= values.iloc[stated].to_numpy() == values.iloc[valid].to_numpy()
    merged[newest] = True
    return merged


def _is_covered(
    rows: pd.DataFrame, thing: Places, counted: Mask, family: Family, stand_ins: Collection[str]
) -> Mask:
    """Which rows of those who stand in are of a period that another row covers, or a later one does."""
    stands_in = rows["provider"].isin([*stand_ins]).to_numpy(np.bool_)
    covered = np.zeros(len(rows), dtype=np.bool_)
    for name in family.basis if stands_in.any() else ():
        period = pd.to_datetime(rows[name]).to_numpy("datetime64[D]").astype(np.int64)
        others = np.flatnonzero(counted & ~stands_in & rows[name].notna().to_numpy(np.bool_))
        newest = np.full(int(thing.max()) + 1, np.iinfo(np.int64).min)
        np.maximum.at(newest, thing[others], period[others])
        covered |= stands_in & (period <= newest[thing])
    return covered


def _sources(known: Mask, order: Places, starts: Places, columns: Sequence[str]) -> npt.NDArray[np.intp]:
    """By thing and column the row that gives it; `known` and `order` stand by thing, first word first."""
    if not len(order):
        return np.empty((0, len(columns)), dtype=np.intp)
    nobody = len(order)
    place = np.arange(nobody)[:, None]
    first = np.minimum.reduceat(np.where(known, place, nobody), starts, axis=0)
    for name, beside in GIVEN_WITH.items():
        if name in columns:
            given, main = columns.index(name), first[:, columns.index(beside)]
            is_there = known[np.minimum(main, nobody - 1), given] & (main < nobody)
            first[:, given] = np.where(is_there, main, nobody)
    source: npt.NDArray[np.intp] = np.append(order, NOBODY).astype(np.intp)[first]
    return source


def _numbered(rows: pd.DataFrame, keys: Sequence[str]) -> Places:
    """Rows of the same keys have the same number."""
    if not len(rows):
        return np.empty(0, dtype=np.intp)
    numbers: Places = rows.groupby([*keys], sort=False).ngroup().to_numpy().astype(np.intp)
    return numbers


def _newest(group: Places, as_of: npt.NDArray[np.int64], pk: npt.NDArray[np.int64]) -> Places:
    """Of each row the newest one of its group."""
    newest = np.empty(int(group.max(initial=-1)) + 1, dtype=np.intp)
    order = np.lexsort((pk, as_of))
    newest[group[order]] = order  # where a group repeats, its last row stays
    return newest[group]


def _taken(values: "pd.Series[Any]", source: Places) -> Any:
    """These rows' values; what nobody gives is the type's own "not known", "" of a text."""
    if values.dtype == "str":
        return values.array.take(source, allow_fill=True, fill_value="")
    return values.array.take(source, allow_fill=True)


def _microseconds(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
