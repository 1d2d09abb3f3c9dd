"""Trade halts: what is halted now, since when and by which of Nasdaq's codes.

RSS, a minute old at most. Those that ended today stand in it with the time of their resumption. That a share
is not in it says something of those that Nasdaq lists alone: halts of other exchanges have not been seen in
it. Codes: https://www.nasdaqtrader.com/Trader.aspx?id=TradeHaltCodes.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from assets.identity.tickers import share_of
from assets.metrics.venues import NOT_HALTED
from assets.providers.nasdaqtrader.securities import in_new_york
from assets.sourcing.bounds import EARLIEST
from assets.sourcing.contract import DamagedError
from assets.sourcing.reading import Name, RowReader, Text, VendorModel
from assets.sourcing.rows import AssetRef, VenueRow

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAMESPACE: Final = "{http://www.nasdaqtrader.com/}"
LONGEST_CODE: Final = 8


class Halt(VendorModel):
    IssueSymbol: Name
    ReasonCode: Name
    HaltDate: Text = ""
    HaltTime: Text = ""
    ResumptionDate: Text = ""
    ResumptionTradeTime: Text = ""


def read_halts(
    body: bytes, symbols: Collection[str], reader: RowReader, *, fetched_at: datetime
) -> list[VenueRow]:
    """A row for each share that is halted, and for each of these that is not."""
    channel = _channel(body)
    as_of = _published_at(channel, fetched_at)
    halted: dict[str, VenueRow] = {}
    for asset, halt in _halts(channel, reader, now=as_of):
        at = in_new_york(f"{halt.HaltDate} {halt.HaltTime[:8]}", "%m/%d/%Y %H:%M:%S", no_later_than=as_of)
        halted.setdefault(
            asset.identifiers[0][1],
            VenueRow(
                asset=asset,
                as_of=as_of,
                halt_code=halt.ReasonCode,
                halted_at=max(at, EARLIEST),
            ),
        )
    if reader.rejected:  # What could not be read may be about any of the others.
        return [*halted.values()]
    traded = (each for each in symbols if each not in halted)
    return [
        *halted.values(),
        *(VenueRow(asset=share_of(each), as_of=as_of, halt_code=NOT_HALTED) for each in traded),
    ]


def _channel(body: bytes) -> "Element":
    try:
        channel: Element | None = fromstring(body.strip().removeprefix(b"\xef\xbb\xbf")).find("channel")
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DamagedError("The body is not XML that can be read.") from error
    if channel is None:
        raise DamagedError("The body is not the list that was asked for.")
    count = channel.findtext(f"{NAMESPACE}numItems", "").strip()
    if count != str(len(channel.findall("item"))):
        raise DamagedError("The list is cut off: it holds other than the number of halts that it says.")
    return channel


def _published_at(channel: "Element", fetched_at: datetime) -> datetime:
    try:
        moment = parsedate_to_datetime(channel.findtext("pubDate", ""))
        return min(moment.astimezone(UTC), fetched_at) if moment.tzinfo else fetched_at
    except (ValueError, OverflowError, IndexError, TypeError):
        return fetched_at


def _halts(channel: "Element", reader: RowReader, *, now: datetime) -> Iterator[tuple[AssetRef, Halt]]:
    """Those in force: one whose trading was resumed is over."""
    for item in channel.findall("item"):
        names = {child.tag.removeprefix(NAMESPACE): (child.text or "").strip() for child in item}
        halt = reader.read(Halt, names)
        if halt is None or _is_over(halt, now):
            continue
        try:
            asset = share_of(halt.IssueSymbol)
        except ValueError:
            continue  # A test symbol, or one of a fund's value: no company's.
        if len(halt.ReasonCode) <= LONGEST_CODE:
            yield asset, halt
        else:
            reader.reject("%(name)s: its code makes no sense.", name=halt.IssueSymbol[:80])


def _is_over(halt: Halt, now: datetime) -> bool:
    if not halt.ResumptionDate or not halt.ResumptionTradeTime:
        return False
    moment = f"{halt.ResumptionDate} {halt.ResumptionTradeTime[:8]}"
    later = now + timedelta(days=366)
    return in_new_york(moment, "%m/%d/%Y %H:%M:%S", no_later_than=later) <= now
