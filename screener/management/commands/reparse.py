"""`manage.py reparse`: read kept answers again after a parser was mended, and score what changed."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from assets.metrics.families import FAMILY_NAMES
from assets.providers import PROVIDERS
from assets.services.refreshing.reparse import kept_answers, reparse_answers
from screener.services.scoring.score_assets import score_assets


class Command(BaseCommand):
    help = "Read the kept answers of a provider again; append what is read otherwise now, and score it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--provider", required=True, help="one of: " + ", ".join(_names()))
        parser.add_argument("--since", required=True, type=_day, help="a day, like 2026-01-31")
        parser.add_argument("--family", default="", help="one of: " + ", ".join(FAMILY_NAMES))

    def handle(self, **options: Any) -> None:
        if options["provider"] not in _names():
            raise CommandError(
                f"There is no provider {options['provider']!r}; there are: {', '.join(_names())}."
            )
        answers = kept_answers(provider=options["provider"], since=options["since"], family=options["family"])
        rows, unread, changed = 0, 0, set()
        for result in tqdm(
            reparse_answers(answers, now=timezone.now()), total=answers.count(), unit="answer"
        ):
            rows += result.rows
            changed.update(result.asset_ids)
            if result.problem:
                unread += 1
                self.stderr.write(f"Observation {result.observation.pk}: {result.problem}")
        scored = score_assets(changed)
        self.stdout.write(
            f"{rows} rows are new or different, {unread} answers can't be read, {scored} scores."
        )


def _names() -> list[str]:
    return [each.name for each in PROVIDERS]


def _day(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day like 2026-01-31") from error
