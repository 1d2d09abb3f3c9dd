"""`manage.py plan`: the former name of `manage.py schedule`, which it points to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Renamed: use manage.py schedule."

    def run_from_argv(self, argv: list[str]) -> None:
        """Whatever options stand behind it: those of the former command are not this one's."""
        super().run_from_argv(argv[:2])

    def handle(self, **_options: Any) -> None:
        raise CommandError("manage.py plan is now manage.py schedule, with the same options.")
