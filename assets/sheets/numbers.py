"""Numbers in a column of texts: which mark is the decimal one, and what a cell says once that is known.

"18.250" is eighteen thousand in one country and eighteen and a quarter in another. One cell can't tell; a
column can, when any of its cells can be read in one way only. What no cell tells is asked, never guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assets.sheets.cells import CellError, decimals_in

POINT: Final = "point"
COMMA: Final = "comma"
MARKS: Final = (POINT, COMMA)

SPACES: Final = " \u00a0\u2009\u202f'’ʼ`"
"""What stands between thousands besides point and comma: spaces of any width, Swiss apostrophes."""

MINUS: Final = "-\u2212\ufe63\uff0d\u2013"
"""Signs of a negative number; the dash is what word processors make of them."""

FACTORS: Final[dict[str, Decimal]] = {
    **dict.fromkeys(("k", "tsd", "thousand"), Decimal(10) ** 3),
    **dict.fromkeys(("m", "mm", "mn", "mln", "mio", "million", "millions"), Decimal(10) ** 6),
    **dict.fromkeys(("b", "bn", "bln", "mrd", "billion", "billions"), Decimal(10) ** 9),
    **dict.fromkeys(("t", "tn", "trn", "trillion", "trillions"), Decimal(10) ** 12),
}
"""Short forms of English, German and finance, by what they stand for."""

IN_DOLLARS: Final = ("us$", "usd", "$")
UNMARKED: Final = "0123456789.,-"
"""What bare numbers are made of, in which no currency need be looked for."""

OTHER_MONEY: Final = re.compile(r"[€£¥₩₹₽₺₿]|(?<![a-z])(eur|gbp|jpy|chf|cad|aud|cny|btc|eth)(?![a-z])", re.I)

_GROUPS: Final = r"(?:\d{{1,3}}(?:(?P<mark>[{marks}])\d{{3}})(?:(?P=mark)\d{{3}})*)"
_POINT: Final = re.compile(
    rf"(?:(?P<grouped>{_GROUPS.format(marks=',' + SPACES)}|\d{{1,2}}(?:,\d{{2}})+,\d{{3}})|\d+)"
    r"(?:\.\d*)?(?:[eE][+-]?\d{1,4})?|\.\d+",
    re.ASCII,
)
_COMMA: Final = re.compile(
    rf"(?:(?P<grouped>{_GROUPS.format(marks='.' + SPACES)})|\d+)(?:,\d*)?(?:[eE][+-]?\d{{1,4}})?|,\d+",
    re.ASCII,
)
_MARKS_OF: Final = {POINT: (_POINT, ",", "."), COMMA: (_COMMA, ".", ",")}
_INTEGER: Final = re.compile(r"\d{1,30}", re.ASCII)
_POINTED: Final = re.compile(r"\d{1,30}\.(?:\d{1,2}|\d{4,30})", re.ASCII)
"""What most cells are, and can be read in one way only: whole numbers, and those that prove the point."""

_FACTOR: Final = re.compile(r"(?<=[\d.,])\s*([a-z]+)\.?$", re.I)


@dataclass(frozen=True, slots=True)
class NumberText:
    """A text taken apart: what stands between the marks, and what stands around it."""

    digits: str
    is_negative: bool = False
    in_percent: bool = False
    in_dollars: bool = False
    unit: str = ""


def taken_apart(text: str) -> NumberText:
    """`CellError` where it is no number in any country."""
    rest, in_percent, in_dollars = text.strip(), False, False
    is_negative = rest.startswith("(") and rest.endswith(")")
    if is_negative:
        rest = rest[1:-1].strip()
    if rest.strip(UNMARKED) and OTHER_MONEY.search(rest):
        raise CellError("is in another currency; write US dollars")
    rest, signs = _without_signs(rest)
    lower = rest.lower()
    for sign in IN_DOLLARS:
        if lower.startswith(sign) or lower.endswith(sign):
            rest = rest[len(sign) :] if lower.startswith(sign) else rest[: -len(sign)]
            rest, more = _without_signs(rest.strip())
            in_dollars, signs = True, signs + more
            if rest.startswith("(") and rest.endswith(")"):
                rest, signs = rest[1:-1].strip(), signs + 1
            break
    if rest.endswith("%"):
        rest, in_percent = rest[:-1].strip(), True
    unit = found[1].lower() if (found := _FACTOR.search(rest)) and found[1].lower() in FACTORS else ""
    if unit and found:
        rest = rest[: found.start()].strip()
    if signs + is_negative > 1 or not any(form.fullmatch(rest) for form, *_marks in _MARKS_OF.values()):
        raise CellError("is not a number")
    return NumberText(rest, is_negative or bool(signs), in_percent, in_dollars, unit)


def _without_signs(text: str) -> tuple[str, int]:
    """The text without a sign before or behind it, and how many said that it is negative."""
    if text[:1] == "+":
        return text[1:].strip(), 0
    signs = 0
    if text[:1] and text[0] in MINUS:
        text, signs = text[1:].strip(), signs + 1
    if text[-1:] and text[-1] in MINUS:
        text, signs = text[:-1].strip(), signs + 1
    return text, signs


def readings(digits: str) -> dict[str, Decimal]:
    """By decimal mark what these digits can be."""
    return {mark: value for mark in MARKS if (value := _reading(digits, mark)) is not None}


def _reading(digits: str, mark: str) -> Decimal | None:
    form, between, decimal = _MARKS_OF[mark]
    found = form.fullmatch(digits)
    if not found:
        return None
    grouped = found["grouped"] or ""
    if grouped.startswith("0"):
        return None  # Nobody sets off thousands behind a zero.
    plain = digits.replace(between, "") if between in grouped else digits
    for each in SPACES:
        plain = plain.replace(each, "")
    return decimals_in(plain.replace(decimal, "."))


def proven(texts: Iterable[str]) -> set[str]:
    """The decimal marks that these cells prove: those by which alone one of them can be read."""
    proofs = set()
    for text in {*texts}:
        if _POINTED.fullmatch(text):
            proofs.add(POINT)
        elif not _INTEGER.fullmatch(text) and len(found := _readings_of(text)) == 1:
            proofs.update(found)
    return proofs


def is_ambiguous(text: str) -> bool:
    """Whether the two marks give two numbers."""
    return len({*_readings_of(text).values()}) > 1


def _readings_of(text: str) -> dict[str, Decimal]:
    """None of what is no number, or too large to be one."""
    try:
        return readings(taken_apart(text).digits)
    except CellError:
        return {}


def has_roman_millions(texts: Iterable[str]) -> bool:
    """Whether MM stands for millions here: then a single M may be the Roman thousand."""
    return any(text.strip(" )").lower().endswith("mm") for text in texts)


def plain(text: str, *, mark: str, roman: bool = False) -> str:
    """The cell as a plain number, "12.5%" of a percentage; `mark` is "" where the file does not show it."""
    if _INTEGER.fullmatch(text) or _POINTED.fullmatch(text):
        return text
    parts = taken_apart(text)
    found = readings(parts.digits)
    if not mark and len({*found.values()}) > 1:
        raise CellError(
            "may mean %(first)s or %(second)s; say which mark is the decimal one",
            first=f"{found[POINT]:f}",
            second=f"{found[COMMA]:f}",
        )
    value = found.get(mark) if mark in found else next(iter(found.values()), None)
    if value is None:
        raise CellError("is not a number")
    if parts.unit == "m" and roman:
        raise CellError("may mean thousands or millions, as MM stands in this column too")
    value *= FACTORS.get(parts.unit, 1)
    return f"{-value if parts.is_negative else value:f}{'%' if parts.in_percent else ''}"
