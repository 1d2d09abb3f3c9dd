from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pyarrow as pa
import pytest

from screener.exports import FORMATS
from screener.exports.contents import UNITS, Field
from screener.screens.columns import COLUMNS
from screener.words import numbers
from tests.screener.exports.exported import export_of


def test_every_unit_of_a_column_and_of_a_figure_is_known():
    assert {each.unit for each in COLUMNS} <= set(UNITS)
    assert set(numbers.UNITS) <= set(UNITS)


@pytest.mark.parametrize(
    ("unit", "type_", "word"), [("text", pa.string(), b"text"), ("share", pa.float64(), b"share of 1")]
)
def test_a_field_is_a_typed_column_with_its_unit(unit, type_, word):
    found = Field(name="a", unit=unit).schema
    assert found.type == type_
    assert found.metadata == {b"unit": word}


def test_the_name_of_a_file_says_what_and_when_in_utc():
    found = replace(
        export_of(), kind="equities", as_of=datetime(2026, 11, 22, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    )
    assert found.file_name("csv") == "assay-equities-2026-11-21T2330Z.csv"
    assert found.moment == "2026-11-21T23:30:00Z"


def test_formats_say_how_much_they_hold():
    few, many = export_of(rows=200_000), export_of(rows=200_001)
    assert all(each.has_room_for(few) for each in FORMATS.values())
    assert [each.name for each in FORMATS.values() if each.has_room_for(many)] == ["csv", "parquet"]
