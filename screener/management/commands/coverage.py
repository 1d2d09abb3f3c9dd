"""`manage.py coverage`: how much of the checklist can be answered, by source class and criterion."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from screener.services.evidence.source_reference import source_reference
from screener.services.operation.coverage import as_json, lines, read_coverage


class Command(BaseCommand):
    help = (
        "For which share of the assets each criterion is answered, and by whom it could be: of tokens "
        "known from DEX pools only (dex), tokens that are listed, and companies. Invented assets don't count."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--json", action="store_true", help="as JSON")
        chosen.add_argument("--sources", action="store_true", help="what each source can tell, as Markdown")

    def handle(self, **options: Any) -> None:
        if options["sources"]:
            self.stdout.write(source_reference(), ending="")
            return
        report = read_coverage()
        self.stdout.write(json.dumps(as_json(report)) if options["json"] else "\n".join(lines(report)))
