"""`manage.py storage`: what is used, and what a year adds."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from screener.services.retention.storage import lines, storage


class Command(BaseCommand):
    help = (
        "Show what each table takes with its indexes, and what a year adds at the rate of the last 30 days."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, **options: Any) -> None:
        tables = storage(now=timezone.now())
        shown = [json.dumps([asdict(each) for each in tables])] if options["json"] else lines(tables)
        self.stdout.write("\n".join(shown))
