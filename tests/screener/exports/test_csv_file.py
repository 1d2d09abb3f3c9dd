import csv
import io
import math

import pandas as pd
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from screener.exports.contents import Field
from screener.exports.csv_file import write_csv
from tests.screener.exports.exported import HOSTILE, export_of, hostile_export


def lines(export):
    """What a program reads, the byte order mark taken off."""
    body = b"".join(write_csv(export))
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_names_units_and_rows():
    header, units, *rows = lines(
        export_of(
            ("Alpha", False, 0.1, 0.015),
            (None, True, None, None),
            ("Gamma", False, 1e-9, -0.5),
        )
    )
    assert header == ["name", "fictional", "price", "spread", "about"]
    assert units[:4] == ["text", "true or false", "USD", "share of 1"]
    assert rows[0] == ["Alpha", "false", "0.1", "0.015", ""]
    assert rows[1] == ["", "true", "", "", ""], "missing is empty, never 0"
    assert float(rows[2][2]) == 1e-9


def test_the_row_of_units_says_what_the_file_is():
    _, units = lines(export_of(fictional=2))
    assert units[-1] == (
        "Screen: market_cap < 100m; Sorted by: -score; As of: 2026-11-21T12:00:07Z; Rows: 0; "
        "Note: Not financial advice.; Sandbox: 2 rows are invented assets of the sandbox market."
    )
    assert "Every asset" in lines(export_of(query=""))[1][-1]


def test_every_line_has_as_many_cells():
    assert {len(line) for line in lines(hostile_export())} == {3}


def test_hostile_names_are_neutral_and_numbers_stay_numbers():
    _, _, *rows = lines(hostile_export())
    assert [row[0] for row in rows] == list(HOSTILE.values())
    assert {row[1] for row in rows} == {"-1.5"}


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_read_back_exactly(numbers):
    export = export_of(
        *((each,) for each in numbers), fields=(Field(name="price", unit="usd"),), batch_rows=3
    )
    _, _, *rows = lines(export)
    read = [float(row[0]) for row in rows]
    assert read == numbers
    assert [math.copysign(1, each) for each in read] == [math.copysign(1, each) for each in numbers]


def test_pandas_reads_it_by_skipping_the_units():
    body = b"".join(write_csv(export_of(("Alpha", False, 0.1, 0.015), ("Beta", True, None, 0.5))))
    frame = pd.read_csv(io.BytesIO(body), skiprows=[1])
    assert frame["price"].dtype == "float64"
    assert frame["spread"].tolist() == [0.015, 0.5]
    assert frame["fictional"].tolist() == [False, True]


def test_rows_are_read_only_when_they_are_wanted():
    taken = []

    def batches(source):
        for batch in source:
            taken.append(batch.num_rows)
            yield batch

    export = export_of(*(("Alpha", False, 1.0, 1.0),) * 5)
    pieces = write_csv(export_of(batches=batches(export.batches)))
    next(pieces)
    assert taken == []
    next(pieces)
    assert taken == [2]
    assert len(list(pieces)) == 2


def test_texts_are_in_the_readers_language_and_what_programs_read_is_not():
    with translation.override("es"):
        header, units = lines(export_of())
    assert header == ["name", "fictional", "price", "spread", "about"]
    assert units[3] == "share of 1"


@pytest.mark.parametrize("query", ["=1", 'name ~ "a;b"'])
def test_a_question_is_text_too(query):
    about = lines(export_of(query=query))[1][-1]
    assert about.startswith("Screen: ")
    assert query in about
