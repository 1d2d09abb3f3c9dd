import csv
import io
import math

import pandas as pd
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


def test_one_row_of_names_and_the_rows():
    header, *rows = lines(
        export_of(
            ("Alpha", False, 0.1, 0.015),
            (None, True, None, None),
            ("Gamma", False, 1e-9, -0.5),
        )
    )
    assert header == ["name", "fictional", "price_usd", "spread_share"]
    assert rows[0] == ["Alpha", "false", "0.1", "0.015"]
    assert rows[1] == ["", "true", "", ""], "missing is empty, never 0"
    assert float(rows[2][2]) == 1e-9


def test_every_line_has_as_many_cells():
    assert {len(line) for line in lines(hostile_export())} == {2}


def test_hostile_names_are_neutral_and_numbers_stay_numbers():
    _, *rows = lines(hostile_export())
    assert [row[0] for row in rows] == list(HOSTILE.values())
    assert {row[1] for row in rows} == {"-1.5"}


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_read_back_exactly(numbers):
    export = export_of(
        *((each,) for each in numbers), fields=(Field(name="price", unit="usd"),), batch_rows=3
    )
    _, *rows = lines(export)
    read = [float(row[0]) for row in rows]
    assert read == numbers
    assert [math.copysign(1, each) for each in read] == [math.copysign(1, each) for each in numbers]


def test_pandas_reads_it_without_being_told_how():
    body = b"".join(write_csv(export_of(("Alpha", False, 0.1, 0.015), ("Beta", True, None, 0.5))))
    frame = pd.read_csv(io.BytesIO(body))
    assert [*frame] == ["name", "fictional", "price_usd", "spread_share"]
    assert frame["price_usd"].dtype == "float64"
    assert frame["spread_share"].tolist() == [0.015, 0.5]
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


def test_names_are_the_same_in_every_language():
    with translation.override("es"):
        assert lines(export_of()) == [["name", "fictional", "price_usd", "spread_share"]]
