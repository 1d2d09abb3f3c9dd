"""One question of five conditions, and who answers it over the same columns.

NumPy by hand is the question written out by somebody who knows it beforehand. DuckDB has the columns in
memory and answers prepared statements; SQLite has them in a file, with an index on each column that is
asked about and one in the order of the page. Datasette makes its page from that same file.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import numpy as np
import pyarrow as pa

from screener.screens.columns import CATEGORIES, SHOWN
from screener.screens.conditions import Comparison, Condition, Gated, Not, Number, OneOf, Operator, both
from screener.screens.evaluate import Context, evaluate
from screener.screens.order import page_of, sort_values
from screener.screens.table import Table
from screener.services.screening.run_screen import PAGE_SIZE

INDEXED: Final = ("kind", "market_cap", "top10_adj", "exit_days", "gates_open", "score DESC, id")
WHERE: Final = "kind = 'token' AND market_cap < ? AND top10_adj < ? AND exit_days < ? AND gates_open = 0"
COUNTED: Final = f"SELECT count(*) FROM assets WHERE {WHERE}"  # noqa: S608 - our own words
PAGE: Final = f"SELECT id FROM assets WHERE {WHERE} ORDER BY score DESC NULLS LAST, id LIMIT {PAGE_SIZE}"  # noqa: S608
AT_ONCE: Final = 20_000
"""Rows that are handed to SQLite at once."""


@dataclass(frozen=True, slots=True)
class Question:
    """Tokens below a market cap, of few hands, soon sold, that no gate stops."""

    cap_usd: float
    top_share: float
    days: float

    @classmethod
    def varied(cls, place: int) -> "Question":
        """Every place asks a little less, so that no answer of before is of use."""
        less = 1 - place / 10_000
        return cls(100e6 * less, 0.4 * less, 3 * less)

    @property
    def limits(self) -> tuple[float, float, float]:
        return (self.cap_usd, self.top_share, self.days)

    @property
    def condition(self) -> Condition:
        limits = zip(("market_cap", "top10_adj", "exit_days"), self.limits, strict=True)
        below = (Comparison(Number(key), Operator.BELOW, value) for key, value in limits)
        return both(OneOf("kind", ("token",)), *below, Not(Gated(("any",))))


@dataclass(frozen=True, slots=True)
class Answer:
    """How many there are, and the ids of the first page, the highest score first."""

    count: int
    ids: tuple[int, ...]


Rival = Callable[[Question], Answer]


def ours(table: Table) -> Rival:
    def answer(question: Question) -> Answer:
        context = Context(now_s=time.time())
        rows = np.flatnonzero(evaluate(table, question.condition, context))
        values = sort_values(table, "score", now_s=context.now_s)
        page = page_of(values, rows, 0, PAGE_SIZE, descending=True)
        return Answer(len(rows), tuple(table.ids[page].tolist()))

    return answer


def by_hand(table: Table) -> Rival:
    """Masks are joined in place; only what lies at or above the last score of the page is sorted."""
    cap, top, days, score = (table.numbers[key] for key in ("market_cap", "top10_adj", "exit_days", "score"))
    kinds, gates, ids = table.categories["kind"], table.gates_open, table.ids
    token = kinds.labels.index("token") if "token" in kinds.labels else -1
    mask, other = np.empty(len(table), dtype=bool), np.empty(len(table), dtype=bool)

    def answer(question: Question) -> Answer:
        np.less(cap, question.cap_usd, out=mask)
        for values, limit in ((top, question.top_share), (days, question.days)):
            np.logical_and(mask, np.less(values, limit, out=other), out=mask)
        np.logical_and(mask, np.equal(kinds.codes, token, out=other), out=mask)
        np.logical_and(mask, np.equal(gates, 0, out=other), out=mask)
        rows = np.flatnonzero(mask)
        count, downwards = len(rows), -score[rows]
        if count > PAGE_SIZE:
            last = np.partition(downwards, PAGE_SIZE - 1)[PAGE_SIZE - 1]
            if last == last:  # Else the page holds scores that are not known, which come last anyway.
                near = np.flatnonzero(downwards <= last)
                rows, downwards = rows[near], downwards[near]
        page = rows[np.argsort(downwards, kind="stable")[:PAGE_SIZE]]
        return Answer(count, tuple(ids[page].tolist()))

    return answer


def duckdb_of(columns: pa.Table) -> Rival:
    import duckdb

    database = duckdb.connect()
    database.register("columns", columns)
    database.execute("CREATE TABLE assets AS SELECT * FROM columns")
    database.unregister("columns")
    for name, statement in (("counted", COUNTED), ("page", PAGE)):
        database.execute(f"PREPARE {name} AS {statement}")

    def answer(question: Question) -> Answer:
        limits = ", ".join(map(repr, question.limits))
        counted = database.execute(f"EXECUTE counted({limits})").fetchone()
        page = database.execute(f"EXECUTE page({limits})").fetchall()
        return Answer(counted[0] if counted else 0, tuple(each for (each,) in page))

    return answer


def sqlite_of(file: Path) -> Rival:
    database = sqlite3.connect(file)
    database.execute("PRAGMA mmap_size = 4294967296")

    def answer(question: Question) -> Answer:
        (count,) = database.execute(COUNTED, question.limits).fetchone()
        page = database.execute(PAGE, question.limits).fetchall()
        return Answer(count, tuple(each for (each,) in page))

    return answer


def columns_of(table: Table) -> pa.Table:
    """All columns as others take them: categories as codes, and nothing where a value is not known."""
    return pa.table(
        {
            "id": table.ids,
            **table.texts,
            **{each.key: _coded(table, each.key) for each in CATEGORIES},
            **{key: pa.array(values, from_pandas=True) for key, values in table.numbers.items()},
            "gates_open": table.gates_open.astype(np.int64),
        }
    )


def _coded(table: Table, key: str) -> pa.Array:
    coded = table.categories[key]
    return pa.DictionaryArray.from_arrays(coded.codes, list(coded.labels))


def write_sqlite(columns: pa.Table, file: Path) -> None:
    """The columns as the table `assets`, indexed and analysed."""
    with sqlite3.connect(file) as database:
        names = ", ".join(f'"{field.name}" {_type_in_sqlite(field)}' for field in columns.schema)
        marks = ", ".join("?" * columns.num_columns)
        database.execute(f"CREATE TABLE assets ({names})")
        for start in range(0, columns.num_rows, AT_ONCE):
            rows = zip(*(each.to_pylist() for each in columns.slice(start, AT_ONCE).columns), strict=True)
            database.executemany(f"INSERT INTO assets VALUES ({marks})", rows)  # noqa: S608 - only marks
        for place, name in enumerate(INDEXED):
            database.execute(f"CREATE INDEX index_{place} ON assets ({name})")
        database.execute("ANALYZE")
    database.close()


def _type_in_sqlite(field: pa.Field) -> str:
    """Named, because Datasette compares with texts, which only a column of numbers makes numbers of."""
    if field.name == "id":
        return "INTEGER PRIMARY KEY"
    return (
        "REAL"
        if pa.types.is_floating(field.type)
        else "INTEGER"
        if pa.types.is_integer(field.type)
        else "TEXT"
    )


def datasette_pages_ms(file: Path, asked: Mapping[Question, int], more: Mapping[str, Any]) -> list[float]:
    """Milliseconds of Datasette's page for each question, which must find so many rows.

    `more` are words of its address. Its limits of time for facets are those it comes with; the one for a
    whole statement is lifted, or it would refuse at a million.
    """
    from datasette.app import Datasette  # type: ignore[import-untyped]

    async def taken() -> list[float]:
        datasette = Datasette([str(file)], settings={"sql_time_limit_ms": 60_000})
        await datasette.invoke_startup()
        times = []
        for question, count in asked.items():
            address = f"/{file.stem}/assets?{urlencode({**_words(question), **more}, doseq=True)}"
            begun = time.perf_counter()
            response = await datasette.client.get(address)
            times.append(1000 * (time.perf_counter() - begun))
            if response.status_code != 200 or f"{count:,} row" not in response.text:
                raise RuntimeError(f"Datasette answered {response.status_code} or another count to {address}")
        return times

    return asyncio.run(taken())


def _words(question: Question) -> dict[str, Any]:
    return {
        "kind": "token",
        "market_cap__lt": question.cap_usd,
        "top10_adj__lt": question.top_share,
        "exit_days__lt": question.days,
        "gates_open": 0,
        "_sort_desc": "score",
        "_size": PAGE_SIZE,
        "_col": ["name", "symbol", *SHOWN],
    }


PLAIN: Final = {"_nofacet": "on", "_nosuggest": "on"}
"""Without facets, and without suggesting any."""
WITH_FACETS: Final = {"_facet": [each.key for each in CATEGORIES]}
"""Counts of the same categories as on our page, and suggestions of others, which are the default."""
