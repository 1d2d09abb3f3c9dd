"""Symbol directory: where each share is listed, and what Nasdaq says of its own issuers.

`nasdaqlisted.txt` has Nasdaq's own, `otherlisted.txt` those of the other exchanges, without a status. Fields:
https://www.nasdaqtrader.com/trader.aspx?id=symboldirdefs. Both hold funds, test issues, warrants, units,
rights, preferred shares and notes, which are no share of a company.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from assets.identity.tickers import share_of
from assets.providers.nasdaqtrader.securities import (
    exchange_of,
    in_new_york,
    is_share,
    market_of,
    status_of,
)
from assets.sourcing.piped import PipedList, read_piped
from assets.sourcing.reading import Name, RowReader, Text, VendorModel
from assets.sourcing.rows import VenueRow

NASDAQ: Final = "/dynamic/symdir/nasdaqlisted.txt"
OTHERS: Final = "/dynamic/symdir/otherlisted.txt"

ENDING: Final = re.compile(r"File Creation Time:\s*([0-9]{10}:[0-9]{2})\|*", re.ASCII)
NO: Final = "N"


class NasdaqLine(VendorModel):
    symbol: Name = Field(alias="Symbol")
    name: Text = Field("", alias="Security Name")
    market: Annotated[str, BeforeValidator(market_of)] = Field("", alias="Market Category")
    status: Annotated[str, BeforeValidator(status_of)] = Field("", alias="Financial Status")
    is_test: Text = Field("", alias="Test Issue")
    is_fund: Text = Field("", alias="ETF")


class OtherLine(VendorModel):
    """`ACT Symbol` writes classes with a point and preferred shares with a dollar: BRK.A, ABR$D."""

    symbol: Name = Field(alias="ACT Symbol")
    name: Text = Field("", alias="Security Name")
    market: Annotated[str, BeforeValidator(exchange_of)] = Field("", alias="Exchange")
    is_test: Text = Field("", alias="Test Issue")
    is_fund: Text = Field("", alias="ETF")

    @property
    def status(self) -> str:
        return ""


Line = type[NasdaqLine] | type[OtherLine]

LINES: Final[Mapping[str, tuple[Line, str]]] = {NASDAQ: (NasdaqLine, "Nasdaq"), OTHERS: (OtherLine, "")}
"""By file how its lines are read, and the exchange where a line doesn't tell its market."""


def read_directory(path: str, body: bytes, reader: RowReader, *, fetched_at: datetime) -> list[VenueRow]:
    """The shares of one of the two files, each once."""
    model, house = LINES[path]
    needs = [field.alias or name for name, field in model.model_fields.items()]
    listed = read_piped(body, needs=needs, ends=ENDING, reader=reader)
    as_of = in_new_york(listed.ending[0], "%m%d%Y%H:%M", no_later_than=fetched_at)
    rows = [
        VenueRow(
            asset=share_of(line.symbol),
            as_of=as_of,
            venue=line.market or house,
            tier="exchange",
            financial_status=line.status,
        )
        for line in _shares(listed, model, reader)
    ]
    others = len(listed.rows) - len(rows)
    if others:
        reader.remark("Lines that are no share of a company are left out: %(count)s.", count=others)
    return rows


def _shares(listed: PipedList, model: Line, reader: RowReader) -> Iterator[NasdaqLine | OtherLine]:
    for each in listed.rows:
        line = reader.read(model, each)
        if line is None or line.is_test != NO or line.is_fund != NO or not is_share(line.name):
            continue
        try:
            asset = share_of(line.symbol)
        except ValueError as error:
            reader.reject("%(name)s %(problem)s.", name=line.symbol[:80], problem=error)
            continue
        if reader.is_first(asset.identifiers, what=line.symbol[:80]):
            yield line
