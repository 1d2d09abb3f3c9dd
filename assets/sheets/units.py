"""Units that a header names: multiples, a currency, percent ("Revenue (USD mn)", "Cash [TEUR]", "Share (%)").

What a header says of its column counts for every cell in it. What is no unit there ("audited", "UTC") says
nothing of the numbers.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assets.sheets.numbers import FACTORS

USD: Final = "USD"
HUNDREDTH: Final = Decimal("0.01")
CURRENCIES: Final = {
    **dict.fromkeys(("usd", "us$", "u$", "$", "dollar", "dollars"), USD),
    **dict.fromkeys(("eur", "€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("gbp", "£", "pound", "pounds"), "GBP"),
    **dict.fromkeys(("jpy", "¥", "yen"), "JPY"),
    **dict.fromkeys(("cny", "rmb", "yuan"), "CNY"),
    **dict.fromkeys(("cad", "c$", "ca$"), "CAD"),
    **dict.fromkeys(("aud", "a$", "au$"), "AUD"),
    **dict.fromkeys(("hkd", "hk$"), "HKD"),
    **dict.fromkeys(("inr", "₹"), "INR"),
    **dict.fromkeys(("krw", "₩", "won"), "KRW"),
    **{each: each.upper() for each in ("chf", "sek", "nok", "dkk", "pln", "brl", "mxn", "sgd", "nzd", "zar")},
    **{each: each.upper() for each in ("ils", "twd", "btc", "eth")},
}
"""By ISO 4217, its symbols, and English and German words; a lone $ is that of the United States here."""

# A T alone is a thousand in German and a trillion in finance.
MULTIPLES: Final = {
    **{word: factor for word, factor in FACTORS.items() if word != "t"},
    **dict.fromkeys(("thousands", "000s", "000", "1000", "tds", "10^3", "1e3"), Decimal(10) ** 3),
    **dict.fromkeys(("1000000", "000000", "10^6", "1e6", "mill"), Decimal(10) ** 6),
}
CENTS: Final = frozenset({"cent", "cents", "ct", "cts", "¢"})
PENCE: Final = frozenset({"pence", "gbx"})
PERCENT: Final = frozenset({"%", "pct", "percent", "percentage", "prozent"})
FILLERS: Final = frozenset({"in", "of", "per", "cent", "x", "×", "us", "values", "amounts", "figures", "all"})
"""Words beside a unit that change nothing of it."""

_ASIDES: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_TRAILING: Final = re.compile(r"\b(?:in|angaben in)\s+(.+)$|[,;:–-]\s*([^,;:]+)$", re.I)
_WORDS: Final = re.compile(r"10\^\d|1e\d|[a-z]{0,3}[$€£¥][a-z]*|[^\W\d_]+|\d[\d,.'’]*s?|[₹₩%×¢]", re.I)
_SPELT: Final = (("u.s.", "us"), ("per cent", "percent"))
_PARTS: Final = re.compile(r"[,;] |\bin\b")
_JOINED: Final = re.compile(
    r"(?P<before>t|k|m|mn|mio|bn)?(?P<money>us\$|usd|eur|gbp|cad|aud|chf|cny|rmb|jpy|hkd|inr|[$€£¥])"
    r"(?P<after>k|m|mm|mn|mio|mln|bn|b|tsd)?"
)
"""A multiple and a currency in one word: TEUR, USDm, $k."""


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """What the numbers of a column are; None and "" where the header doesn't say."""

    factor: Decimal | None = None
    currency: str = ""
    is_percent: bool = False

    def __bool__(self) -> bool:
        return self != NO_UNIT

    @property
    def is_other_money(self) -> bool:
        return self.currency not in ("", USD)


NO_UNIT: Final = HeaderUnit()


def unit_of_header(text: str) -> HeaderUnit:
    """The unit that stands in parentheses in the name of a column."""
    found = [unit for aside in _ASIDES.findall(text) if (unit := unit_of(aside))]
    return found[0] if found else NO_UNIT


def unit_of_title(text: str) -> HeaderUnit:
    """The unit that a line above the header names: in parentheses, after "in", or as all it says."""
    trailing = [part for found in _TRAILING.finditer(text) for part in found.groups() if part]
    parts = [*_ASIDES.findall(text), *trailing, text]
    found = [unit for part in parts if (unit := unit_of(part.partition("except")[0]))]
    return found[0] if found else NO_UNIT


def unit_of(text: str) -> HeaderUnit:
    """The unit of words that say nothing else: "USD mn", "unaudited, in thousands", "TEUR"."""
    text = text.casefold()
    for spelt, plain in _SPELT:
        text = text.replace(spelt, plain)
    unit = _unit_of_part(text)
    for part in () if unit else _PARTS.split(text):
        more = _unit_of_part(part)
        unit = HeaderUnit(
            unit.factor or more.factor, unit.currency or more.currency, unit.is_percent or more.is_percent
        )
    return unit


def _unit_of_part(text: str) -> HeaderUnit:
    """None of words of which one says something else."""
    unit = NO_UNIT
    for word in _words(text):
        more = _unit_of_word(word)
        if more is None or (more.factor and unit.factor) or (more.currency and unit.currency):
            return NO_UNIT
        unit = HeaderUnit(
            more.factor or unit.factor, more.currency or unit.currency, more.is_percent or unit.is_percent
        )
    return unit


def units_of_line(cells: Iterable[object]) -> list[HeaderUnit] | None:
    """Of a line below the header in which nothing but units stands; None of any other line."""
    units = [unit_of(cell) if isinstance(cell, str) else NO_UNIT for cell in cells]
    is_other = any(cell is not None and not unit for cell, unit in zip(cells, units, strict=True))
    return None if is_other or not any(units) else units


def _words(text: str) -> Iterator[str]:
    for word in _WORDS.findall(text):
        plain = word.strip(".,'’") if word[0].isdigit() else word
        plain = re.sub(r"[,.'’]", "", plain)
        if plain and plain not in FILLERS:
            yield plain


def _unit_of_word(word: str) -> HeaderUnit | None:
    """None of a word that is no unit."""
    if word in MULTIPLES:
        return HeaderUnit(factor=MULTIPLES[word])
    if word in CURRENCIES:
        return HeaderUnit(currency=CURRENCIES[word])
    if word in CENTS:
        return HeaderUnit(factor=HUNDREDTH)
    if word in PENCE:
        return HeaderUnit(factor=HUNDREDTH, currency="GBP")
    if word in PERCENT:
        return HeaderUnit(is_percent=True)
    joined = _JOINED.fullmatch(word)
    if joined is None:
        return None
    multiple = joined["before"] or joined["after"] or ""
    factor = MULTIPLES["k" if multiple == "t" else multiple] if multiple else None
    return HeaderUnit(factor=factor, currency=CURRENCIES[joined["money"]])
