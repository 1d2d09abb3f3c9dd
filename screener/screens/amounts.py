"""Amounts as people write them, in the unit of a column: `100m`, `40%`, `150bps`, `3d`, `$0.01`."""

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from assets.metrics.family import gettext_noop as phrase

LONGEST_AMOUNT: Final = 32

AMOUNT: Final = re.compile(
    r"""(?P<sign>[-+−]?) (?P<dollar>\$?) \s*
        (?P<digits> \d{1,3}(?:,\d{3})+(?:\.\d*)? | \d+(?:\.\d*)? | \.\d+ )
        (?P<power> (?:e[-+]?\d{1,3})? ) \s* (?P<suffix> [a-z%]* )""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)

PERCENTILE: Final = "percentile"
"""The unit of `pct(…)`: 0 to 100, with or without the sign."""

ONE: Final = Fraction(1)
PLAIN: Final = {"": ONE}
POWERS: Final = {"k": 3, "m": 6, "b": 9, "t": 12}
LONG_POWERS: Final = {"thousand": 3, "mn": 6, "million": 6, "bn": 9, "billion": 9, "trillion": 12}
LARGE: Final = PLAIN | {word: Fraction(10**power) for word, power in (POWERS | LONG_POWERS).items()}
SHARES: Final = PLAIN | {"%": ONE / 100, "bps": ONE / 10_000, "bp": ONE / 10_000}


def _times(**sizes: Fraction) -> dict[str, Fraction]:
    """Under the letter and the whole word."""
    words = {"h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}
    return PLAIN | {
        spelt: size for short, size in sizes.items() for spelt in (short, words[short], f"{words[short]}s")
    }


SUFFIXES: Final[Mapping[str, Mapping[str, Fraction]]] = {
    "usd": LARGE,
    "count": LARGE,
    "share": SHARES,
    "change": SHARES,
    "days": _times(h=ONE / 24, d=ONE, w=ONE * 7, mo=ONE * 30, y=ONE * 365),
    "hours": _times(h=ONE, d=ONE * 24, w=ONE * 168),
    "months": _times(mo=ONE, y=ONE * 12),
    "ratio": PLAIN | {"x": ONE},
    "score": PLAIN,
    "index": PLAIN,
    PERCENTILE: PLAIN | {"%": ONE},
}
"""Unit → what may stand behind a number, and how many of the unit one of it is."""

EXPECTED: Final[Mapping[str, str]] = {
    "usd": phrase("{value} is not an amount in US dollars; write it like 250000, 100m or $0.01."),
    "count": phrase("{value} is not a number; write it like 500 or 10k."),
    "share": phrase("{value} is not a share; write it like 40%, 150bps or 0.4."),
    "change": phrase("{value} is not a change; write it like -20%, 150bps or 0.4."),
    "days": phrase("{value} is not a time; write it like 36h, 3d, 2w, 6mo or 1y."),
    "hours": phrase("{value} is not a time; write it like 12h or 2d."),
    "months": phrase("{value} is not a number of months; write it like 12mo or 2y."),
    "ratio": phrase("{value} is not a ratio; write it like 2.5 or 2.5x."),
    "score": phrase("{value} is not a number of points; write it like 60."),
    "index": phrase("{value} is not a number; write it like 2.5."),
    PERCENTILE: phrase("{value} is not a percentile; write it like 80, from 0 to 100."),
}
"""Unit → what to say of a text that is no amount of it."""

WRITTEN_WITH: Final = {"share": "%", "change": "%", "days": "d", "hours": "h", "months": "mo"}


def amount_of(text: str, unit: str) -> float:
    """The number of `unit` that a text means; `ValueError` when it means none.

    A comma may only part thousands, so that `1,5` is refused and not read as fifteen.
    """
    match = AMOUNT.fullmatch(text.strip()) if len(text) <= LONGEST_AMOUNT else None
    size = SUFFIXES[unit].get(match["suffix"].lower()) if match else None
    if match is None or size is None or (match["dollar"] and unit != "usd"):
        raise ValueError(text)
    sign = "-" if match["sign"] in {"-", "−"} else ""
    try:
        number = float(Fraction(sign + match["digits"].replace(",", "") + match["power"]) * size)
    except OverflowError:
        raise ValueError(text) from None
    return number


def written(number: float, unit: str) -> str:
    """The shortest words that `amount_of` reads back as exactly this number."""
    if not math.isfinite(number):
        raise ValueError(number)
    exact = Decimal(repr(float(number) + 0.0))
    if unit in {"usd", "count"}:
        return min(_large(exact), key=len)
    suffix = WRITTEN_WITH.get(unit, "")
    return _digits(exact.scaleb(2) if suffix == "%" else exact, suffix)


def _large(exact: Decimal) -> list[str]:
    """With the largest suffix that leaves a whole part, and without; the first is the nicer one."""
    fitting = [(word, power) for word, power in POWERS.items() if abs(exact) >= 10**power]
    return [*(_digits(exact.scaleb(-power), word) for word, power in fitting[-1:]), _digits(exact, "")]


def _digits(exact: Decimal, suffix: str) -> str:
    """Positional, or with an exponent where that would be too long to be read back."""
    positional = f"{exact:f}"
    if "." in positional:
        positional = positional.rstrip("0").rstrip(".")
    return min(positional, f"{exact:e}".replace("e+", "e"), key=_is_long) + suffix


def _is_long(text: str) -> bool:
    return len(text) > LONGEST_AMOUNT - 2
