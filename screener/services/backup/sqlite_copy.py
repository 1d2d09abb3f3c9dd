"""SQLite backup: the database file, copied by SQLite's own backup API in one read, and back in one write.

Either way it is one transaction of SQLite's: who reads or writes meanwhile waits or sees the state before it.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from django.db.backends.base.base import BaseDatabaseWrapper

from screener.services.backup.archive import (
    BLOCK,
    ArchivedTable,
    ArchiveWriter,
    BackupError,
    Manifest,
    blocks_of,
)

PART: Final = "database.sqlite3"


def copy_out(connection: BaseDatabaseWrapper, archive: ArchiveWriter, *, beside: Path) -> list[ArchivedTable]:
    """Copy the database into the archive; by way of a file, which is looked through before it counts."""
    with tempfile.TemporaryDirectory(dir=beside, prefix=".unfinished-") as folder:
        path = Path(folder, PART)
        with closing(sqlite3.connect(path)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
            # A copy in WAL mode would need its two companions.
            copy.execute("PRAGMA journal_mode=DELETE")
            check(copy)
            tables = tables_in(copy)
        with archive.part(PART) as write, path.open("rb") as file:
            while block := file.read(BLOCK):
                write(block)
    return tables


def copy_in(connection: BaseDatabaseWrapper, packed: ZipFile, manifest: Manifest, *, beside: Path) -> None:
    """Put the archived database in the place of this one; before that nothing of it is touched."""
    with tempfile.TemporaryDirectory(dir=beside, prefix=".unfinished-") as folder:
        path = Path(folder, PART)
        with path.open("wb") as file:
            for block in blocks_of(packed, PART):
                file.write(block)
        with closing(sqlite3.connect(path)) as copy:
            check(copy)
            if tables_in(copy) != list(manifest.tables):
                raise BackupError("The archive is damaged: its tables are not those of its manifest.")
            copy.execute("DELETE FROM django_session")
            copy.commit()
            connection.ensure_connection()
            copy.backup(connection.connection)


def check(database: sqlite3.Connection) -> None:
    """What SQLite itself finds wrong, references included."""
    found = [row[0] for row in database.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise BackupError(f"The database is damaged: {'; '.join(found)}.")
    dangling = database.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        raise BackupError(f"The database is damaged: row {dangling[1]} of {dangling[0]} refers to nothing.")


def tables_in(database: sqlite3.Connection) -> list[ArchivedTable]:
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    return [_table(database, name) for (name,) in names.fetchall()]


def _table(database: sqlite3.Connection, name: str) -> ArchivedTable:
    quoted = '"{}"'.format(name.replace('"', '""'))
    columns = tuple(row[1] for row in database.execute(f"PRAGMA table_info({quoted})"))
    (rows,) = database.execute(f"SELECT count(*) FROM {quoted}").fetchone()  # noqa: S608
    return ArchivedTable(name, columns, rows)
