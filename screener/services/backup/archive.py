"""Backup archive: one ZIP file with the database's parts and a manifest that says what each must be.

The manifest is written last: an archive without one was never finished. It has the size and SHA-256 of each
part, and the columns and number of rows of each table.
"""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
BLOCK: Final = 1 << 20
LARGEST_MANIFEST: Final = 16 << 20
"""A manifest has some hundred lines; a larger one is not ours."""


UNREADABLE: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError),
    *(NotImplementedError, RuntimeError, UnicodeDecodeError),
)
"""What reading a damaged ZIP file raises; the last three where a flag or a name in it is."""


class BackupError(Exception):
    """Why a backup can't be made, or an archive can't be used, as a sentence."""


@dataclass(frozen=True, slots=True)
class ArchivedPart:
    """A member of the archive; `bytes` and `sha256` of what it holds, unpacked."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ArchivedTable:
    """A table as it was: columns in the order of the part that holds its rows; `part` is "" for SQLite."""

    name: str
    columns: tuple[str, ...]
    rows: int
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive holds. `migrations` are (app, name), `sequences` the last number each has given."""

    vendor: Literal["sqlite", "postgresql"]
    made_at: datetime
    checklist_version: str
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[ArchivedTable, ...]
    parts: tuple[ArchivedPart, ...]
    sequences: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


class ArchiveWriter:
    """Takes parts one by one; each is a file, or written bit by bit."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self.parts: list[ArchivedPart] = []

    @contextmanager
    def part(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """Yields what takes the part's bytes."""
        digest, size = hashlib.sha256(), 0

        def write(data: bytes) -> None:
            nonlocal size
            digest.update(data)
            size += len(data)
            member.write(data)

        with self._packed.open(_member(name), "w", force_zip64=True) as member:
            yield write
        self.parts.append(ArchivedPart(name, size, digest.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        stored = json.dumps({"format": FORMAT, **asdict(manifest)}, default=datetime.isoformat)
        self._packed.writestr(_member(MANIFEST), stored)


@contextmanager
def new_archive(path: Path) -> Iterator[ArchiveWriter]:
    """Write an archive beside its place, for the owner's eyes alone, and put it there when it is whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes the file with permissions 0600.
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                yield ArchiveWriter(packed)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """An archive and its manifest; what is in the parts has not been looked at."""
    try:
        packed = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {path}.") from error
    except UNREADABLE as error:
        raise BackupError(f"{path} can't be read: {error}.") from error
    with packed:
        yield packed, _manifest(packed)


def verify(packed: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every part to its end and hold it against the manifest: size, checksum, rows of a table's part."""
    rows = {table.part: table.rows for table in manifest.tables if table.part}
    for part in manifest.parts:
        digest, size, lines = hashlib.sha256(), 0, 0
        for block in blocks_of(packed, part.name):
            digest.update(block)
            size += len(block)
            lines += block.count(b"\n")
        if (size, digest.hexdigest()) != (part.bytes, part.sha256):
            raise BackupError(f"The archive is damaged: {part.name} is not what was written.")
        if lines != rows.get(part.name, lines):
            raise BackupError(f"The archive is damaged: {part.name} has {lines} rows.")


def blocks_of(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part's bytes, block by block."""
    try:
        with packed.open(name) as member:
            while block := member.read(BLOCK):
                yield block
    except UNREADABLE as error:
        raise BackupError(f"The archive is damaged: {name} can't be read ({error}).") from error


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member._compresslevel = 1  # type: ignore[attr-defined] # `compress_level` only since Python 3.13
    return member


def _manifest(packed: zipfile.ZipFile) -> Manifest:
    try:
        if packed.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise BackupError("This is no backup of Assay: its manifest is too large.")
        stored = json.loads(packed.read(MANIFEST))
        if stored.pop("format") != FORMAT:
            raise BackupError("This backup is of a newer Assay; restore it with that version.")
        return _from_json(stored)
    except (*UNREADABLE, AttributeError, TypeError, ValueError) as error:
        raise BackupError(f"This is no whole backup of Assay ({error!r}).") from error


def _from_json(stored: dict[str, Any]) -> Manifest:
    return Manifest(
        **{name: stored[name] for name in ("vendor", "checklist_version")},
        made_at=datetime.fromisoformat(stored["made_at"]),
        migrations=tuple((app, name) for app, name in stored["migrations"]),
        tables=tuple(_table(each) for each in stored["tables"]),
        parts=tuple(ArchivedPart(**each) for each in stored["parts"]),
        sequences={str(name): int(last) for name, last in stored["sequences"].items()},
    )


def _table(stored: dict[str, Any]) -> ArchivedTable:
    return ArchivedTable(stored["name"], tuple(stored["columns"]), int(stored["rows"]), stored["part"])


def _sync_folder(folder: Path) -> None:
    """A rename is on disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def names_of(tables: Iterable[ArchivedTable]) -> list[str]:
    return [table.name for table in tables]
