"""`manage.py ready`: what `/readyz` says, for containers that serve no pages and for people with a shell."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screener.views.health import LOOKS


class Command(BaseCommand):
    help = "Tell whether Assay can work; exits with 1 when a part is failing."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("parts", nargs="*", metavar="PART", help="only these: " + ", ".join(LOOKS))

    def handle(self, *, parts: list[str], **_options: Any) -> None:
        for part in parts:
            if part not in LOOKS:
                raise CommandError(f"There is no part {part!r}; there are: {', '.join(LOOKS)}.")
        found = {part: LOOKS[part]() for part in parts or LOOKS}
        for part, health in found.items():
            self.stdout.write(f"{part:<9} {health.status:<8} {health.sentence}")
        failing = [part for part, health in found.items() if health.status == "failing"]
        if failing:
            raise CommandError(f"Not ready: {', '.join(failing)}.")
