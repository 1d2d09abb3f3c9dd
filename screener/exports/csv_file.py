"""CSV: UTF-8 with a byte order mark, names, a row of units, then the rows; missing is empty.

What the file is (screen, moment, number of rows) must not cost anybody the reading of it: comment lines
before the header or after the last row are rows of another shape, over which readers stumble. So it stands
in the row of units, which a program skips anyway, under a last column `about` that is empty everywhere else:
each line has the same number of cells. Kind and moment are in the name of the file as well.

Numbers have the fewest digits that read back as exactly the same float; shares are fractions of 1.
`pyarrow` writes them in half the time of Python's `csv`, and other requests can run meanwhile.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import chain
from typing import Any, Final

import pyarrow as pa
from pyarrow import csv as arrow_csv

from screener.exports.contents import UNITS, Export
from screener.exports.protection import protected_columns, protected_text

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, spreadsheet programs take UTF-8 for something else."""
ABOUT: Final = "about"
OPTIONS: Final = arrow_csv.WriteOptions(include_header=False)


def write_csv(export: Export) -> Iterator[bytes]:
    """Whole lines in each piece."""
    head = StringIO(newline="")
    writer = csv.writer(head, lineterminator="\n")
    about = "; ".join(f"{name}: {text}" for name, text in export.about)
    writer.writerow([*(each.name for each in export.fields), ABOUT])
    writer.writerow([*(UNITS[each.unit].word for each in export.fields), protected_text(about)])
    first = (BYTE_ORDER_MARK + head.getvalue()).encode()
    return chain([first], map(_lines, export.batches))


def _lines(batch: Any) -> bytes:
    columns = [*protected_columns(batch), pa.nulls(batch.num_rows, pa.string())]
    sink = pa.BufferOutputStream()
    named = pa.RecordBatch.from_arrays(columns, names=[*batch.schema.names, ABOUT])
    arrow_csv.write_csv(named, sink, OPTIONS)
    return bytes(sink.getvalue().to_pybytes())
