"""`manage.py backup`: the whole database as one checked archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from screener.services.backup.archive import BackupError
from screener.services.backup.back_up import back_up, remove_older


class Command(BaseCommand):
    help = (
        "Write the whole database into one archive, checked, while everything runs. Only its owner may read "
        "it: it holds password hashes. Without --to it goes to ASSAY_BACKUP_DIR under the moment's name."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, metavar="FILE", help="another place for the archive")
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="then remove all but the newest N"
        )

    def handle(self, **options: Any) -> None:
        folder = settings.BACKUP_DIR
        try:
            made = back_up(connection, folder=folder, now=timezone.now(), path=options["to"])
        except (BackupError, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(
            f"{made.rows:,} rows of {made.tables} tables in {made.bytes / 1e6:,.1f} MB, "
            f"written and read again in {made.seconds:,.1f} s: {made.path}"
        )
        if options["keep"] > 0:
            for path in remove_older(folder, keep=options["keep"]):
                self.stdout.write(f"Removed {path.name}.")
