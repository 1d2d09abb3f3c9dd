"""The universe's columns as an Arrow file: read by mapping it into memory, shared by all web processes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

import numpy as np
import pyarrow as pa

from screener.checklist import CHECKLIST_VERSION, CRITERIA
from screener.screens.columns import CATEGORIES, COLUMNS
from screener.screens.table import Coded, Table

FORMAT: Final = "2"
LAYOUT: Final = hashlib.sha256(
    repr((FORMAT, CHECKLIST_VERSION, sorted(CRITERIA), COLUMNS, CATEGORIES)).encode()
).hexdigest()
"""What the columns mean; a file of other columns is of no use."""


@dataclass(frozen=True, slots=True)
class Kept:
    """`digest` is that of the scorecard `revision`: who finds it in the database may use the table."""

    table: Table
    revision: int
    digest: str


class UniverseFile:
    """One a database. Several processes may read and write it: a write puts another file in its place."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, database: Mapping[str, Any], *, folder: Path | None) -> "UniverseFile | None":
        """The file of this database; None where no folder is to be written to."""
        told = "|".join(str(database.get(name, "")) for name in ("ENGINE", "HOST", "PORT", "NAME"))
        name = hashlib.sha256(told.encode()).hexdigest()[:16]
        return cls(folder / f"{name}.arrow") if folder else None

    def read(self) -> Kept | None:
        """What was kept last, or None where there is nothing of use."""
        try:
            told = pa.ipc.open_file(pa.memory_map(str(self._path))).read_all()
        except (FileNotFoundError, pa.ArrowInvalid):
            return None
        metadata = {key.decode(): value.decode() for key, value in (told.schema.metadata or {}).items()}
        if metadata.get("layout") != LAYOUT:
            return None
        return Kept(_table(told), int(metadata["revision"]), metadata["digest"])

    def write(self, table: Table, *, revision: int, digest: str) -> None:
        """Put this table in the file's place; of an empty one nothing is gained."""
        if not len(table):
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        metadata = {"layout": LAYOUT, "revision": str(revision), "digest": digest}
        told = pa.table(dict(_columns(table))).combine_chunks().replace_schema_metadata(metadata)
        with (
            NamedTemporaryFile(dir=self._path.parent, prefix=".universe-", delete=False) as file,
            pa.ipc.new_file(file, told.schema) as writer,
        ):
            writer.write_table(told, max_chunksize=len(table))
        Path(file.name).replace(self._path)


def _columns(table: Table) -> Any:
    for field in fields(Table):
        told = getattr(table, field.name)
        if not isinstance(told, Mapping):
            yield field.name, pa.array(told)
            continue
        for key, column in told.items():
            name = f"{field.name}:{key}"
            if isinstance(column, Coded):
                yield name, pa.DictionaryArray.from_arrays(column.codes, list(column.labels))
            else:
                yield name, pa.array(column)


def _table(told: pa.Table) -> Table:
    made: dict[str, Any] = {}
    for name in told.column_names:
        field, _, key = name.partition(":")
        column = _read(told.column(name).combine_chunks())
        if key:
            made.setdefault(field, {})[key] = column
        else:
            made[field] = column
    return Table(**made)


def _read(column: Any) -> Any:
    if pa.types.is_dictionary(column.type):
        labels = tuple(column.dictionary.to_pylist())
        return Coded(column.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), labels)
    if pa.types.is_large_string(column.type):
        return column
    return column.to_numpy(zero_copy_only=False)
