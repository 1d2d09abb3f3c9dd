"""Print the reference of the checklist, the glossary or the query language; `docs/` holds all three."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from screener.checklist.glossary import markdown as glossary_reference
from screener.checklist.reference import markdown
from screener.screens.reference import query_reference


class Command(BaseCommand):
    help = "Print every criterion of the checklist, its thresholds and weights, as Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--query", action="store_true", help="the query language and its fields instead")
        parser.add_argument("--glossary", action="store_true", help="the meaning of each title instead")

    def handle(self, *, query: bool, glossary: bool, **_options: Any) -> None:
        text = query_reference() if query else glossary_reference() if glossary else markdown()
        self.stdout.write(text, ending="")
