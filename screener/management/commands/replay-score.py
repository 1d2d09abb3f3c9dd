"""`manage.py replay-score`: compute past scorecards again; any difference is an error."""

# ruff: noqa: N999

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from screener.models import Scorecard
from screener.services.scoring.replay_scorecards import replay_scorecards, sample

DIFFERENT: Final = 1
MISUSED: Final = 2
NOT_REPLAYABLE: Final = 3


class Command(BaseCommand):
    help = (
        "Compute past scorecards again from what they rest on. Exits with 1 when one comes out otherwise, "
        "with 3 when one can't be replayed under this version of the checklist."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scorecards", nargs="*", type=int, metavar="SCORECARD", help="their numbers")
        parser.add_argument("--sample", type=_positive, metavar="N", help="N of them, new ones and old ones")

    def handle(self, **options: Any) -> None:
        if bool(options["scorecards"]) == bool(options["sample"]):
            hint = "Say which scorecards to replay: their numbers, or --sample N."
            raise CommandError(hint, returncode=MISUSED)
        cards = sample(options["sample"]) if options["sample"] else _named(options["scorecards"])
        same = different = not_replayable = 0
        for replay in tqdm(replay_scorecards(cards), total=len(cards), unit="scorecard", disable=None):
            same += replay.is_same
            different += bool(replay.differences)
            not_replayable += bool(replay.reason)
            if replay.reason:
                self.stderr.write(f"Scorecard {replay.card.pk}: {replay.reason}.")
            self._tell(f"Scorecard {replay.card.pk}: {each}" for each in replay.differences)
        self.stdout.write(f"{same} the same, {different} different, {not_replayable} not replayable.")
        if different:
            raise CommandError("A scorecard came out otherwise; see above.", returncode=DIFFERENT)
        if not_replayable:
            raise CommandError("Not every scorecard can be replayed; see above.", returncode=NOT_REPLAYABLE)

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _named(ids: list[int]) -> list[Scorecard]:
    found = Scorecard.objects.with_baselines().in_bulk(ids)
    missing = [str(each) for each in ids if each not in found]
    if missing:
        raise CommandError(f"There is no scorecard {', '.join(missing)}.", returncode=MISUSED)
    return [found[each] for each in ids]


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
