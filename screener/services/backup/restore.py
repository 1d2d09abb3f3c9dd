"""Restore of a backup: all of it is checked before the database is touched, and that in one transaction.

Sessions are not restored: one that was ended since the backup would be alive again. Whoever uses the database
meanwhile sees the state before or after it.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from screener.services.backup import postgres_copy, sqlite_copy
from screener.services.backup.archive import BackupError, Manifest, opened, verify
from screener.services.backup.back_up import MadeBackup, back_up
from screener.services.backup.schema import applied_migrations, is_filled, refuse_newer, tables_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore came to; `before` is the backup of what was there, `to_migrate` if code is newer."""

    manifest: Manifest
    before: MadeBackup | None
    to_migrate: bool
    seconds: float


def check_archive(path: Path) -> Manifest:
    """Read all of an archive and hold it against its manifest; raises `BackupError`."""
    with opened(path) as (packed, manifest):
        verify(packed, manifest)
        return manifest


def restore(
    connection: BaseDatabaseWrapper, path: Path, *, folder: Path, replace: bool, now: datetime
) -> Restored:
    """Put an archive in this database's place. What is there is backed up first and goes if `replace`."""
    started = time.monotonic()
    with opened(path) as (packed, manifest):
        _refuse_unfit(connection, manifest)
        verify(packed, manifest)
        before = _keep_old(connection, folder=folder, replace=replace, now=now)
        if connection.vendor == "sqlite":
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sqlite_copy.copy_in(connection, packed, manifest, beside=folder)
        else:
            postgres_copy.copy_in(connection, packed, manifest)
    return Restored(
        manifest=manifest,
        before=before,
        to_migrate=bool(_missing(connection)),
        seconds=time.monotonic() - started,
    )


def _refuse_unfit(connection: BaseDatabaseWrapper, manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise BackupError(f"The backup is of {manifest.vendor}, this database is {connection.vendor}.")
    refuse_newer(manifest.migrations)
    if connection.vendor == "postgresql" and (others := postgres_copy.others_connected(connection)):
        raise BackupError(
            f"The database is in use ({', '.join(others[:5])}). Stop web, worker and scheduler first."
        )


def _keep_old(
    connection: BaseDatabaseWrapper, *, folder: Path, replace: bool, now: datetime
) -> MadeBackup | None:
    if not is_filled(connection, tables_of(connection)):
        return None
    if not replace:
        raise BackupError("The database is not empty. --replace keeps what it holds as a backup and goes on.")
    path = folder / f"before-restore-{now:%Y%m%dT%H%M%SZ}.zip"
    return back_up(connection, folder=folder, now=now, path=path)


def _missing(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Migrations of this code that the database has not had."""
    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations) - set(
        applied_migrations(connection)
    )
