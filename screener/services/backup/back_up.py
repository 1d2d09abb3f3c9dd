"""Backup of the whole database as one archive, checked before it counts; when the newest one was made."""

import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from screener.checklist import CHECKLIST_VERSION
from screener.services.backup import postgres_copy, sqlite_copy
from screener.services.backup.archive import (
    ArchivedTable,
    ArchiveWriter,
    Manifest,
    new_archive,
    opened,
    verify,
)
from screener.services.backup.schema import applied_migrations

NEWEST: Final = "newest-backup.json"
PREFIX: Final = "assay-"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBackup:
    """What a backup came to; `seconds` with the reading of all of it again."""

    path: Path
    bytes: int
    tables: int
    rows: int
    seconds: float


def back_up(
    connection: BaseDatabaseWrapper, *, folder: Path, now: datetime, path: Path | None = None
) -> MadeBackup:
    """Write an archive of this database, read it again, and note in the folder that it was made."""
    started = time.monotonic()
    target = path or folder / f"{PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.zip"
    with new_archive(target) as archive:
        _fill(archive, connection, beside=target.parent, now=now)
    with opened(target) as (packed, manifest):
        verify(packed, manifest)
    made = MadeBackup(
        path=target,
        bytes=target.stat().st_size,
        tables=len(manifest.tables),
        rows=manifest.rows,
        seconds=time.monotonic() - started,
    )
    _note(folder, made, now=now)
    return made


def newest_backup_at(folder: Path) -> datetime | None:
    """When the newest backup was made, whether or not its archive still lies here; None for never."""
    try:
        return datetime.fromisoformat(json.loads((folder / NEWEST).read_text())["made_at"])
    except FileNotFoundError:
        return None


def remove_older(folder: Path, *, keep: int) -> list[Path]:
    """Remove all but the newest archives that bear the name of a backup; returns which."""
    older = sorted(folder.glob(f"{PREFIX}*.zip"))[:-keep]
    for path in older:
        path.unlink()
    return older


def _fill(archive: ArchiveWriter, connection: BaseDatabaseWrapper, *, beside: Path, now: datetime) -> None:
    if connection.vendor == "sqlite":
        tables = sqlite_copy.copy_out(connection, archive, beside=beside)
        _finish(archive, connection, tables, sequences={}, now=now)
        return
    with transaction.atomic(using=connection.alias):
        postgres_copy.begin_snapshot(connection)
        tables = postgres_copy.copy_out(connection, archive)
        sequences = postgres_copy.sequences_of(connection)
        _finish(archive, connection, tables, sequences=sequences, now=now)


def _finish(
    archive: ArchiveWriter,
    connection: BaseDatabaseWrapper,
    tables: list[ArchivedTable],
    *,
    sequences: dict[str, int],
    now: datetime,
) -> None:
    manifest = Manifest(
        vendor="sqlite" if connection.vendor == "sqlite" else "postgresql",
        made_at=now,
        checklist_version=CHECKLIST_VERSION,
        migrations=applied_migrations(connection),
        tables=tuple(tables),
        parts=tuple(archive.parts),
        sequences=sequences,
    )
    archive.finish(manifest)


def _note(folder: Path, made: MadeBackup, *, now: datetime) -> None:
    """A file of its own: the archive may be carried off to another machine at once."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    noted = {"made_at": now.isoformat(), "path": str(made.path), "bytes": made.bytes, "rows": made.rows}
    unfinished = folder / f".{NEWEST}.{os.getpid()}"
    unfinished.write_text(json.dumps(noted | {"seconds": round(made.seconds, 1)}))
    unfinished.replace(folder / NEWEST)
