"""Print the reference of the checklist; `docs/checklist.md` is its output."""

from typing import Any

from django.core.management.base import BaseCommand

from screener.checklist.reference import markdown


class Command(BaseCommand):
    help = "Print every criterion of the checklist, its thresholds and weights, as Markdown."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(markdown(), ending="")
