"""`manage.py storage`: what is used, and what a year adds."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from screener.services.retention.storage import free_space, lines, storage


class Command(BaseCommand):
    help = (
        "Show what each table takes with its indexes, and what a year adds at the rate of the last 30 days, "
        "and what is free."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, **options: Any) -> None:
        tables = storage(now=timezone.now(), scorecard_days=settings.ASSAY_SCORECARD_DAYS)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(each) for each in tables]))
        else:
            self.stdout.write("\n".join(lines(tables, free_space())))
