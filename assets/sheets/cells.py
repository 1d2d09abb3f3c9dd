"""Cell readers of an analyst's sheets, and the errors that cells can have.

A reader takes a cell that is not empty, as `conventions` has written it out, and raises `CellError`.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from assets.identity.chains import known_chain
from assets.identity.venues import currency_namespace, is_exchange
from assets.sourcing.bounds import EARLIEST, LATEST
from assets.sourcing.messages import MessageError, message
from assets.sourcing.reading import address_of, decimal_of, text_of, url_of
from assets.sourcing.rows import Identifier

Cell = Any
"""What stands in a cell: a text, or in XLSX also a number, a truth value or a date; None when empty."""

Reader = Callable[[Cell], Any]

LONGEST_SHOWN: Final = 60

NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?")
SLUG: Final = re.compile(r"[-a-zA-Z0-9_]{1,120}")
CODE: Final = re.compile(r"[^\s/:]{1,40}(/[^\s/:]{1,40})?")
CIK: Final = re.compile(r"(?:CIK)?0*([1-9]\d{0,9})")

ABSENT: Final = frozenset(
    ("-", "--", "\u2013", "\u2014", "\u2212", "n/a", "n.a.", "n. a.", "#n/a", "#n/a n/a", "@na")
)
"""How spreadsheets, vendors and their plug-ins write that there is nothing; no name is one of these."""

MORE_ABSENT: Final = ("..", "...", "n/m", "n/d", "n.d.", "k.a.", "k. a.", "not available", "not applicable")
ABSENT_NUMBER: Final = ABSENT | {
    "na",
    "nm",
    "n.m.",
    "nan",
    "null",
    "none",
    "nil",
    "tbd",
    "unknown",
    "?",
    ".",
    *MORE_ABSENT,
}
"""More of these words where a number or a date is due. A name can be "NA"."""

SPREADSHEET_ERRORS: Final = ("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
UNCALCULATED: Final = "#UNCALCULATED"
"""Stands for a formula whose result the file does not hold."""

YES: Final = ("yes", "y", "true", "1")
NO: Final = ("no", "n", "false", "0")

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is taken for a formula by spreadsheet programs."""


class CellError(MessageError, ValueError):
    """What is wrong with a cell, in words that follow the name of its column."""


# Cleaning and protecting ------------------------------------------------------------


def cleaned(cell: Cell) -> Cell:
    """The cell without surrounding space and without the apostrophe that protects it; None when empty."""
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if text[:1] == "'" and text[1:2] in FORMULA_STARTS:
        text = text[1:].strip()
    return text or None


def protected(text: str) -> str:
    """A text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def refuse_spreadsheet_error(cell: Cell) -> None:
    if cell == UNCALCULATED:
        raise CellError(
            "holds a formula without its result; open the file in a spreadsheet program and save it"
        )
    if isinstance(cell, str) and cell.upper() in SPREADSHEET_ERRORS:
        raise CellError("holds an error of the spreadsheet, %(error)s", error=cell.upper())


# Numbers ----------------------------------------------------------------------------


def number(cell: Cell) -> Decimal:
    """Any number, without marks between its thousands."""
    if isinstance(cell, date):
        raise CellError("is a date, not a number")
    if isinstance(cell, str) and not NUMBER.fullmatch(cell):
        raise CellError("is not a number")
    return decimals_in(cell)


def decimals_in(cell: Cell) -> Decimal:
    try:
        value = decimal_of(cell)
    except ValueError as error:
        raise CellError(str(error)) from error
    if value is None:
        raise CellError("is not a number")
    return value


def amount(cell: Cell) -> Decimal:
    value = number(cell)
    if value < 0:
        raise CellError("is negative")
    return value.copy_abs()


def positive(cell: Cell) -> Decimal:
    value = amount(cell)
    if value == 0:
        raise CellError("is zero")
    return value


def share(cell: Cell) -> float:
    """A part of a whole: 12.5% or 0.125. Which of them a column without signs holds, `conventions` says."""
    in_percent = isinstance(cell, str) and cell.endswith("%")
    value = amount(cell[:-1].strip()) / 100 if in_percent else amount(cell)
    if value > 1:
        raise CellError("is more than the whole; write a share as 12.5% or as 0.125")
    return float(value)


# Dates ------------------------------------------------------------------------------


def day(cell: Cell) -> date:
    """A date cell, or the ISO form alone: 03/04/2026 is March in one country and April in another."""
    if isinstance(cell, datetime):
        value = cell.date()
    elif isinstance(cell, date):
        value = cell
    else:
        value = _iso_day(cell)
    if not EARLIEST.date() <= value <= LATEST.date():
        raise CellError("is not a date of our time")
    return value


def start_of_day(moment: date) -> datetime:
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def _iso_day(cell: Cell) -> date:
    match = DAY.fullmatch(cell) if isinstance(cell, str) else None
    try:
        if match:
            return date.fromisoformat(match[1])
    except ValueError:
        pass
    raise CellError("is not an ISO date; write it like 2026-03-01")


# Texts ------------------------------------------------------------------------------


def text_in(cell: Cell) -> str:
    """The text of a cell: identifiers of digits are numbers in a spreadsheet."""
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        raise CellError("is not a text")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    try:
        return text_of(str(cell))
    except ValueError as error:  # An integer of thousands of digits.
        raise CellError("is not a text") from error


def text(longest: int) -> Reader:
    def read(cell: Cell) -> str:
        value = text_in(cell)
        if len(value) > longest:
            raise CellError("is longer than %(most)s characters", most=longest)
        return value

    return read


def choice(*options: str) -> Reader:
    def read(cell: Cell) -> str:
        value = text_in(cell).lower()
        if value not in options:
            raise CellError("is not one of: %(options)s", options=", ".join(options))
        return value

    return read


def flag(cell: Cell) -> bool:
    value = str(cell).lower() if isinstance(cell, bool) else text_in(cell).lower()
    if value in YES or value in NO:
        return value in YES
    raise CellError("is neither yes nor no")


def url(cell: Cell) -> str:
    value = url_of(cell)
    if not value:
        raise CellError("is not a web address; it begins with https:// and has no spaces")
    return value


# Identity -----------------------------------------------------------------------------


def slug(cell: Cell) -> str:
    return _matching(SLUG, cell, message("is not the short name of an asset, as in the address of its page"))


def chain(cell: Cell) -> str:
    """The chain meant by our name of it, a vendor's, a token standard or a chain id."""
    word = text_in(cell)
    if found := known_chain(word):
        return found
    raise CellError("is no chain that is known: %(word)s. Which one is meant?", word=word[:LONGEST_SHOWN])


def address(cell: Cell) -> str:
    """One word; whether it is an address, its chain says (`identity`)."""
    value = text_in(cell)
    if not 0 < len(value) <= 128 or " " in value:
        raise CellError("is not an address")
    return value


def account(cell: Cell) -> str:
    """Who holds it, on whatever chain."""
    return address_of(address(cell))


def cik(cell: Cell) -> str:
    match = CIK.fullmatch(text_in(cell).upper())
    if not match:
        raise CellError("is not a CIK, the number of a company at the SEC")
    return match[1]


def exchange_codes(cell: Cell) -> tuple[Identifier, ...]:
    """Codes of exchanges, or pairs there: "gate:HAI, kucoin:HAI/USDC"."""
    codes = []
    for pair in re.split(r"[\s,;]+", text_in(cell).strip(" ,;")):
        exchange, _colon, code = pair.partition(":")
        if not CODE.fullmatch(code):
            raise CellError("is not a list like gate:HAI, kucoin:HAI/USDC")
        if not is_exchange(exchange.lower()):
            raise CellError("names an exchange that is not known: %(exchange)s", exchange=exchange)
        codes.append((currency_namespace(exchange.lower()), code.upper()))
    return tuple(dict.fromkeys(codes))


def coingecko(cell: Cell) -> str:
    return _matching(re.compile(r"\S{1,200}"), cell, message("is not the id of a coin at CoinGecko"))


def _matching(pattern: re.Pattern[str], cell: Cell, problem: str) -> str:
    value = text_in(cell)
    if not pattern.fullmatch(value):
        raise CellError(problem)
    return value
