"""`manage.py bench NAME`: measure, on data of the bench's own; `--json` prints one object."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from screener.benches import abuse, asset, exit, ingest, load, page, score, screen, search
from screener.benches.attacks import ATTACKS
from screener.benches.databases import databases

BENCHES: Final[Mapping[str, Callable[..., Iterable[Mapping[str, Any]]]]] = {
    "page": page.measure,
    "asset": asset.measure,
    "ingest": ingest.measure,
    "score": score.measure,
    "screen": screen.measure,
    "search": search.measure,
    "load": load.measure,
    "abuse": abuse.measure,
    "exit": exit.measure,
}
LARGEST: Final = 1_000_000
MOST: Final = {"users": 1_000, "seconds": 86_400}
ASKED_FOR: Final = {"load": {"users": "50", "seconds": "60"}, "abuse": {"seconds": "10"}}
"""What else a bench is asked for, and how much of it where nobody says."""
CHOSEN_FOR: Final = {"abuse": ("attacks", "databases"), "search": ("databases",)}
"""Of what a bench does only a part, where one says so."""


class Command(BaseCommand):
    help = "Measure how fast Assay is, on a temporary database; yours is not touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bench", metavar="NAME", help="one of: " + ", ".join(BENCHES))
        parser.add_argument("--assets", default="20000", help="sizes of the market, separated by commas")
        parser.add_argument("--users", help="people at once, for load (50)")
        parser.add_argument("--seconds", help="how long they stay, for load (60) and abuse (10 each)")
        parser.add_argument("--attacks", help="for abuse: only these, separated by commas")
        parser.add_argument(
            "--databases", help="for abuse and search: sqlite, postgresql or both; as installed"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *, bench: str, assets: str, **options: Any) -> None:
        if bench not in BENCHES:
            raise CommandError(f"There is no bench {bench!r}; there is: {', '.join(BENCHES)}.", returncode=2)
        sizes, rows = _whole_numbers("--assets", assets, most=LARGEST), []
        for row in BENCHES[bench](sizes, **_more(bench, options)):
            rows.append(row)
            if not options["json"]:
                self.stdout.write("  ".join(f"{name} {value}" for name, value in row.items()))
        if options["json"]:
            self.stdout.write(json.dumps({"bench": bench, "rows": rows}))


def _more(bench: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """What this bench is asked for besides the sizes."""
    more: dict[str, Any] = {}
    for name, most in MOST.items():
        usual = ASKED_FOR.get(bench, {}).get(name)
        (number,) = _whole_numbers(f"--{name}", options[name] or usual or "1", most=most)[:1]
        more |= {name: number} if usual else {}
    for name, known in (("attacks", tuple(ATTACKS)), ("databases", databases())):
        if name in CHOSEN_FOR.get(bench, ()) and options[name]:
            more[name] = _chosen(name, options[name], known)
    return more


def _chosen(name: str, text: str, known: Collection[str]) -> list[str]:
    chosen = [each.strip() for each in text.split(",")]
    for each in chosen:
        if each not in known:
            raise CommandError(f"--{name} has no {each!r}; there is: {', '.join(known)}.", returncode=2)
    return chosen


def _whole_numbers(name: str, text: str, *, most: int) -> list[int]:
    parts = [each.strip() for each in text.split(",")]
    if not all(each.isascii() and each.isdecimal() and 0 < int(each[:9]) <= most for each in parts):
        raise CommandError(
            f"{name} is {text!r}; write whole numbers from 1 to {most}, separated by commas.", returncode=2
        )
    return [int(each) for each in parts]
