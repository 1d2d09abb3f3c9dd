"""`manage.py sandbox`: what the invented market holds; remove it, or let it be filled again."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from screener.services.operation.remove_sandbox import (
    Hanging,
    begin_removal,
    bring_back_sandbox,
    continue_removal,
    hanging_on_sandbox,
    is_sandbox_removed,
)


class Command(BaseCommand):
    help = "Say what the sandbox market holds; --remove takes all its rows away, --restore lets it be filled."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--remove", action="store_true", help="remove its assets with all their rows")
        what.add_argument("--restore", action="store_true", help="let the next start fill it again")
        parser.add_argument("--yes", action="store_true", help="don't ask before removing")

    def handle(self, *, remove: bool, restore: bool, yes: bool, **_options: Any) -> None:
        hanging = hanging_on_sandbox()
        self.stdout.write(_in_words(hanging))
        if restore:
            bring_back_sandbox()
            self.stdout.write("The sandbox is filled at the next start.")
        elif remove:
            if not (yes or input("Remove all of it? [y/N] ").strip().lower() in {"y", "yes"}):
                raise CommandError("Nothing was removed.")
            removal = begin_removal(keep_in=settings.STATE_DIR)
            continue_removal()
            self.stdout.write(f"The sandbox is removed: {removal.assets:,} assets with all their rows.")
            if removal.kept_in:
                self.stdout.write(f"What people wrote about them is in {removal.kept_in}.")
        elif is_sandbox_removed():
            self.stdout.write("It was removed; --restore lets it be filled again.")


def _in_words(hanging: Hanging) -> str:
    words = f"The sandbox holds {hanging.assets:,} invented assets."
    if not hanging.is_anything:
        return f"{words} Nobody wrote anything about them."
    return (
        f"{words} On them hang {hanging.notes:,} notes, {hanging.overrides:,} overrides, "
        f"{hanging.plans:,} plans and {hanging.watchlist_rows:,} watchlist rows of {hanging.people:,} "
        "people; they go with the assets and are written to a file first."
    )
