"""`manage.py coverage`: how much of the checklist can be answered, by source class and criterion."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from screener.management.moments import moment
from screener.services.evidence.source_reference import source_reference
from screener.services.operation.coverage import read_coverage
from screener.services.operation.coverage_lines import as_json, lines


class Command(BaseCommand):
    help = (
        "For which share of the assets each criterion is answered, and by whom it could be: of tokens "
        "known from DEX pools only (dex), tokens that are listed, and companies. Invented assets don't "
        "count. An answer whose facts are old counts half; beside the medians stands what they would be "
        "if none were. With --as-of, what the checklist says by what was known at that moment, at the age "
        "that it had then: of answers that were read with the clock of their recording, their own clock."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--json", action="store_true", help="as JSON")
        chosen.add_argument("--sources", action="store_true", help="what each source can tell, as Markdown")
        parser.add_argument(
            "--as-of", type=moment, metavar="T", help="a moment, like 2026-01-31 or 2026-01-31T12:00Z"
        )

    def handle(self, **options: Any) -> None:
        if options["sources"]:
            self.stdout.write(source_reference(), ending="")
            return
        report = read_coverage(as_of=options["as_of"])
        self.stdout.write(json.dumps(as_json(report)) if options["json"] else "\n".join(lines(report)))
