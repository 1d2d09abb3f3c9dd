"""Batch of assets made of a labelled table: their facts, what came of them, their age and size."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics import families
from assets.metrics.facts import MOMENTS, TEXTS, Facts
from screener.validation.expressions import Expression, ExpressionError, Scope, Values, unknown_name
from screener.validation.mapping import MappingError, Part, TableMapping, word
from screener.validation.statistics import folds

Column = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

FAMILY_OF: Final = {
    "assets": families.LISTING,
    "market": families.MARKET,
    "supply": families.SUPPLY,
    "pools": families.POOLS,
    "books": families.BOOKS,
    "levels": families.BOOKS,
    "candles": families.CANDLES,
    "close_year_ago": families.CANDLES,
    "quote_year_ago": families.MARKET,
    "trading": families.TRADES,
    "holders": families.HOLDERS,
    "positions": families.HOLDERS,
    "contract": families.CONTRACT,
    "schedules": families.UNLOCKS,
    "unlocks": families.UNLOCKS,
    "usage": families.USAGE,
    "disclosure": families.DISCLOSURE,
    "audits": families.DISCLOSURE,
    "fundamentals": families.FUNDAMENTALS,
    "fundamentals_year_ago": families.FUNDAMENTALS,
    "filings": families.FILINGS,
    "capital": families.CAPITAL,
    "readings": families.CAPITAL,
    "filing_events": families.EVENTS,
    "ownership": families.OWNERSHIP,
    "venues": families.VENUE,
}
"""Which family tells a frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Rows that a mapping keeps and labels, in the order of the table."""

    table: pd.DataFrame
    mapping: TableMapping
    bad: Mask
    unlabelled: int

    @classmethod
    def of(cls, table: pd.DataFrame, mapping: TableMapping) -> "Batch":
        """Keep what the mapping's filters let through and what has a label."""
        _names_fit(table, mapping)
        for keep in mapping.keep:
            table = table[evaluate(keep, "rows", scope_of(table, mapping)) == 1]
        outcome = _outcome(table, mapping)
        labelled = ~np.isnan(outcome)
        bad = outcome[labelled] == 1
        if not bad.any() or bad.all():
            raise MappingError(_one_sided(table, mapping, all_bad=bool(bad.any())))
        kept = table[labelled].reset_index(drop=True)
        return cls(table=kept, mapping=mapping, bad=bad, unlabelled=int((~labelled).sum()))

    @property
    def age(self) -> Column | None:
        return self._figure(self.mapping.age, "age")

    @property
    def size(self) -> Column | None:
        return self._figure(self.mapping.size, "size")

    @property
    def group(self) -> Column | None:
        return self._figure(self.mapping.group, "group.by")

    @property
    def features(self) -> pd.DataFrame:
        """The numbers of the table as they are, without the outcome: what a baseline may learn from."""
        hidden = self.mapping.label.names | set(self.mapping.left_out)
        numeric = self.table.select_dtypes("number")
        return numeric[[name for name in numeric.columns if name not in hidden]]

    def facts(self) -> Facts:
        """What the table says, as facts observed at the mapping's `now`."""
        return _facts(self.table, self.mapping)

    def masked(self, share: float, *, seed: int) -> Facts:
        """The facts when this share of the cells of mapped columns, at random, were not known."""
        chance = np.random.default_rng(seed)
        table = self.table.copy()
        for name in sorted(self.mapping.inputs):
            hidden = chance.random(len(table)) < share
            table[name] = table[name].where(~hidden, None if table[name].dtype == object else np.nan)
        return _facts(table, self.mapping)

    def sample(self, most: int, *, seed: int) -> "Batch":
        """The batch, or as many of its rows at random: of either outcome the part that it has."""
        if len(self.table) <= most:
            return self
        fold = folds(self.bad, seed=seed, many=-(-len(self.table) // most))
        return replace(self, table=self.table[fold == 0].reset_index(drop=True), bad=self.bad[fold == 0])

    def _figure(self, expression: Expression | None, key: str) -> Column | None:
        if expression is None:
            return None
        return _of_kind("f", evaluate(expression, key, scope_of(self.table, self.mapping)), key)


def scope_of(table: pd.DataFrame, mapping: TableMapping) -> Scope:
    """The table's columns and the mapping's terms, worked out."""
    columns = {str(name): table[name].to_numpy() for name in table.columns}
    for name, term in mapping.terms.items():
        scope = Scope(columns=columns, now=mapping.now, rows=len(table))
        columns = {**columns, name: evaluate(term, f"terms.{name}", scope)}
    return Scope(columns=columns, now=mapping.now, rows=len(table))


def evaluate(expression: Expression, key: str, scope: Scope) -> Values:
    try:
        return expression(scope)
    except ExpressionError as error:
        raise MappingError(f"{key}: {error}") from error


def _names_fit(table: pd.DataFrame, mapping: TableMapping) -> None:
    columns = [str(each) for each in table.columns]
    named = [("baselines.leave_out", each) for each in mapping.left_out]
    if mapping.label.column is not None:
        named.append(("label.column", mapping.label.column))
    for key, name in named:
        if name not in columns:
            raise MappingError(f"{key}: {unknown_name('column', name, columns)}")
    if taken := sorted(mapping.terms.keys() & set(columns)):
        raise MappingError(f"terms.{taken[0]}: the table has a column of that name.")


def _outcome(table: pd.DataFrame, mapping: TableMapping) -> Column:
    """1 bad, 0 good, NaN where the table has no word on it."""
    label = mapping.label
    if label.condition is not None:
        values = evaluate(label.condition, "label.condition", scope_of(table, mapping))
        return _of_kind("f", values, "label.condition")
    words = table[label.column].map(word)
    known = table[label.column].notna() & (words.isin(label.good + label.bad) if label.good else True)
    return np.where(known, words.isin(label.bad).astype(np.float64), np.nan)


def _one_sided(table: pd.DataFrame, mapping: TableMapping, *, all_bad: bool) -> str:
    which = "every row is bad" if all_bad else "no row is bad"
    if mapping.label.column is None:
        return f"by label.condition {which}, so that nothing can be compared."
    found = ", ".join(map(repr, table[mapping.label.column].dropna().unique()[:6].tolist()))
    return f"by label.bad {which}, so that nothing can be compared; the column holds {found}."


def _facts(table: pd.DataFrame, mapping: TableMapping) -> Facts:
    scope, ids = scope_of(table, mapping), np.arange(1, len(table) + 1)
    by_frame: dict[str, list[pd.DataFrame]] = {}
    for part in mapping.parts:
        by_frame.setdefault(part.frame, []).append(_rows(part, scope, mapping))
    frames = {name: pd.concat(parts) for name, parts in by_frame.items()}
    sources = list(_sources(frames, now=mapping.now))
    everyone = pd.DataFrame({"asset_id": ids, "kind": mapping.kind, "fictional": 0.0})
    named = frames.pop("assets", everyone[["asset_id"]])
    frames["assets"] = everyone.merge(named, on="asset_id", how="left", suffixes=("_", ""))
    return Facts.of(
        now=mapping.now, sources=sources, **{name: _mappings(each) for name, each in frames.items()}
    )


def _mappings(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def _rows(part: Part, scope: Scope, mapping: TableMapping) -> pd.DataFrame:
    """One part's rows: those where its condition holds and something of the table is known."""
    values = {}
    for name, expression in part.columns.items():
        key = f"{part.key}.{name}"
        values[name] = _of_kind(_kind(name), evaluate(expression, key, scope), key)
    known = [~pd.isna(values[name]) for name, each in part.columns.items() if mapping.columns_of(each)]
    kept = np.logical_or.reduce(known) if known else np.ones(scope.rows, dtype=np.bool_)
    if part.when is not None:
        kept &= evaluate(part.when, f"{part.key}.when", scope) == 1
    return pd.DataFrame({"asset_id": np.arange(1, scope.rows + 1), **values})[kept]


def _kind(name: str) -> str:
    return "M" if name in MOMENTS else "O" if name in TEXTS else "f"


def _of_kind(kind: str, values: Values, key: str) -> Values:
    if values.dtype.kind != kind:
        raise MappingError(f"{key} must give {KINDS_OF_VALUES[kind]}.")
    return np.where(np.isinf(values), np.nan, values) if kind == "f" else values


KINDS_OF_VALUES: Final = {
    "M": "moments; write days_ago(…), or moment(…) of a column of texts",
    "O": "texts; write a text in single quotes inside the double ones",
    "f": "numbers; of a column of texts take number(…), or compare it with a text",
}


def _sources(frames: dict[str, pd.DataFrame], *, now: datetime) -> Iterator[dict[str, Any]]:
    """Every family of which something is known was observed just now, so that nothing counts as stale."""
    for family in sorted({FAMILY_OF[name] for name in frames}):
        ids = [rows["asset_id"] for name, rows in frames.items() if FAMILY_OF[name] == family]
        for asset_id in np.unique(np.concatenate(ids)).tolist():
            yield {
                "asset_id": asset_id,
                "family": family,
                "observation_id": asset_id,
                "provider": "table",
                "as_of": now,
                "known_at": now,
            }
