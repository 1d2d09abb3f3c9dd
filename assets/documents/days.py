"""Dates in a text: "May 6, 2025", "the 6th of May 2025", "5/6/2025", "2025-05-06"."""

import re
from datetime import date
from typing import Final

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
DAY: Final = re.compile(
    rf"\b(?P<month>{MONTH})\.? (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?,? ?(?P<year>(?:19|20)[0-9]{{2}})\b"
    rf"|\b(?P<day2>[0-3]?[0-9])(?:st|nd|rd|th)? (?:day )?(?:of )?(?P<month2>{MONTH}),? (?P<year2>(?:19"
    rf"|20)[0-9]{{2}})\b"
    r"|\b(?P<month3>[01]?[0-9])/(?P<day3>[0-3]?[0-9])/(?P<year3>(?:19|20)[0-9]{2})\b"
    r"|\b(?P<year4>(?:19|20)[0-9]{2})-(?P<month4>[01][0-9])-(?P<day4>[0-3][0-9])\b",
    re.I,
)


def days_in(text: str) -> list[tuple[int, date]]:
    """Each day that a text names, with its place; what is no day of the calendar is left out."""
    found = []
    for match in DAY.finditer(text):
        day = _day(match)
        if day is not None:
            found.append((match.start(), day))
    return found


def first_day(text: str) -> date | None:
    return next((day for _at, day in days_in(text)), None)


def _day(match: re.Match[str]) -> date | None:
    for suffix in ("", "2", "3", "4"):
        month, day, year = (match[f"{name}{suffix}"] for name in ("month", "day", "year"))
        if month:
            number = int(month) if month.isdigit() else _month(month)
            try:
                return date(int(year), number, int(day))
            except ValueError:
                return None
    return None


def _month(name: str) -> int:
    return next(place for place, each in enumerate(MONTHS, 1) if each.startswith(name.lower()[:3]))
