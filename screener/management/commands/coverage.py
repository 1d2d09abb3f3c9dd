"""`manage.py coverage`: how much of the checklist can be answered, by source class and criterion."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from screener.services.operation.coverage import as_json, lines, read_coverage


class Command(BaseCommand):
    help = (
        "For which share of the assets each criterion is answered, and by whom it could be: of tokens "
        "known from DEX pools only (dex), tokens that are listed, and companies. Invented assets don't count."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, **options: Any) -> None:
        report = read_coverage()
        self.stdout.write(json.dumps(as_json(report)) if options["json"] else "\n".join(lines(report)))
