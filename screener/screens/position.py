"""Position: the size that exit figures are for, in US dollars or units of each asset, as people write it."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from screener.screens.amounts import LONGEST_AMOUNT, amount_of
from screener.screens.amounts import written as amount_written

LEAST_USD: Final = 1
MOST_USD: Final = 1_000_000_000
MOST_UNITS: Final = 1e15
LEAST_PRICE_USD: Final = 1e-24
LONGEST_POSITION: Final = 48

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionSize:
    """So many US dollars, or so many units of whatever asset is looked at; one of the two."""

    usd: int | None = None
    units: float | None = None

    def size_usd(self, price_usd: Numbers | float | None) -> Numbers | float:
        """What it is worth; NaN for units of an asset without a price."""
        if self.units is None:
            return float(self.usd or 0)
        return np.multiply(np.nan if price_usd is None else price_usd, self.units)

    def __str__(self) -> str:
        """The words that `read_position` reads back as exactly this position."""
        if self.units is None:
            return amount_written(float(self.usd or 0), "usd")
        return f"{amount_written(self.units, 'count')} units"


class Refusal(StrEnum):
    """Why a text is no position."""

    INVALID = "invalid"
    CURRENCY = "currency"


class PositionError(ValueError):
    """`currency` is what was written for one that can't be converted: no rate of it is known here."""

    def __init__(self, refusal: Refusal, currency: str = "") -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.currency = currency


US_DOLLARS: Final = re.compile(
    r"^(?:us\s?\$|usd|\$)\s*|\s*(?:us\s?\$|usd|us dollars?|dollars?|d[oó]lares|\$)$", re.IGNORECASE
)
UNITS: Final = re.compile(
    r"\s*(?:units?|tokens?|coins?|shares?|unidad(?:es)?|monedas?|acci[oó]n(?:es)?|t[ií]tulos?)$",
    re.IGNORECASE,
)
POWERS: Final = (
    (re.compile(r"\s*\bmil$", re.IGNORECASE), "k"),
    (re.compile(r"\s*\bmill[oó]n(?:es)?$", re.IGNORECASE), "m"),
)
"""Words of Spanish for the letters that amounts end with."""
GROUPS: Final = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
"""What parts thousands besides the sign of the language."""
OTHER_DOLLARS: Final = re.compile(
    r"\b(?!us\s?\$)[a-z]{1,3}\s?\$|\$\s?(?:ca|au|nz|hk|sg|mx|cl|ar|co)\b", re.IGNORECASE
)
CODES: Final = re.compile(
    r"(?<![a-z])(aed|ars|aud|bgn|bob|brl|btc|cad|chf|clp|cny|cop|czk|dkk|dop|egp|eth|eur|gbp|hkd|huf|idr|ils|inr|"
    r"jpy|krw|mxn|myr|ngn|nok|nzd|pen|php|pkr|pln|rmb|ron|rub|sar|sek|sgd|thb|try|twd|uah|uyu|vnd|zar|usdc|usdt|"
    r"euros?|pounds?|libras?|pesos?|yen(?:es)?|yuan|francs?|francos?|rupees?|kronor|sats?)(?![a-z])",
    re.IGNORECASE,
)
"""Codes and names of money that people might write: what is none of these is no size at all."""
DECIMALS: Final = re.compile(r"\.\d*$")
THREE_DECIMALS: Final = re.compile(r"\.\d{3}$")


def read_position(text: str, *, decimal_comma: bool = False) -> PositionSize:
    """`25000`, `$25,000`, `25k`, `1.5m`, `USD 25k`, `1m units`; `PositionError` for anything else.

    With `decimal_comma` comma and point change places. Without a suffix dollars have no decimals:
    `25.000` would be 25 to one reader and 25,000 to the next. Another currency is refused by its name and
    not taken for dollars.
    """
    text = _plain(text)
    money = US_DOLLARS.sub("", text).strip()
    counted = UNITS.sub("", money)
    in_units = counted != money
    if in_units and money != text:
        raise PositionError(Refusal.INVALID)
    return _position(_amount(counted, decimal_comma=decimal_comma), in_units=in_units)


def read_price(text: str, *, decimal_comma: bool = False) -> Decimal:
    """A unit's price in US dollars, `0.00001234`, `$1,250.50`, `1.5k`; `PositionError` for all else."""
    amount = _amount(US_DOLLARS.sub("", _plain(text)).strip(), decimal_comma=decimal_comma)
    try:
        price = amount_of(amount[: LONGEST_AMOUNT + 1], "usd")
    except ValueError:
        raise PositionError(Refusal.INVALID) from None
    if not LEAST_PRICE_USD <= price <= MOST_USD:
        raise PositionError(Refusal.INVALID)
    return Decimal(repr(price))


def _plain(text: str) -> str:
    """What was typed in plain characters; another currency is refused by its name."""
    if len(text) > LONGEST_POSITION:
        raise PositionError(Refusal.INVALID)
    text = unicodedata.normalize("NFKC", text).strip()
    if currency := _other_currency(text):
        raise PositionError(Refusal.CURRENCY, currency)
    return text


def _amount(text: str, *, decimal_comma: bool) -> str:
    """An amount as `amount_of` reads it."""
    amount = GROUPS.sub("", text)
    for words, letter in POWERS:
        amount = words.sub(letter, amount)
    return amount.translate(str.maketrans(",.", ".,")) if decimal_comma else amount


def _position(amount: str, *, in_units: bool) -> PositionSize:
    try:
        number = amount_of(amount[: LONGEST_AMOUNT + 1], "count" if in_units else "usd")
    except ValueError:
        raise PositionError(Refusal.INVALID) from None
    if in_units:
        if THREE_DECIMALS.search(amount) or not 0 < number <= MOST_UNITS:
            raise PositionError(Refusal.INVALID)
        return PositionSize(units=number)
    if DECIMALS.search(amount) or not number.is_integer() or not LEAST_USD <= number <= MOST_USD:
        raise PositionError(Refusal.INVALID)
    return PositionSize(usd=int(number))


def _other_currency(text: str) -> str:
    """What is written there of money other than US dollars."""
    if found := OTHER_DOLLARS.search(text) or CODES.search(text):
        return found[0]
    return next((each for each in text if unicodedata.category(each) == "Sc" and each != "$"), "")
