import io

import pyarrow.parquet as pq
import pytest

from screener.exports.parquet_file import write_parquet
from tests.screener.exports.exported import HOSTILE, export_of, hostile_export


def read(export):
    return pq.ParquetFile(io.BytesIO(b"".join(write_parquet(export))))


def test_rows_come_back_typed_and_missing_is_null():
    rows = [("Alpha", False, 0.1, 0.015), (None, True, None, None), ("Gamma", False, 1e-9, -0.5)]
    found = read(export_of(*rows)).read()
    assert [tuple(row.values()) for row in found.to_pylist()] == rows
    assert [str(each) for each in found.schema.types] == ["string", "bool", "double", "double"]


def test_the_metadata_say_what_the_file_is():
    schema = read(export_of(fictional=2)).schema_arrow
    found = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert found == {
        "query": "market_cap < 100m",
        "sort": "-score",
        "tiers_token": "micro:100m,small:2b,mid:10b",
        "tiers_equity": "nano:50m,micro:300m,small:2b,mid:10b",
        "as_of": "2026-11-21T12:00:07Z",
        "rows": "0",
        "fictional_rows": "2",
        "notice": "Not financial advice.",
    }
    price = schema.field("price_usd").metadata
    assert (price[b"unit"], price[b"label"], price[b"description"]) == (b"USD", b"Price", b"Of one unit.")


def test_names_are_as_they_are_known():
    assert read(hostile_export()).read()["name"].to_pylist() == list(HOSTILE)


def test_a_batch_is_a_row_group():
    assert read(export_of(*(("A", False, 1.0, 1.0),) * 5)).num_row_groups == 3


def test_no_rows_are_a_whole_file():
    assert read(export_of()).metadata.num_rows == 0


def test_it_leaves_piece_by_piece():
    pieces = list(write_parquet(export_of(*(("A", False, 1.0, 1.0),) * 6)))
    assert len(pieces) == 4
    assert all(pieces)


def test_an_interrupted_download_closes_the_file():
    pieces = write_parquet(export_of(*(("A", False, 1.0, 1.0),) * 6))
    next(pieces)
    pieces.close()
    with pytest.raises(StopIteration):
        next(pieces)
