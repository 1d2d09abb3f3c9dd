"""`manage.py bench NAME`: measure, on data of the bench's own; `--json` prints one object."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from screener.benches import ingest, load, page, score, screen

BENCHES: Final[Mapping[str, Callable[..., Iterable[Mapping[str, Any]]]]] = {
    "page": page.measure,
    "ingest": ingest.measure,
    "score": score.measure,
    "screen": screen.measure,
    "load": load.measure,
}
LARGEST: Final = 1_000_000
MOST: Final = {"users": 1_000, "seconds": 86_400}
"""What only `load` is asked for, and how much of it at most."""


class Command(BaseCommand):
    help = "Measure how fast Assay is, on a temporary database; yours is not touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bench", metavar="NAME", help="one of: " + ", ".join(BENCHES))
        parser.add_argument("--assets", default="20000", help="sizes of the market, separated by commas")
        parser.add_argument("--users", default="50", help="people at once, for load")
        parser.add_argument("--seconds", default="60", help="how long they stay, for load")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *, bench: str, assets: str, **options: Any) -> None:
        if bench not in BENCHES:
            raise CommandError(f"There is no bench {bench!r}; there is: {', '.join(BENCHES)}.", returncode=2)
        sizes, rows = _whole_numbers("--assets", assets, most=LARGEST), []
        more = {name: _whole_numbers(f"--{name}", options[name], most=most)[0] for name, most in MOST.items()}
        for row in BENCHES[bench](sizes, **(more if bench == "load" else {})):
            rows.append(row)
            if not options["json"]:
                self.stdout.write("  ".join(f"{name} {value}" for name, value in row.items()))
        if options["json"]:
            self.stdout.write(json.dumps({"bench": bench, "rows": rows}))


def _whole_numbers(name: str, text: str, *, most: int) -> list[int]:
    parts = [each.strip() for each in text.split(",")]
    if not all(each.isascii() and each.isdecimal() and 0 < int(each[:9]) <= most for each in parts):
        raise CommandError(
            f"{name} is {text!r}; write whole numbers from 1 to {most}, separated by commas.", returncode=2
        )
    return [int(each) for each in parts]
