"""Regulation SHO threshold list of Nasdaq: its shares that sellers have failed to deliver for five settlement
days, at least 10,000 of them and .5 % of all (17 CFR 242.203(c)(6)).

One file a settlement day, published that night; on other days, and before, there is none (404). It says of
every share that Nasdaq lists whether it is on it, and of no other: other exchanges have lists of their own.
"""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final

from pydantic import Field

from assets.identity.tickers import normal_ticker, share_of
from assets.providers.nasdaqtrader.securities import in_new_york
from assets.sourcing.contract import UnreadableError
from assets.sourcing.piped import read_piped
from assets.sourcing.reading import Name, RowReader, Text, VendorModel
from assets.sourcing.rows import VenueRow

ENDING: Final = re.compile(r"([0-9]{14})\|*", re.ASCII)
YES: Final = "Y"


class ThresholdLine(VendorModel):
    symbol: Name = Field(alias="Symbol")
    flag: Text = Field("", alias="Reg SHO Threshold Flag")


def read_threshold(
    body: bytes, symbols: Collection[str], reader: RowReader, *, fetched_at: datetime
) -> list[VenueRow]:
    """A row for each of these shares: those of the directory that was read right before."""
    listed = read_piped(body, needs=("Symbol", "Reg SHO Threshold Flag"), ends=ENDING, reader=reader)
    as_of = in_new_york(listed.ending[0], "%Y%m%d%H%M%S", no_later_than=fetched_at)
    on_list = set()
    for each in listed.rows:
        line = reader.read(ThresholdLine, each)
        if line is not None and line.flag == YES:
            on_list.add(_normal(line.symbol))
    if reader.rejected:
        raise UnreadableError("A row of the threshold list can't be read: its company is unknown.")
    return [
        VenueRow(asset=share_of(symbol), as_of=as_of, threshold_list=symbol in on_list) for symbol in symbols
    ]


def _normal(symbol: str) -> str:
    """As the directory's symbols are written; one that is no ticker is none of them."""
    try:
        return normal_ticker(symbol)
    except ValueError:
        return symbol
