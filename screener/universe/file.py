"""Arrow snapshot of the universe's columns: memory-mapped, shared by all web processes."""

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
class UniverseSnapshot:
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
        identity = "|".join(str(database.get(name, "")) for name in ("ENGINE", "HOST", "PORT", "NAME"))
        name = hashlib.sha256(identity.encode()).hexdigest()[:16]
        return cls(folder / f"{name}.arrow") if folder else None

    def read(self) -> UniverseSnapshot | None:
        """What was kept last, or None where there is nothing of use."""
        try:
            stored = pa.ipc.open_file(pa.memory_map(str(self._path))).read_all()
        except (FileNotFoundError, pa.ArrowInvalid):
            return None
        metadata = {key.decode(): value.decode() for key, value in (stored.schema.metadata or {}).items()}
        if metadata.get("layout") != LAYOUT:
            return None
        return UniverseSnapshot(_table(stored), int(metadata["revision"]), metadata["digest"])

    def write(self, table: Table, *, revision: int, digest: str) -> None:
        """Put this table in the file's place; of an empty one nothing is gained."""
        if not len(table):
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        metadata = {"layout": LAYOUT, "revision": str(revision), "digest": digest}
        columns = pa.table(dict(_columns(table))).combine_chunks().replace_schema_metadata(metadata)
        with (
            NamedTemporaryFile(dir=self._path.parent, prefix=".universe-", delete=False) as file,
            pa.ipc.new_file(file, columns.schema) as writer,
        ):
            writer.write_table(columns, max_chunksize=len(table))
        Path(file.name).replace(self._path)


def _columns(table: Table) -> Any:
    for field in fields(Table):
        value = getattr(table, field.name)
        if not isinstance(value, Mapping):
            yield field.name, pa.array(value)
            continue
        for key, column in value.items():
            name = f"{field.name}:{key}"
            if isinstance(column, Coded):
                yield name, pa.DictionaryArray.from_arrays(column.codes, list(column.labels))
            else:
                yield name, pa.array(column)


def _table(stored: pa.Table) -> Table:
    made: dict[str, Any] = {}
    for name in stored.column_names:
        field, _, key = name.partition(":")
        column = _read(stored.column(name).combine_chunks())
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
