"""Tokens at Blockscout: supply in smallest units, decimals, and how many hold it.

Amounts are texts in the token's smallest unit and may be longer than any amount we keep.
"""

from decimal import Decimal
from typing import Annotated, Final

from pydantic import BeforeValidator

from assets.sourcing.messages import message
from assets.sourcing.reading import WIDE, Count, Name, Text, VendorModel, amount_of, count_of

MOST_DIGITS: Final = 78
"""An amount on an EVM chain is less than 2 to the power of 256."""

MOST_DECIMALS: Final = 255
DIVISIBLE: Final = frozenset({"ERC-20", "ERC-404", "ERC-7984"})
"""The kinds of token of which holders have shares; of the others each one is a piece of its own."""


def units_of(value: object) -> int | None:
    """A whole number of smallest units, of any length that a chain has."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not value.isdecimal() or not value.isascii():
        raise ValueError(message("is not a number of smallest units"))
    if len(value) > MOST_DIGITS:
        raise ValueError(message("is absurdly large"))
    return int(value)


def decimals_of(value: object) -> int | None:
    decimals = count_of(value)
    if decimals is not None and decimals > MOST_DECIMALS:
        raise ValueError(message("is not a number of decimals"))
    return decimals


Units = Annotated[int | None, BeforeValidator(units_of)]
Decimals = Annotated[int | None, BeforeValidator(decimals_of)]


class BlockscoutToken(VendorModel):
    address_hash: Name
    symbol: Text = ""
    name: Text = ""
    type: Text = ""
    decimals: Decimals = None
    total_supply: Units = None
    reputation: Text = ""
    holders_count: Count = None
    """0 stands for "not counted": whatever has a supply has a holder."""


def amount_in(units: int | None, decimals: int | None) -> Decimal | None:
    """Whole tokens; None where one of the two is not known or the amount is beyond sense."""
    if units is None or decimals is None:
        return None
    try:
        return amount_of(Decimal(units).scaleb(-decimals, context=WIDE))
    except ValueError:
        return None
