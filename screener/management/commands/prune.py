"""`manage.py prune`: retention now, not at night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from screener.services.retention.prune import configured, prune

MOST_S = 24 * 3600.0


class Command(BaseCommand):
    help = (
        "Pack older scorecards and remove what is over, as happens at night, in short transactions "
        "while everything runs. Stopped, it goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=MOST_S, metavar="S", help="then stop")

        parser.add_argument(
            "--repeats",
            action="store_true",
            help="remove as well facts that earlier versions stored several times; reads all of them",
        )

    def handle(self, **options: Any) -> None:
        done = prune(configured(), now=timezone.now(), seconds=options["seconds"], repeats=options["repeats"])
        gone = ", ".join(f"{count:,} {kind}" for kind, count in done.removed.items() if count)
        self.stdout.write(f"{done.packed:,} scorecards packed; removed: {gone or 'nothing'}.")
        if not done.is_over:
            self.stdout.write("Time was up: call it again.")
