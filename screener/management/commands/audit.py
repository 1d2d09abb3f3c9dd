"""`manage.py audit`: consistency figures of the database."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from screener.services.operation.audit import as_json, audit, lines


class Command(BaseCommand):
    help = (
        "Count over all assets, by what is known now: where providers contradict each other, which figures "
        "others question, what is stale, what is never answered, and how well the depth of pools is known. "
        "Nothing is changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, **options: Any) -> None:
        found = audit(now=timezone.now())
        told = [json.dumps(as_json(found))] if options["json"] else lines(found)
        self.stdout.write("\n".join(told))
