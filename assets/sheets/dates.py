"""Dates in a column of texts: whether day or month stands first, and which day a cell is once that is known.

03/04/2026 is March in one country and April in another. A column with a 13th month in it tells; what no cell
tells is asked. Days counted from 1900 or 1904 are refused: the file doesn't say from which.

A spreadsheet program that opens a file of the other country makes dates of 03/04/2026 and leaves 30/04/2026
the text that it was: what is a date in such a column has day and month swapped, and looks as sure as any.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from assets.sheets.cells import Cell, CellError
from assets.sourcing.messages import message

DAY_FIRST: Final = "day"
MONTH_FIRST: Final = "month"
ORDERS: Final = (DAY_FIRST, MONTH_FIRST)

MONTHS_A_YEAR: Final = 12
NUMBER_PROBLEM: Final = message(
    "is a number, not a date; format the column as dates, or write them like 2026-03-01"
)
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_YEAR_FIRST: Final = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})", re.ASCII)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_NAMED: Final = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?[ -](?P<month>[a-z]{3,9})\.?|"
    r"(?P<month_too>[a-z]{3,9})\.? (?P<day_too>\d{1,2})(?:st|nd|rd|th)?),?[ -](?P<year>\d{4})",
    re.ASCII | re.I,
)
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MIDNIGHT: Final = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$")
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)


def readings(text: str) -> dict[str, date]:
    """By the order of day and month which date this can be; both orders where there is no question.

    `CellError` where it is no date, or none that tells which one.
    """
    text = _MIDNIGHT.sub("", text.strip())
    if found := _YEAR_FIRST.fullmatch(text):
        return dict.fromkeys(ORDERS, _day(found[1], found[3], found[4]))
    if found := _NAMED.fullmatch(text):
        month, day = found["month"] or found["month_too"], found["day"] or found["day_too"]
        return dict.fromkeys(ORDERS, _day(found["year"], _month(month), day))
    if found := _YEAR_LAST.fullmatch(text):
        first, _mark, second, year = found.groups()
        if len(year) == 2:
            raise CellError("has a year of two digits; write the date like 2026-03-01")
        orders = {DAY_FIRST: (second, first), MONTH_FIRST: (first, second)}
        possible = {order: each for order, each in orders.items() if 1 <= int(each[0]) <= 12}
        if possible:
            return {order: _day(year, *each) for order, each in possible.items()}
    if _SERIAL.fullmatch(text):
        raise CellError(NUMBER_PROBLEM)
    raise CellError("is not an ISO date; write it like 2026-03-01")


def _day(year: str, month: str | int, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise CellError("is not an ISO date; write it like 2026-03-01") from error


def _month(name: str) -> int:
    """By its English name or the first three letters of it; 0 where it is none."""
    short = name.lower()[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else 0


def mark_of(text: str) -> str:
    """What stands between day, month and year; "" where the month is named or the year comes first."""
    found = _YEAR_LAST.fullmatch(_MIDNIGHT.sub("", text.strip()))
    return found[2] if found else ""


def proven(texts: Iterable[str]) -> set[tuple[str, str]]:
    """The orders that these cells prove, each for dates with this mark between their parts."""
    proofs = set()
    for text in {*texts}:
        if _ISO.fullmatch(text):
            continue
        try:
            found = readings(text)
        except CellError:
            continue
        if len(found) == 1:
            proofs.add((mark_of(text), next(iter(found))))
    return proofs


def finished(cell: Cell) -> date | None:
    """The day of a cell that is a date already, or a text with the year first; None of any other."""
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    text = _MIDNIGHT.sub("", cell.strip()) if isinstance(cell, str) else ""
    found = _YEAR_FIRST.fullmatch(text)
    try:
        return _day(found[1], found[3], found[4]) if found else None
    except CellError:
        return None


def is_mixed(column: Iterable[Cell]) -> bool:
    """Whether some of its cells are dates already, or their numbers, and others texts of three numbers."""
    listed = [*column]
    has_texts = any(isinstance(cell, str) and mark_of(cell) for cell in listed)
    return has_texts and any(finished(cell) is not None or is_serial(cell) for cell in listed)


def is_serial(cell: Cell) -> bool:
    """Whether it is the number by which spreadsheet programs count days."""
    if isinstance(cell, str):
        return _SERIAL.fullmatch(cell.strip()) is not None
    return isinstance(cell, int | float)


def are_converted(column: Iterable[Cell]) -> bool:
    """Whether what is a date in this column may be of the wrong order, made by a spreadsheet program.

    Then texts are left that are a date in one order alone, and no date has a day that is no month: one that
    has was not made so, and vouches for the others.
    """
    listed = [*column]
    dates = [day for cell in listed if (day := finished(cell)) is not None]
    if not dates or any(day.day > MONTHS_A_YEAR for day in dates):
        return False
    return bool(proven(cell for cell in listed if isinstance(cell, str)))


def refuse_converted(cell: Cell) -> None:
    """Refuse a date of such a column, unless both orders give the same day."""
    day = finished(cell)
    if day is not None and day.day != day.month:
        raise CellError(
            "may be the date %(first)s or %(second)s: in this column a spreadsheet program may have swapped "
            "day and month; write all its dates like 2026-03-01",
            first=day.isoformat(),
            second=date(day.year, day.day, day.month).isoformat(),
        )


def is_ambiguous(text: str) -> bool:
    """Whether the two orders give two days."""
    try:
        return len({*readings(text).values()}) > 1
    except CellError:
        return False


def plain(text: str, *, order: str) -> str:
    """The day as ISO writes it; `order` is "" where the file does not show it."""
    found = readings(text)
    if order in found:
        return found[order].isoformat()
    days = {*found.values()}
    if len(days) > 1:
        first, second = (found[each].isoformat() for each in ORDERS)
        raise CellError(
            "may be the date %(first)s or %(second)s; say whether day or month stands first",
            first=first,
            second=second,
        )
    return days.pop().isoformat()
