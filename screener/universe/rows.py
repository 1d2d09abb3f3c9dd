"""Scorecards as columns: what is read of them and of their assets, and how it becomes a table."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

import numpy as np
import pyarrow as pa
from django.conf import settings

from assets.metrics.exit_costs import EXIT_SIZES_USD
from assets.models import Asset
from screener.checklist import CHECKLIST_VERSION, CRITERIA, DIMENSIONS
from screener.checklist.states import LETTERS, QUESTIONED, SHOWN, UNKNOWN
from screener.models import Scorecard
from screener.screens.columns import CATEGORIES, COLUMNS, NO_YES, SANDBOX
from screener.screens.table import (
    BEHIND,
    GATE_BITS,
    JUDGED_SIZE,
    NEVER_ASKED,
    Coded,
    Table,
    bins_of,
    tags_text,
)

OF_ASSET: Final = (
    "kind",
    "slug",
    "symbol",
    "name",
    "chain",
    "sector",
    "venue",
    "likeness",
    "fictional",
    "created_at",
    "tags",
)
OF_CARD: Final = (
    "id",
    "asset_id",
    "checklist_version",
    "tier",
    "grade",
    "label",
    "total",
    "total_low",
    "total_high",
    "coverage",
    "as_of",
    "gates_open",
    "gates_unverified",
    "states",
    "dimensions",
    "figures",
    "questioned",
    "exit_costs",
)
FIELDS: Final = (*OF_CARD, *(f"asset__{name}" for name in OF_ASSET))
CATEGORY_FIELDS: Final = {
    each.key: f"asset__{each.key}" if each.key in OF_ASSET else each.key for each in CATEGORIES
}
PLAIN: Final = {"total": "total", "coverage": "coverage", "as_of": "as_of", "created_at": "asset__created_at"}
"""Sources of columns that are fields of their own → the field."""
DIMENSION_IDS: Final = frozenset(each.id for each in DIMENSIONS)
KEY_OF_SOURCE: Final = {each.source: each.key for each in COLUMNS}
NOTHING_QUESTIONED: Final[Mapping[int, Collection[str]]] = {}
QUESTIONED_CODE: Final = SHOWN.index(QUESTIONED)
CODE_OF: Final = {letter: code for code, letter in enumerate(LETTERS.values())}
ASKED: Final = {
    kind: [each.id for each in CRITERIA.values() if kind in each.kinds] for kind in ("token", "equity")
}
"""The criteria of each kind, in the order of their findings."""


def table_of(
    rows: list[tuple[Any, ...]], *, questioned: Mapping[int, Collection[str]] = NOTHING_QUESTIONED
) -> Table:
    """Columns of scorecards that are tuples of `FIELDS`, ascending by asset.

    `questioned` are by scorecard the criteria whose answers are not known because of a contradiction.
    """
    columns = dict(zip(FIELDS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(FIELDS, ())
    numbers = _numbers(columns)
    texts = {
        name: pa.array(columns[f"asset__{name}"], pa.large_string()) for name in ("slug", "symbol", "name")
    }
    of_cards = zip(columns["questioned"], columns["figures"], strict=True)
    questions = [questioned_keys(*each) for each in of_cards]
    texts["questions"] = pa.array(questions, pa.large_string())
    labels = columns | {
        "questioned": [NO_YES[bool(each)] for each in questions],
        "rated": [NO_YES[each is not None] for each in columns["total"]],
        SANDBOX: [NO_YES[bool(each)] for each in columns["asset__fictional"]],
    }
    named = zip(columns["asset__name"], columns["asset__symbol"], strict=True)
    return Table(
        ids=np.array(columns["asset_id"], dtype=np.int64),
        cards=np.array(columns["id"], dtype=np.int64),
        numbers=numbers,
        bins=bins_of(numbers),
        categories={key: Coded.of(labels[field]) for key, field in CATEGORY_FIELDS.items()},
        gates_open=_gates(columns["gates_open"]),
        gates_unverified=_gates(columns["gates_unverified"]),
        states=_states(columns, questioned),
        exit_costs=_exit_costs(columns["exit_costs"]),
        names=pa.array(
            [f"{name or symbol} {symbol}".strip().casefold() for name, symbol in named], pa.large_string()
        ),
        tags=pa.array([tags_text(map(str, tags)) for tags in columns["asset__tags"]], pa.large_string()),
        texts=texts,
    )


def unstored_table(cards: Iterable[Scorecard]) -> Table:
    """Rows of cards that are not stored and have their assets; card 0."""
    read = attrgetter(*(name.replace("__", ".") for name in FIELDS))
    return table_of([(0, *read(card)[1:]) for card in sorted(cards, key=attrgetter("asset_id"))])


def unscored_table(assets: Iterable[Asset]) -> Table:
    """Rows of assets that have no scorecard yet: who they are, and nothing else; card 0."""
    return unstored_table(Scorecard(asset=each) for each in assets)


def questioned_keys(questioned: Mapping[str, Any], figures: Mapping[str, float]) -> str:
    """The columns that are not known because other figures contradict them, joined by spaces."""
    would_be = questioned.get("figures", {})
    return " ".join(KEY_OF_SOURCE[name] for name in would_be if name in KEY_OF_SOURCE and name not in figures)


def _numbers(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Every registered column, the interval of the score, what is behind exits, the judged position."""
    nothing, usual = float("nan"), float(settings.ASSAY_POSITION_USD)
    figures, dimensions = columns["figures"], columns["dimensions"]
    numbers = {
        "score_low": np.array(columns["total_low"], dtype=np.float64),
        "score_high": np.array(columns["total_high"], dtype=np.float64),
        JUDGED_SIZE: np.fromiter(
            (each.get(JUDGED_SIZE, usual) for each in figures), np.float64, len(figures)
        ),
    }
    for name in BEHIND:
        numbers[name] = np.fromiter((each.get(name, nothing) for each in figures), np.float64, len(figures))
    for column in COLUMNS:
        source = column.source
        if source in PLAIN:
            values = columns[PLAIN[source]]
            numbers[column.key] = _seconds(values) if column.since else np.array(values, dtype=np.float64)
        elif source in DIMENSION_IDS:
            # Where the whole is not rated, a part of it has no point score either.
            scores = (
                100 * each[source]["score"] if source in each and total is not None else nothing
                for each, total in zip(dimensions, columns["total"], strict=True)
            )
            numbers[column.key] = np.fromiter(scores, np.float64, len(dimensions))
        else:
            values = (each.get(source, nothing) for each in figures)
            numbers[column.key] = np.fromiter(values, np.float64, len(figures))
    return numbers


def _exit_costs(column: Iterable[Sequence[float | None] | None]) -> dict[str, Any]:
    """By size in dollars what a round trip costs; of a card that does not tell it is not known."""
    nothing = [None] * len(EXIT_SIZES_USD)
    told = [each if each and len(each) == len(nothing) else nothing for each in column]
    costs = np.array(told, dtype=np.float32)
    by_size = costs.reshape(-1, len(nothing)).T
    return {f"{size:.0f}": each.copy() for size, each in zip(EXIT_SIZES_USD, by_size, strict=True)}


def _seconds(moments: Iterable[Any]) -> Any:
    """Moments, or on SQLite their text in UTC, as seconds of the epoch."""
    times = np.array(
        [each if isinstance(each, str) or each is None else each.replace(tzinfo=None) for each in moments],
        dtype="datetime64[us]",
    )
    return np.where(np.isnat(times), np.nan, times.astype(np.int64) / 1e6)


def _gates(gates: Iterable[Iterable[str]]) -> Any:
    """A bit for each gate; one that the checklist no longer knows is left out."""
    return np.array([sum(GATE_BITS.get(name, 0) for name in names) for names in gates], dtype=np.uint64)


def _states(columns: Mapping[str, Any], questioned: Mapping[int, Collection[str]]) -> dict[str, Any]:
    """By criterion the code of each asset's state. Cards of another checklist say nothing of this one's."""
    size = len(columns["asset_id"])
    states = {name: np.full(size, NEVER_ASKED, dtype=np.int8) for name in CRITERIA}
    kinds, versions = columns["asset__kind"], columns["checklist_version"]
    for kind, names in ASKED.items():
        rows = [
            place
            for place, letters in enumerate(columns["states"])
            if kinds[place] == kind and versions[place] == CHECKLIST_VERSION and len(letters) == len(names)
        ]
        letters = "".join(columns["states"][place] for place in rows)
        codes = np.array([CODE_OF[each] for each in letters], dtype=np.int8).reshape(len(rows), len(names))
        for place, name in enumerate(names):
            states[name][rows] = codes[:, place]
    place_of = {card: place for place, card in enumerate(columns["id"])} if questioned else {}
    for card, doubted in questioned.items():
        for name in (each for each in doubted if each in states):
            if states[name][place_of[card]] == UNKNOWN:
                states[name][place_of[card]] = QUESTIONED_CODE
    return states
