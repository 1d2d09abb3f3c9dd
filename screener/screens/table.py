"""Columnar table of the universe: typed, in the order of the assets' ids, never changed once given out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from screener.checklist import CRITERIA
from screener.screens.bins import scale_of
from screener.screens.columns import CATEGORIES, COLUMN_OF, IN_FORM, NO_YES, SANDBOX

Ids = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]
Gates = npt.NDArray[np.uint64]
Texts = Any
"""A `pyarrow` array of strings: three times smaller than objects, and searched ten times as fast."""

DAY_S: Final = 86_400.0
JUDGED_SIZE: Final = "position_usd"
"""Among the numbers: the size that an asset's exit figures are for, in US dollars."""
BEHIND: Final = ("round_trip_most_share", "depth_least_usd", "edge_spread_share", "edge_noise_share")
"""Among the numbers: measures that are no columns, and that criteria of the position are held against."""
GATE_IDS: Final = tuple(each.id for each in CRITERIA.values() if each.is_gate)
"""The criteria that can say stop; a gate's place here is its bit in the table."""
GATE_BITS: Final = {name: 1 << place for place, name in enumerate(GATE_IDS)}
NEVER_ASKED: Final = -1
"""Among the states: of a kind that the criterion is not asked of."""
Array = TypeVar("Array", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column as codes into `labels`, which are sorted; "" is not known."""

    codes: Codes
    labels: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Coded":
        codes, labels = pd.factorize(np.array(list(texts), dtype=object), sort=True)
        return cls(codes.astype(np.int32), tuple(map(str, labels)))

    @property
    def missing(self) -> Mask:
        missing: Mask = self.codes == (self.labels.index("") if "" in self.labels else -1)
        return missing

    def in_terms_of(self, labels: tuple[str, ...]) -> Codes:
        """The codes that these texts have among other labels, which hold all of them."""
        if labels == self.labels:
            return self.codes
        place = {label: code for code, label in enumerate(labels)}
        return np.array([place[label] for label in self.labels], dtype=np.int32)[self.codes]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A row an asset, ascending by id; all columns are equally long.

    `cards` are the ids of the scorecards that the rows were read from. `numbers` are by column key,
    NaN = not known; of a column that is `since`, seconds of the epoch. `gates_open` and
    `gates_unverified` have a bit for each of `GATE_IDS`. `states` are codes of `checklist.states.SHOWN`
    by criterion, −1 where it is not asked. `exit_costs` are the shares that a round trip loses, by size in
    dollars ("5000"). `names` are casefolded, for searching; `tags` stand between
    `SEPARATOR`s; `texts` are shown.
    """

    ids: Ids
    cards: Ids
    numbers: Mapping[str, Numbers]
    bins: Mapping[str, npt.NDArray[np.uint8]]
    categories: Mapping[str, Coded]
    gates_open: Gates
    gates_unverified: Gates
    states: Mapping[str, npt.NDArray[np.int8]]
    exit_costs: Mapping[str, npt.NDArray[np.float32]]
    names: Texts
    tags: Texts
    texts: Mapping[str, Texts]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def nbytes(self) -> int:
        """Memory of all columns."""
        return sum(each.nbytes for each in _arrays(self))

    def values(self, key: str, *, now_s: float) -> Numbers:
        """A column in its unit; `now_s` is the moment of the question, in seconds of the epoch."""
        values = self.numbers[key]
        column = COLUMN_OF.get(key)
        return (now_s - values) / DAY_S if column and column.since else values

    def text(self, name: str, place: int) -> str:
        """One cell of `texts`."""
        return str(self.texts[name][place].as_py())

    def frame(self, rows: Ids, keys: Sequence[str], *, now_s: float) -> pd.DataFrame:
        """These rows, as people may take them away: `id`, the texts, then a column for each key."""
        columns: dict[str, Any] = {"id": self.ids[rows]}
        columns |= {name: column.take(pa.array(rows)).to_pylist() for name, column in self.texts.items()}
        for key in keys:
            if key in self.categories:
                coded = self.categories[key]
                columns[key] = np.array(coded.labels, dtype=object)[coded.codes[rows]]
            else:
                columns[key] = self.values(key, now_s=now_s)[rows]
        return pd.DataFrame(columns)

    @cached_property
    def fictional(self) -> Mask:
        """Which assets are invented."""
        coded = self.categories[SANDBOX]
        invented: Mask = coded.codes == (
            coded.labels.index(NO_YES[True]) if NO_YES[True] in coded.labels else -1
        )
        return invented

    @cached_property
    def is_mixed(self) -> bool:
        """Whether there are invented assets and real ones."""
        return bool(self.fictional.any() and not self.fictional.all())

    @cached_property
    def peer_groups(self) -> Codes:
        """By tier and whether it is invented: percentiles are taken among these."""
        tiers = self.categories["tier"].codes
        return 2 * tiers + self.fictional if self.is_mixed else tiers

    @cached_property
    def name_ranks(self) -> Numbers:
        """Where each asset stands in the alphabet; NaN without a name. Equal names rank by id."""
        order = pc.sort_indices(self.names).to_numpy()
        ranks = np.empty(len(self))
        ranks[order] = np.arange(len(self))
        ranks[pc.equal(self.names, "").to_numpy(zero_copy_only=False)] = np.nan
        return ranks

    @cached_property
    def tag_labels(self) -> tuple[str, ...]:
        """Every tag, the commonest first."""
        counted = pc.value_counts(pc.list_flatten(pc.split_pattern(self.tags, SEPARATOR)))
        counts = [(each["values"].as_py(), each["counts"].as_py()) for each in counted]
        return tuple(tag for tag, _count in sorted(counts, key=lambda each: (-each[1], each[0])) if tag)

    # New rows ---------------------------------------------------------------------------

    def updated_by(self, newer: "Table") -> "Table":
        """This table with the rows of `newer` in place of those of the same assets, and its new ones."""
        if not len(newer):
            return self
        places = np.searchsorted(self.ids, newer.ids)
        is_here = np.isin(newer.ids, self.ids)
        if is_here.all():
            return _changed(self, newer, places)
        joined = np.concatenate([self.ids, newer.ids])
        kept = np.concatenate([~np.isin(self.ids, newer.ids), np.ones(len(newer), dtype=bool)])
        rows = np.flatnonzero(kept)
        rows = rows[np.argsort(joined[rows], kind="stable")]
        return _together(self, newer, rows)

    def with_values(self, **changes: Any) -> "Table":
        """The same assets with other values of these fields."""
        return _keeping_ranks(self, replace(self, **changes))

    def taken(self, rows: Ids) -> "Table":
        """These rows alone, ascending."""
        return _combined([self], lambda parts: parts[0][rows], lambda parts: parts[0].take(pa.array(rows)))


SEPARATOR: Final = "\x1f"


def tags_text(tags: Iterable[str]) -> str:
    """An asset's tags as one text that can be searched for a whole tag."""
    joined = SEPARATOR.join(tag.casefold() for tag in tags)
    return f"{SEPARATOR}{joined}{SEPARATOR}" if joined else ""


def bins_of(numbers: Mapping[str, Numbers]) -> dict[str, npt.NDArray[np.uint8]]:
    """The bar of each value in each histogram."""
    return {each.key: scale_of(each).bins(numbers[each.key]) for each in IN_FORM}


def _changed(table: Table, newer: Table, places: Ids) -> Table:
    """The same assets, some of them with new values: a copy that is written into."""

    def written(parts: Sequence[npt.NDArray[Array]]) -> npt.NDArray[Array]:
        copy = parts[0].copy()
        copy[places] = parts[1]
        return copy

    def replaced(parts: Sequence[Texts]) -> Texts:
        before, after = parts
        if before.take(pa.array(places)).equals(after):
            return before
        rows = np.arange(len(before))
        rows[places] = len(before) + np.arange(len(after))
        return _concatenated(parts).take(pa.array(rows))

    return _keeping_ranks(table, _combined([table, newer], written, replaced))


def _keeping_ranks(table: Table, changed: Table) -> Table:
    """Ranks of the same names, which take long to be sorted, are not worked out anew."""
    if changed.names is table.names and "name_ranks" in table.__dict__:
        changed.__dict__["name_ranks"] = table.name_ranks
    return changed


def _together(table: Table, newer: Table, rows: Ids) -> Table:
    return _combined(
        [table, newer],
        lambda parts: np.concatenate(list(parts))[rows],
        lambda parts: _concatenated(parts).take(pa.array(rows)),
    )


def stacked(tables: Sequence[Table]) -> Table:
    """Tables one below the other; the ids of each lie above those before."""
    return _combined(tables, lambda parts: np.concatenate(list(parts)), _concatenated)


def _concatenated(parts: Sequence[Texts]) -> Texts:
    return pa.concat_arrays(list(parts))


def _combined(
    tables: Sequence[Table],
    arrays: Callable[[Sequence[Any]], Any],
    texts: Callable[[Sequence[Texts]], Texts],
) -> Table:
    """A table whose every column is made of that column of these tables."""
    made: dict[str, Any] = {}
    for field in fields(Table):
        parts = [getattr(table, field.name) for table in tables]
        if field.name == "categories":
            made[field.name] = {each.key: _coded([p[each.key] for p in parts], arrays) for each in CATEGORIES}
        elif isinstance(parts[0], Mapping):
            made[field.name] = {key: _one([part[key] for part in parts], arrays, texts) for key in parts[0]}
        else:
            made[field.name] = _one(parts, arrays, texts)
    return replace(tables[0], **made)


def _one(
    parts: Sequence[Any], arrays: Callable[[Sequence[Any]], Any], texts: Callable[[Sequence[Texts]], Texts]
) -> Any:
    return (arrays if isinstance(parts[0], np.ndarray) else texts)(parts)


def _coded(parts: Sequence[Coded], arrays: Callable[[Sequence[Any]], Any]) -> Coded:
    labels = tuple(sorted({label for part in parts for label in part.labels}))
    return Coded(arrays([part.in_terms_of(labels) for part in parts]), labels)


def _arrays(table: Table) -> Iterable[Any]:
    for field in fields(Table):
        column = getattr(table, field.name)
        for each in column.values() if isinstance(column, Mapping) else (column,):
            yield each.codes if isinstance(each, Coded) else each
