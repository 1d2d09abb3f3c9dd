"""Passages of an answer: where a body that tells of many assets names one, and what is about it. Pure.

An answer may hold 250 assets or 10,000 lines. Of JSON the passage is the object or the row of the asset, with
its path; of any other text it is the line. What stands before it is passed over by Python's JSON scanner,
which is written in C, a member of an object or list at a time: ten megabytes take a few tenths of a second.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import merge
from json import JSONDecoder
from typing import Final

MOST_READ: Final = 16_000_000
"""Bytes that are read as JSON; in a longer body a name is found without its object. Answers are a tenth of it
at most, filed documents about as much."""
LONGEST: Final = 20_000
"""Bytes of a passage; of a longer object only the member that names the asset is one."""
WINDOW: Final = 300
SIBLINGS: Final = 6
"""So many members before a passage are remembered, to be shown above it."""
UNAMBIGUOUS: Final = 20
"""Names that are so long are addresses: an underscore or a hyphen beside one is no part of it."""

BLANK: Final = re.compile(r"[ \t\r\n]*")
PLAIN_KEY: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)


@dataclass(frozen=True, slots=True)
class AnswerPassage:
    """From `start` to `end`, in bytes; `above` is where what is shown before it begins.

    `path` is its place in JSON, "" in a text; `line` is its number in a text, 0 in JSON; `depth` is how many
    objects and lists it lies in.
    """

    start: int
    end: int
    above: int
    path: str = ""
    line: int = 0
    depth: int = 0


def passages(body: bytes, names: Sequence[str]) -> Iterator[AnswerPassage]:
    """Those that hold one of these names as a whole word, in whatever case, from the first to the last."""
    lowered = body.lower()
    places = merge(*(_places(lowered, name.encode().lower()) for name in names if name))
    is_json = body.lstrip()[:1] in {b"{", b"["} and len(body) <= MOST_READ
    walk = _JsonReading(body) if is_json else None
    end = 0
    for place, length in places:
        if place < end:
            continue
        passage = walk.around(place, length) if walk else _line(body, place, length)
        end = passage.end
        yield passage


def _places(lowered: bytes, name: bytes) -> Iterator[tuple[int, int]]:
    beside = b"" if len(name) >= UNAMBIGUOUS else b"-_." if name.isdigit() else b"-_"
    place = lowered.find(name)
    while place >= 0:
        before, after = lowered[place - 1 : place] if place else b"", lowered[place + len(name) :][:1]
        if not any(each and (each.isalnum() or each in beside) for each in (before, after)):
            yield place, len(name)
        place = lowered.find(name, place + 1)


def _line(body: bytes, place: int, length: int) -> AnswerPassage:
    """The line; of one without end, such as a page of HTML, what is beside the name."""
    start, end = body.rfind(b"\n", 0, place) + 1, body.find(b"\n", place)
    end = len(body) if end < 0 else end
    line = body.count(b"\n", 0, start) + 1
    if end - start > LONGEST:
        return _window(body, place, length, line=line)
    return AnswerPassage(start, end, above=start, line=line)


def _window(body: bytes, place: int, length: int, *, line: int = 0) -> AnswerPassage:
    start = max(0, place - WINDOW)
    return AnswerPassage(start, min(len(body), place + length + WINDOW), above=start, line=line)


# JSON -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Level:
    """An object or list from `start` to `end`, read up to `place`: the member there is named `label` and lies
    where `member` says. `starts` are the places of the last ones."""

    start: int
    end: int
    is_list: bool
    place: int
    label: str | int
    member: tuple[int, int] = (0, 0)
    starts: deque[int] = field(default_factory=lambda: deque(maxlen=SIBLINGS))


def _nothing(_pairs: object) -> None:
    """Of what is passed over nothing is kept."""


SCANNER: Final = JSONDecoder(strict=False, object_pairs_hook=_nothing)


class _JsonReading:
    """JSON from its beginning on, once: passages are asked for in their order."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._text = body.decode("latin-1")  # A character a byte: all signs of JSON are of ASCII.
        self._levels: list[_Level] = []

    def around(self, place: int, length: int) -> AnswerPassage:
        """The row of a list that the name stands in, else the innermost object, or the member it is a key of.

        What is no JSON after all, or was cut, has no more than the surroundings of the name.
        """
        try:
            is_key = self._descend(place)
        except (ValueError, IndexError, RecursionError):
            self._levels = []
            return _window(self._body, place, length)
        levels = self._levels
        row = next((each for each in range(len(levels) - 1, 0, -1) if levels[each - 1].is_list), None)
        if is_key or (row is None and levels[-1].is_list):
            passage = self._member(len(levels) - 1)
        else:
            passage = self._container(len(levels) - 1 if row is None else row)
            if passage.end - passage.start > LONGEST:
                passage = self._member(len(levels) - 1)
        return replace(passage, end=min(passage.end, passage.start + LONGEST))

    def _descend(self, place: int) -> bool:
        """Open what the place lies in, down to the innermost; whether it lies in a key there."""
        while self._levels and place >= self._levels[-1].end:
            self._levels.pop()
        if not self._levels:
            self._levels.append(self._level(self._blank(0), len(self._text)))
        while True:
            level = self._levels[-1]
            value = self._advance(level, place)
            if place < value:
                return True
            if self._text[value] not in "[{":
                return False
            self._levels.append(self._level(value, level.member[1]))

    def _level(self, start: int, end: int) -> _Level:
        is_list = self._text[start] == "["
        return _Level(start, end, is_list, self._blank(start + 1), 0 if is_list else "")

    def _advance(self, level: _Level, place: int) -> int:
        """Pass over members until the place lies in one; where the value of that begins."""
        while True:
            start = value = level.place
            level.starts.append(start)
            if not level.is_list:
                level.label, colon = SCANNER.raw_decode(self._text, start)
                value = self._blank(self._blank(colon) + 1)
            _value, end = SCANNER.raw_decode(self._text, value)
            level.member = (start, end)
            if place < end:
                return value
            comma = self._blank(end)
            if self._text[comma] != ",":
                raise ValueError(comma)
            level.place = self._blank(comma + 1)
            if isinstance(level.label, int):
                level.label += 1

    def _blank(self, place: int) -> int:
        found = BLANK.match(self._text, place)
        return found.end() if found else place

    def _container(self, number: int) -> AnswerPassage:
        level = self._levels[number]
        above = self._levels[number - 1].starts[0] if number else level.start
        end = level.end if number else SCANNER.raw_decode(self._text, level.start)[1]
        return AnswerPassage(level.start, end, above, path=_path(self._levels[:number]), depth=number)

    def _member(self, number: int) -> AnswerPassage:
        level = self._levels[number]
        start, end = level.member
        return AnswerPassage(
            start, end, level.starts[0], path=_path(self._levels[: number + 1]), depth=number + 1
        )


def _path(levels: Sequence[_Level]) -> str:
    """As JSONPath writes it: `$.data[17].attributes`."""
    path = "$"
    for level in levels:
        if isinstance(level.label, int):
            path += f"[{level.label}]"
        else:
            key = level.label.encode("latin-1", errors="replace").decode(errors="replace")
            path += f".{key}" if PLAIN_KEY.fullmatch(key) else f'["{key}"]'
    return path
