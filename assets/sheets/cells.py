"""How one cell of an analyst's sheet is read, and what is said of one that can't be.

A reader takes a cell that is not empty and raises `ComplaintError`. What could be read in two
ways is never guessed: "1,234" is a thousand in one country and one and a quarter in another.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from assets.identity.chains import BY_COINGECKO, BY_DEXSCREENER, BY_GECKOTERMINAL
from assets.identity.venues import currency_namespace, is_exchange
from assets.sourcing.reading import EARLIEST, LATEST, address_of, decimal_of, text_of, url_of
from assets.sourcing.rows import Identifier

Cell = Any
"""What stands in a cell: a text, or in XLSX also a number, a truth value or a date; None when empty."""

Reader = Callable[[Cell], Any]

LONGEST_SHOWN: Final = 60

NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?")
GROUPED: Final = re.compile(r"[+-]?\d{1,3}([,'’ \u00a0\u202f])\d{3}(?:\1\d{3})*(\.\d+)?")
DECIMAL_COMMA: Final = re.compile(r"[+-]?[\d.]+,\d+")
DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?")
SLUG: Final = re.compile(r"[-a-zA-Z0-9_]{1,120}")
CODE: Final = re.compile(r"[^\s/:]{1,40}(/[^\s/:]{1,40})?")
CIK: Final = re.compile(r"(?:CIK)?0*([1-9]\d{0,9})")

SPREADSHEET_ERRORS: Final = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
UNCALCULATED: Final = "#UNCALCULATED"
"""Stands for a formula whose result the file does not hold."""

YES: Final = ("yes", "y", "true", "1")
NO: Final = ("no", "n", "false", "0")

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is taken for a formula by spreadsheet programs."""


def phrase(text: str) -> str:
    """Mark a text for the catalogue; it is translated where it is shown."""
    return text


BORROWED: Final = (
    phrase("is not a number"),
    phrase("is not a finite number"),
    phrase("is absurdly large"),
)
"""What `sourcing.reading` says of numbers; named here for the catalogue."""


class ComplaintError(ValueError):
    """What is wrong with a cell, as a text with places and what stands in them."""

    def __init__(self, text: str, **told: str) -> None:
        super().__init__(text % told if told else text)
        self.text = text
        self.told: Mapping[str, str] = told


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
        raise ComplaintError(
            phrase("holds a formula without its result; open the file in a spreadsheet program and save it")
        )
    if isinstance(cell, str) and cell.upper() in SPREADSHEET_ERRORS:
        raise ComplaintError(phrase("holds an error of the spreadsheet, %(error)s"), error=cell.upper())


# Numbers ----------------------------------------------------------------------------


def number(cell: Cell) -> Decimal:
    """Any number; thousands may be set off where that can't be mistaken for a decimal comma."""
    if isinstance(cell, date):
        raise ComplaintError(phrase("is a date, not a number"))
    try:
        told = decimal_of(_plain_digits(cell) if isinstance(cell, str) else cell)
    except ComplaintError:
        raise
    except ValueError as error:
        raise ComplaintError(str(error)) from error
    if told is None:
        raise ComplaintError(phrase("is not a number"))
    return told


def amount(cell: Cell) -> Decimal:
    told = number(cell)
    if told < 0:
        raise ComplaintError(phrase("is negative"))
    return told.copy_abs()


def positive(cell: Cell) -> Decimal:
    told = amount(cell)
    if told == 0:
        raise ComplaintError(phrase("is zero"))
    return told


def share(cell: Cell) -> float:
    """A part of a whole: 12.5% or 0.125."""
    in_percent = isinstance(cell, str) and cell.endswith("%")
    told = amount(cell[:-1].strip()) / 100 if in_percent else amount(cell)
    if told > 1:
        raise ComplaintError(phrase("is more than the whole; write a share as 12.5% or as 0.125"))
    return float(told)


def _plain_digits(text: str) -> str:
    """The number without marks between its thousands."""
    if grouped := GROUPED.fullmatch(text):
        mark, fraction = grouped[1], grouped[2]
        integer = text.removesuffix(fraction or "")
        if mark == "," and not fraction and (text.count(",") == 1 or integer.lstrip("+-")[:1] == "0"):
            raise ComplaintError(
                phrase("may mean %(first)s or %(second)s; write it without the comma"),
                first=text.replace(",", ""),
                second=text.replace(",", "."),
            )
        return text.replace(mark, "")
    if DECIMAL_COMMA.fullmatch(text):
        raise ComplaintError(phrase("has a decimal comma; write a decimal point"))
    if not NUMBER.fullmatch(text):
        raise ComplaintError(phrase("is not a number"))
    return text


# Dates ------------------------------------------------------------------------------


def day(cell: Cell) -> date:
    """A date cell, or the ISO form alone: 03/04/2026 is March in one country and April in another."""
    if isinstance(cell, datetime):
        told = cell.date()
    elif isinstance(cell, date):
        told = cell
    else:
        told = _iso_day(cell)
    if not EARLIEST.date() <= told <= LATEST.date():
        raise ComplaintError(phrase("is not a date of our time"))
    return told


def beginning_of(told: date) -> datetime:
    return datetime(told.year, told.month, told.day, tzinfo=UTC)


def _iso_day(cell: Cell) -> date:
    match = DAY.fullmatch(cell) if isinstance(cell, str) else None
    try:
        if match:
            return date.fromisoformat(match[1])
    except ValueError:
        pass
    raise ComplaintError(phrase("is not an ISO date; write it like 2026-03-01"))


# Texts ------------------------------------------------------------------------------


def written(cell: Cell) -> str:
    """The text of a cell: identifiers of digits are numbers in a spreadsheet."""
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        raise ComplaintError(phrase("is not a text"))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    try:
        return text_of(str(cell))
    except ValueError as error:  # An integer of thousands of digits.
        raise ComplaintError(phrase("is not a text")) from error


def text(longest: int) -> Reader:
    def read(cell: Cell) -> str:
        told = written(cell)
        if len(told) > longest:
            raise ComplaintError(phrase("is longer than %(most)s characters"), most=str(longest))
        return told

    return read


def choice(*options: str) -> Reader:
    def read(cell: Cell) -> str:
        told = written(cell).lower()
        if told not in options:
            raise ComplaintError(phrase("is not one of: %(options)s"), options=", ".join(options))
        return told

    return read


def flag(cell: Cell) -> bool:
    told = str(cell).lower() if isinstance(cell, bool) else written(cell).lower()
    if told in YES or told in NO:
        return told in YES
    raise ComplaintError(phrase("is neither yes nor no"))


def url(cell: Cell) -> str:
    told = url_of(cell)
    if not told:
        raise ComplaintError(phrase("is not a web address; it begins with https:// and has no spaces"))
    return told


# Identity -----------------------------------------------------------------------------


def slug(cell: Cell) -> str:
    return _matching(SLUG, cell, phrase("is not the short name of an asset, as in the address of its page"))


def chain(cell: Cell) -> str:
    """The name that we use; that of a vendor we know is as good."""
    told = written(cell).lower()
    for names in (BY_COINGECKO, BY_GECKOTERMINAL, BY_DEXSCREENER):
        told = names.get(told, told)
    return _matching(re.compile(r"[a-z0-9._-]{1,56}"), told, phrase("is not the name of a chain"))


def address(cell: Cell) -> str:
    told = address_of(written(cell))
    if not 0 < len(told) <= 128 or " " in told:
        raise ComplaintError(phrase("is not an address"))
    return told


def cik(cell: Cell) -> str:
    match = CIK.fullmatch(written(cell).upper())
    if not match:
        raise ComplaintError(phrase("is not a CIK, the number of a company at the SEC"))
    return match[1]


def exchange_codes(cell: Cell) -> tuple[Identifier, ...]:
    """Codes of exchanges, or pairs there: "gate:HAI, kucoin:HAI/USDC"."""
    codes = []
    for told in re.split(r"[\s,;]+", written(cell).strip(" ,;")):
        exchange, _colon, code = told.partition(":")
        if not CODE.fullmatch(code):
            raise ComplaintError(phrase("is not a list like gate:HAI, kucoin:HAI/USDC"))
        if not is_exchange(exchange.lower()):
            raise ComplaintError(
                phrase("names an exchange that is not known: %(exchange)s"), exchange=exchange
            )
        codes.append((currency_namespace(exchange.lower()), code.upper()))
    return tuple(dict.fromkeys(codes))


def coingecko(cell: Cell) -> str:
    return _matching(re.compile(r"\S{1,200}"), cell, phrase("is not the id of a coin at CoinGecko"))


def _matching(pattern: re.Pattern[str], cell: Cell, complaint: str) -> str:
    told = written(cell)
    if not pattern.fullmatch(told):
        raise ComplaintError(complaint)
    return told
