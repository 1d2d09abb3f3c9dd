"""`manage.py restore`: a backup in the place of the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from screener.services.backup.archive import BackupError, Manifest
from screener.services.backup.restore import Restored, check_archive, restore
from screener.supervisor.child import ServiceError
from screener.supervisor.pid_lock import pid_lock


class Command(BaseCommand):
    help = (
        "Put a backup in the place of this database, in one transaction, after all of it was checked. "
        "Refused while Assay runs, and for a database that is not empty unless --replace is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, help="a file that `manage.py backup` has written")
        parser.add_argument("--check", action="store_true", help="only read the archive and check it")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="of a filled database: back up what is there, then replace it",
        )

    def handle(self, **options: Any) -> None:
        path = options["archive"]
        try:
            if options["check"]:
                self.stdout.write(f"In order: {_described(check_archive(path))}.")
                return
            with pid_lock(settings.STATE_DIR):
                done = restore(
                    connection,
                    path,
                    folder=settings.BACKUP_DIR,
                    replace=options["replace"],
                    now=timezone.now(),
                )
        except (BackupError, ServiceError, OSError) as error:
            raise CommandError(str(error)) from error
        self._report(done)

    def _report(self, done: Restored) -> None:
        self.stdout.write(f"Restored in {done.seconds:,.1f} s: {_described(done.manifest)}.")
        if done.before:
            self.stdout.write(f"What was there before is kept in {done.before.path}.")
        if done.to_migrate:
            self.stdout.write(
                "The backup is of an earlier version: run `manage.py migrate` before Assay starts."
            )
        self.stdout.write("Everybody has to log in again.")


def _described(manifest: Manifest) -> str:
    return (
        f"{manifest.rows:,} rows of {len(manifest.tables)} tables of {manifest.made_at:%Y-%m-%d %H:%M} UTC, "
        f"checklist {manifest.checklist_version}"
    )
