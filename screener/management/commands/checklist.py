"""Print the reference of the checklist or of the query language; `docs/` holds the output of both."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from screener.checklist.reference import markdown
from screener.screens.reference import query_reference


class Command(BaseCommand):
    help = "Print every criterion of the checklist, its thresholds and weights, as Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--query", action="store_true", help="the query language and its fields instead")

    def handle(self, *, query: bool, **_options: Any) -> None:
        self.stdout.write(query_reference() if query else markdown(), ending="")
