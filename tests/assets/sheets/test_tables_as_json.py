import json
from datetime import UTC
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sheets.tables import SheetTable, Wanted
from assets.sheets.tables_as_json import order_read, order_written, refusal_read, table_read, table_written
from assets.sheets.units import HeaderUnit
from assets.sourcing.contract import UnreadableError

CELLS = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    *(st.characters(categories=["Cs"]), st.dates(), st.times(), st.timedeltas()),
    st.datetimes(timezones=st.none() | st.just(UTC)),
)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
UNITS = st.builds(
    HeaderUnit, st.none() | st.decimals(allow_nan=False, allow_infinity=False), NAMES, st.booleans()
)
TABLES = st.builds(
    SheetTable,
    header=st.lists(NAMES).map(tuple),
    lines=st.lists(st.tuples(st.integers(1, 9), st.lists(CELLS).map(tuple))).map(tuple),
    left_out=st.lists(st.tuples(st.integers(1, 9), NAMES)).map(tuple),
    units=st.dictionaries(NAMES, UNITS),
    said=NAMES,
    said_unit=UNITS,
    tab=NAMES,
    other_tabs=st.lists(NAMES).map(tuple),
    hidden_tabs=st.lists(NAMES).map(tuple),
)


@given(TABLES)
def test_a_table_comes_back_as_it_was(table):
    read = table_read(table_written(table))
    assert read == table
    kinds = [[type(cell) for cell in cells] for _number, cells in read.lines]
    assert kinds == [[type(cell) for cell in cells] for _number, cells in table.lines]


@given(st.binary())
def test_an_order_has_the_file_as_it_is(body):
    wanted = Wanted(columns=("total", "as_of"), required=("total",), tab="Supply\n2026")
    sent, read = order_read(order_written(body, wanted))
    assert sent == body
    assert ([*read.columns], [*read.required], read.tab) == (
        ["total", "as_of"],
        ["total"],
        "Supply\n2026",
    )


FINE: dict[str, Any] = {"header": ["total"], "lines": [[2, [1.5]]]}


def test_what_has_the_shape_of_a_table_is_one():
    assert table_read(json.dumps(FINE).encode()) == SheetTable(("total",), ((2, (1.5,)),))
    unit = table_read(json.dumps({**FINE, "units": {"total": {"factor": "1000"}}}).encode()).units["total"]
    assert unit == HeaderUnit(factor=Decimal(1_000))


BAD_CELLS: list[Any] = [[], {}, {"date": "soon"}, {"eval": "1"}, {"date": 7}, {"timedelta": 10**30}]
BAD_CELLS += [{"date": "2026-02-01", "time": "10:00"}]
BAD_TABLES: list[dict[str, Any]] = [
    *({"lines": [[2, [cell]]]} for cell in BAD_CELLS),
    *({"header": "total"}, {"header": [1]}, {"lines": [["2", 1.5]]}, {"lines": {}}, {"units": [1]}),
    *({"said_unit": {"factor": "many"}}, {"tab": None}, {"is_western": "perhaps"}),
]
NO_TABLES = [b"", b"\x80\x04.", b"[", b"[" * 100_000, b"7", b"null", b'"text"', b"{}", b"\xff\xfe{"]
NO_TABLES += [json.dumps(FINE | wrong).encode() for wrong in BAD_TABLES]


@pytest.mark.parametrize("sent", NO_TABLES, ids=lambda sent: repr(sent[:60]))
def test_anything_else_is_refused(sent):
    with pytest.raises(UnreadableError, match="not an XLSX workbook"):
        table_read(sent)


@pytest.mark.parametrize("sent", [b"", b"7", b'{"why": "x"}', b"[" * 100_000])
def test_a_refusal_is_a_sentence(sent):
    assert refusal_read(b'"It is empty."') == "It is empty."
    with pytest.raises(UnreadableError):
        refusal_read(sent)
