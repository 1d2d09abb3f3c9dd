"""Exports: whole results of a screen as files for other programs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from screener.exports import xlsx_file
from screener.exports.contents import Export
from screener.exports.csv_file import write_csv
from screener.exports.parquet_file import write_parquet

__all__ = ["FORMATS", "Export", "Format"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """`name` is the file's extension too. `most_rows` is where the format itself stops being of use."""

    name: str
    content_type: str
    write: Callable[[Export], Iterator[bytes]]
    most_rows: int | None = None

    def has_room_for(self, export: Export) -> bool:
        return self.most_rows is None or export.rows <= self.most_rows


FORMATS: Final[Mapping[str, Format]] = {
    each.name: each
    for each in (
        Format(name="csv", content_type="text/csv; charset=utf-8", write=write_csv),
        Format(
            name="xlsx",
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write=xlsx_file.write_xlsx,
            most_rows=xlsx_file.MOST_ROWS,
        ),
        Format(name="parquet", content_type="application/vnd.apache.parquet", write=write_parquet),
    )
}
