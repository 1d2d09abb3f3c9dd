"""Amounts in a text: dollars, prices of a share, and numbers of shares and warrants."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assets.documents.numbers import FIGURE

SCALE: Final = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "": 1.0}
DOLLARS: Final = re.compile(
    rf"(?:\bUS ?|\bU\.S\. ?)?\$ ?(?P<figure>{FIGURE})(?: ?(?P<scale>thousand|million|billion))?\b", re.I
)
A_SHARE: Final = re.compile(
    r"^ ?(?:per|for each|a|each) (?:(?:\w+|Class [A-Z]) ){0,3}?(?:share|unit|warrant|ADS|security)", re.I
)
SHARES: Final = re.compile(
    rf"(?<![$.,0-9])(?P<figure>{FIGURE})(?: (?P<scale>million))? (?:\([^()]{{0,24}}\) )?"
    r"(?:(?!per\b|of\b|at\b|to\b|and\b|for\b)[\w/-]+ ){0,6}?(?:shares?|units?|ADSs?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its place; `at` is where it begins and `end` where its words end."""

    value: float
    at: int
    end: int


def dollars_in(text: str) -> Iterator[Amount]:
    """Each amount of dollars, prices of a share among them."""
    for match in DOLLARS.finditer(text):
        value = float(match["figure"].replace(",", "")) * SCALE[(match["scale"] or "").lower()]
        yield Amount(value, match.start(), match.end())


def prices_in(text: str) -> Iterator[Amount]:
    """Amounts that stand for one share, unit or warrant."""
    return (each for each in dollars_in(text) if A_SHARE.match(text[each.end : each.end + 60]))


def totals_in(text: str) -> Iterator[Amount]:
    """Amounts that don't."""
    return (each for each in dollars_in(text) if not A_SHARE.match(text[each.end : each.end + 60]))


def shares_in(text: str) -> Iterator[Amount]:
    """Numbers of shares or units; what is a share of one class is one of another as well."""
    for match in SHARES.finditer(text):
        value = float(match["figure"].replace(",", "")) * (1e6 if match["scale"] else 1)
        yield Amount(value, match.start(), match.end())
