"""Arrow snapshot of the universe's columns: memory-mapped, shared by all web processes.

Behind the columns stand a checksum of them and a mark: a byte that fell over would be a wrong figure on
a page. A file that is changed while it is mapped is noticed by its time and length (`is_intact`).
"""

import hashlib
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from stat import S_ISREG
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO, Any, Final

import numpy as np
import pyarrow as pa
import structlog

from screener.checklist import CHECKLIST_VERSION, CRITERIA
from screener.screens.columns import CATEGORIES, COLUMNS
from screener.screens.table import Coded, Table

log = structlog.get_logger(__name__)

FORMAT: Final = "6"
PREFIX: Final = ".universe-"
MARK: Final = b"assay-columns"
TAIL: Final = hashlib.sha256().digest_size + len(MARK)
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
    origin: "Origin"

    def is_intact(self) -> bool:
        """Whether nobody has written into the file since it was read."""
        return self.origin.is_as_it_was()


class Origin:
    """The very file that is mapped, whatever stands under its name by now."""

    def __init__(self, path: Path) -> None:
        self.file: IO[bytes] = path.open("rb")
        self._was = self._now()

    def _now(self) -> tuple[int, int, bool]:
        now = os.fstat(self.file.fileno())
        return now.st_size, now.st_mtime_ns, S_ISREG(now.st_mode)

    def is_as_it_was(self) -> bool:
        return self._now() == self._was

    def columns(self) -> pa.Buffer | None:
        """The columns, mapped; None where they are not what their checksum says."""
        mapped = pa.memory_map(f"/dev/fd/{self.file.fileno()}").read_buffer()
        if len(mapped) < TAIL:
            return None
        columns, tail = mapped.slice(0, len(mapped) - TAIL), mapped.slice(len(mapped) - TAIL).to_pybytes()
        return columns if tail == hashlib.sha256(columns).digest() + MARK else None


def reason_of(error: OSError) -> str:
    """Why a file can't be written, in the system's own words."""
    return error.strerror or type(error).__name__


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
            origin = Origin(self._path)
            columns = origin.columns()
        except FileNotFoundError:
            return None
        except (OSError, pa.ArrowException) as error:
            log.warning("kept columns can't be read", path=str(self._path), reason=str(error))
            return None
        if columns is None:
            log.warning("kept columns are damaged", path=str(self._path))
            return None
        stored = pa.ipc.open_file(columns).read_all()
        metadata = {key.decode(): value.decode() for key, value in (stored.schema.metadata or {}).items()}
        if metadata.get("layout") != LAYOUT:
            return None
        return UniverseSnapshot(_table(stored), int(metadata["revision"]), metadata["digest"], origin)

    def try_folder(self) -> None:
        """Write an empty file where the columns belong; an OSError says why they can't be kept there."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=self._path.parent, prefix=PREFIX):
            pass

    def write(self, table: Table, *, revision: int, digest: str) -> None:
        """Put this table in the file's place; of an empty one nothing is gained."""
        if not len(table):
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        metadata = {"layout": LAYOUT, "revision": str(revision), "digest": digest}
        columns = pa.table(dict(_columns(table))).combine_chunks().replace_schema_metadata(metadata)
        with NamedTemporaryFile(dir=self._path.parent, prefix=PREFIX, delete=False) as file:
            try:
                checked = Checksummed(file)
                with pa.ipc.new_file(checked, columns.schema) as writer:
                    writer.write_table(columns, max_chunksize=len(table))
                file.write(checked.sum.digest() + MARK)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(self._path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise


class Checksummed(io.RawIOBase):
    """A file that is written from its begin to its end, and the checksum of all that was."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.sum.update(data)
        return self._file.write(data)

    def tell(self) -> int:
        return self._file.tell()


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
