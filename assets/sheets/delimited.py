"""CSV in the wild: encodings, byte-order marks, delimiters, the `sep=` line of a spreadsheet program."""

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Final

from assets.sheets.cells import Cell
from assets.sourcing.contract import UnreadableError

DELIMITERS: Final = (",", ";", "\t", "|")
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
LOOKED_AT: Final = 400
"""Bytes in which a text of two bytes a character gives itself away."""

WESTERN: Final = "cp1252"
"""What spreadsheet programs of Western Europe and America write where they are not told to write UTF-8."""

_SEPARATOR_LINE: Final = re.compile(r"\"?sep=(.)\"?[,;\t]*(?:\r\n|\r|\n)", re.I)


def text_in(body: bytes) -> tuple[str, str]:
    """The text of a file and its encoding; `UnreadableError` where it is none."""
    encoding = _encoding_of(body)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError("The file is not in UTF-8. Save it as “CSV UTF-8”.") from error
    if "\x00" in text:
        raise UnreadableError("The file is neither CSV nor XLSX.")
    return text, encoding


def lines_in(text: str, *, fits: Callable[[list[str]], int]) -> Iterator[tuple[Cell, ...]]:
    """The lines, by the delimiter that the file names, else by the one whose header `fits` best.

    Where a spreadsheet program is given the delimiter, it does not count that line; neither do we.
    """
    named = _SEPARATOR_LINE.match(text)
    text = text[named.end() :] if named else text
    delimiter = named[1] if named else _delimiter(text, fits)
    yield from map(tuple, csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _encoding_of(body: bytes) -> str:
    if body.startswith(UTF_16):
        return "utf-16"
    start = body[:LOOKED_AT]
    if start.count(0) * 3 > len(start) > 3:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    try:
        body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return WESTERN
    return "utf-8-sig"


def _delimiter(text: str, fits: Callable[[list[str]], int]) -> str:
    """Of two that fit alike the one that divides a line most; nobody writes the others by chance."""
    first = [line for line in text[:100_000].splitlines() if line.strip()][:LINES_TRIED]

    def quality(delimiter: str) -> tuple[int, int]:
        divided = [next(csv.reader([line], delimiter=delimiter), []) for line in first]
        return max(map(fits, divided), default=0), len(divided[0]) if divided else 0

    return max(DELIMITERS, key=quality)


LINES_TRIED: Final = 30
"""A header stands in one of the first lines; titles, dates and empty lines stand above it."""
