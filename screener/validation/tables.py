"""Labelled tables from files: CSV, XLSX, Parquet and ARFF, alone, as a list, a folder or a pattern."""

import csv
import gzip
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import pandas as pd
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

SEPARATORS: Final = r"[,'’\u00a0\u2009\u202f ]"
PLAIN: Final = r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?"
GROUPED: Final = rf"[-+]?\d{{1,3}}({SEPARATORS})\d{{3}}(\1\d{{3}})*(\.\d*)?"


class TableError(ValueError):
    """A table that can't be read; the message is one sentence for the person who named it."""


def read_table(named: str) -> pd.DataFrame:
    """The rows of every file that `named` says: a path, several with commas between, a folder or a pattern.

    Columns are floats (booleans are 1.0 and 0.0, missing is NaN) or objects (text, missing is None).
    """
    frames = {path: _read(path) for path in _paths(named)}
    first, columns = next((path, frame.columns) for path, frame in frames.items())
    for path, frame in frames.items():
        if set(frame.columns) != set(columns):
            raise TableError(f"{path} has other columns than {first}; files of one table share theirs.")
    table = _typed(pd.concat(frames.values(), ignore_index=True))
    if table.empty:
        raise TableError(f"{named} has no rows.")
    return table


def _paths(named: str) -> list[Path]:
    paths = [path for each in named.split(",") for path in _expanded(each.strip())]
    if not paths:
        raise TableError(f"{named!r} names no file.")
    return paths


def _expanded(named: str) -> list[Path]:
    path = Path(named)
    if not named:
        return []
    if path.is_dir():
        found = sorted(each for each in path.iterdir() if _suffix(each) in READERS)
        if not found:
            raise TableError(f"The folder {named} has no table in it; there should be {_known()} files.")
        return found
    found = [path] if path.is_file() else sorted(Path(path.anchor).glob(named.removeprefix(path.anchor)))
    if not found:
        raise TableError(f"There is no file {named}.")
    return found


def _suffix(path: Path) -> str:
    return "".join(path.name.lower().removesuffix(".gz").rpartition(".")[1:])


def _known() -> str:
    return ", ".join(READERS)


def _read(path: Path) -> pd.DataFrame:
    if _suffix(path) not in READERS:
        raise TableError(f"{path} is of no kind that can be read: {_known()}; .csv and .arff as .gz too.")
    try:
        table = READERS[_suffix(path)](path)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError, EOFError, OSError) as error:
        raise TableError(f"{path} can't be read: {error}.") from error
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise TableError(f"{path} has the column {twice[0]!r} twice.")
    return table


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: _typed_column(table[name]) for name in table.columns})


def _typed_column(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if pd.api.types.is_numeric_dtype(column):  # booleans too
        return column.astype("float64")
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%dT%H:%M:%S%z")
    texts = column.astype(object).where(column.notna(), None)
    grouped = ungrouped(texts)
    return texts if grouped is None else grouped


def ungrouped(texts: "pd.Series[Any]") -> "pd.Series[float] | None":
    """A column of numbers of which some have thousands separators, as floats; None where it is none.

    1,234.5 and 1 234.5 and 1'234.5; a column with one cell that is no such number is left as it is.
    """
    known = texts.dropna().astype(str).str.strip()
    if not known.str.fullmatch(GROUPED).any() or not known.str.fullmatch(f"{GROUPED}|{PLAIN}").all():
        return None
    numbers = known.str.replace(SEPARATORS, "", regex=True).astype("float64")
    return numbers.reindex(texts.index)


def _read_csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, encoding="utf-8-sig", skipinitialspace=True, low_memory=False)


def _read_xlsx(path: Path) -> pd.DataFrame:
    """The first sheet; its first row names the columns."""
    try:
        return pd.read_excel(path, engine="openpyxl")
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        raise TableError(f"{path} can't be read: {str(error).splitlines()[0]}") from error


def _read_parquet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (pa.ArrowException, OSError) as error:
        raise TableError(f"{path} can't be read: {str(error).splitlines()[0]}") from error


def _read_arff(path: Path) -> pd.DataFrame:
    """ARFF with dense rows; a file without its head gets the columns Attr1 … AttrN and class."""
    body = gzip.decompress(path.read_bytes()) if path.name.lower().endswith(".gz") else path.read_bytes()
    lines = [line for line in map(str.strip, body.decode().splitlines()) if line and line[0] != "%"]
    names = [_attribute(line) for line in lines if line.lower().startswith("@attribute")]
    if any(line.startswith("{") for line in lines):
        raise TableError(f"{path} has sparse rows ({{…}}); write them out.")
    rows = list(csv.reader((line for line in lines if line[0] != "@"), quotechar="'", skipinitialspace=True))
    if not rows:
        raise TableError(f"{path} has no rows.")
    names = names or [*(f"Attr{place}" for place in range(1, len(rows[0]))), "class"]
    for row in rows:
        if len(row) != len(names):
            raise TableError(f"{path} has a row of {len(row)} values for {len(names)} columns: {row[:3]}….")
    table = pd.DataFrame(rows, columns=names, dtype=object).apply(lambda column: column.str.strip())
    table = table.where(table != "?", None)
    typed: pd.DataFrame = table.apply(_numbers)
    return typed


def _attribute(line: str) -> str:
    return shlex.split(line)[1]


def _numbers(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """As numbers where every word is one."""
    numbers = pd.to_numeric(column, errors="coerce")
    return column if (numbers.isna() & column.notna()).any() else numbers


READERS: Final[Mapping[str, Callable[[Path], pd.DataFrame]]] = {
    ".csv": _read_csv,
    ".xlsx": _read_xlsx,
    ".parquet": _read_parquet,
    ".arff": _read_arff,
}
"""By the end of a file's name, without `.gz`."""
