"""`manage.py screen "QUERY"`: the screener in a shell, for people and for other programs."""

import json
import re
import unicodedata
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.core.management.base import BaseCommand, CommandError

from screener.exports import FORMATS, Export
from screener.exports.contents import TEXT, TRUTH, Field
from screener.screens.problems import Problem
from screener.screens.screen import Screen, read_screen
from screener.services.desk.preferences import position_of
from screener.services.desk.size_tiers import tiers_of
from screener.services.screening.export_screen import export_screen
from screener.words.markup import NOT_RATED
from screener.words.numbers import is_unknown, short
from screener.words.problems import in_words

TABLE, JSON = "table", "json"
TABLE_ROWS: Final = 50
"""What a table shows unless more is asked for; the other formats hold the whole result."""
TABLE_TEXTS: Final = ("name", "symbol", "kind", "tier", "grade")
"""Of the texts of an asset, those that a line has room for."""
WIDEST: Final = 32
GAP: Final = "  "
UNSEEN: Final = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What would move the cursor, colour the terminal or turn the line around."""


class Command(BaseCommand):
    help = "Screen all assets by a question, such as 'market_cap < 100m and tier:micro'."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", metavar="QUERY", nargs="?", default="", help="without it: every asset")
        parser.add_argument("--columns", metavar="A,B", default="", help="columns by key, in their order")
        parser.add_argument("--sort", metavar="KEY", default="", help="a column; -KEY from high to low")
        parser.add_argument("--position", metavar="SIZE", default="", help="for exits: 25k, 1m units")
        parser.add_argument("--limit", type=int, metavar="N", help=f"rows; for a table {TABLE_ROWS}")
        parser.add_argument("--format", choices=(TABLE, JSON, *FORMATS), default=TABLE)
        parser.add_argument("--user", metavar="NAME", help="whose watchlists, position and size tiers count")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write here and not on the screen")

    def run_from_argv(self, argv: list[str]) -> None:
        super().run_from_argv(with_sort_joined(argv))

    def handle(self, *, query: str, output: Path | None, **options: Any) -> None:
        name, limit = options["format"], options["limit"]
        if limit is not None and limit < 1:
            raise CommandError(f"--limit is {limit}; it must be 1 or more.", returncode=2)
        if output is None and name in {"xlsx", "parquet"}:
            raise CommandError(f"{name} is nothing to look at; say where with --output FILE.", returncode=2)
        reader = _reader(options["user"])
        export = export_screen(
            _screen(query, options),
            user=reader,
            position=position_of(reader),
            tiers=tiers_of(reader),
            limit=TABLE_ROWS if limit is None and name == TABLE else limit,
        )
        if name in FORMATS and not FORMATS[name].has_room_for(export):
            most = FORMATS[name].most_rows
            raise CommandError(f"{name} holds at most {most:,} rows; set --limit.", returncode=2)
        pieces = WRITERS[name](export)
        if output is None:
            for piece in pieces:
                self.stdout.write(piece.decode("utf-8-sig"), ending="")  # The byte order mark is for files.
        else:
            _write(output, pieces)
            self.stdout.write(_count(export))


def with_sort_joined(argv: list[str]) -> list[str]:
    """`--sort -score` as `--sort=-score`: argparse takes what begins with a minus for another option."""
    joined: list[str] = []
    for word in argv:
        if joined and joined[-1] == "--sort":
            joined[-1] = f"--sort={word}"
        else:
            joined.append(word)
    return joined


def _screen(query: str, options: Mapping[str, Any]) -> Screen:
    params = {"q": query, **{word: options[word] for word in ("columns", "sort", "position")}}
    screen, problems = read_screen({word: [text] for word, text in params.items() if text})
    if problems:
        raise CommandError("\n".join(_complaint(each, params) for each in problems), returncode=2)
    return screen


def _reader(name: str | None) -> User | AnonymousUser:
    if name is None:
        return AnonymousUser()
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no user {name!r}.", returncode=2)
    return user


def _complaint(problem: Problem, params: Mapping[str, str]) -> str:
    """What is wrong, and in a query the place of it."""
    text = in_words(problem)
    if problem.at is None:
        return text
    query = UNSEEN.sub(" ", params["q"])
    before, wrong = query[: problem.at], query[problem.at : problem.at + problem.length]
    return f"{text}\n{query}\n{' ' * _width(before)}{'^' * max(1, _width(wrong))}"


def _write(path: Path, pieces: Iterator[bytes]) -> None:
    """The file is whole or not there: it gets its name when it is finished."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(pieces)
        unfinished.replace(path)
    except OSError as error:
        raise CommandError(f"{path} can't be written: {error.strerror}.") from error
    finally:
        if unfinished.is_file():
            unfinished.unlink()


# Formats that only a shell has ----------------------------------------------------------


def _json(export: Export) -> Iterator[bytes]:
    """One object; what is not known is null."""
    head = {"query": export.query, "sort": export.sort, "as_of": export.moment, "total": export.total}
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [').encode()
    comma = ""
    for batch in export.batches:
        for row in batch.to_pylist():
            yield (comma + json.dumps(row, ensure_ascii=False, allow_nan=False)).encode()
            comma = ",\n"
    yield b"]}\n"


def _table(export: Export) -> Iterator[bytes]:
    """Aligned text with short figures."""
    fields = [each for each in export.fields if each.name in TABLE_TEXTS or each.unit not in {TEXT, TRUTH}]
    rows = [row for batch in export.batches for row in batch.to_pylist()]
    lines = [
        [each.name for each in fields],
        *([_cell(row[each.name], each) for each in fields] for row in rows),
    ]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (
            _padded(text, width, is_text=field.unit == TEXT)
            for text, width, field in zip(line, widths, fields, strict=True)
        )
        yield f"{GAP.join(cells).rstrip()}\n".encode()
    yield f"{_count(export)}\n".encode()


def _count(export: Export) -> str:
    counts = f"{export.rows:,} of {export.total:,} assets; {export.universe:,} known"
    if export.fictional:
        counts += f"; {export.fictional:,} invented"
    if export.sandbox_left_out:
        counts += f"; {export.sandbox_left_out:,} invented left out (sandbox:yes,no includes them)"
    return counts


def _cell(value: Any, field: Field) -> str:
    if is_unknown(value):
        return str(NOT_RATED) if field.name == "grade" else "—"
    text = UNSEEN.sub(" ", short(value, field.unit))
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def _padded(text: str, width: int, *, is_text: bool) -> str:
    room = " " * (width - _width(text))
    return text + room if is_text else room + text


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two, marks above a letter none."""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    return len(text) + wide - sum(bool(unicodedata.combining(each)) for each in text)


WRITERS: Final[Mapping[str, Callable[[Export], Iterator[bytes]]]] = {
    TABLE: _table,
    JSON: _json,
    **{name: each.write for name, each in FORMATS.items()},
}
