"""Nasdaq Trader: where shares are listed, Nasdaq's word on its issuers, threshold list and trading halts.

https://www.nasdaqtrader.com/trader.aspx?id=symboldirdefs. Files for everybody to download, without a key;
they speak of all shares at once. Market data may not be passed on without an agreement. A company is found by
the ticker of its common share, which the SEC's list gives it.

One walk: the directory of Nasdaq, then those of the other exchanges, and the two lists that speak of the
shares in Nasdaq's directory, which go with the call: that one of them is not on a list is an answer.
"""

from datetime import date, timedelta
from http import HTTPStatus
from typing import ClassVar, Final

from assets.identity.tickers import SHARE
from assets.metrics.families import VENUE
from assets.metrics.sessions import NEW_YORK
from assets.providers.nasdaqtrader.directory import NASDAQ, OTHERS, read_directory
from assets.providers.nasdaqtrader.halts import read_halts
from assets.providers.nasdaqtrader.threshold import read_threshold
from assets.sourcing.contract import Need, Parsed, Provider, Rate, RawObservation, Request
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import Identifier, VenueRow

HALTS: Final = "/rss.aspx"
LISTS: Final = "/dynamic/symdir/regsho/nasdaqth"
FRIDAY: Final = 4
LOOKED_BACK: Final = timedelta(days=7)
"""A list that is older says nothing of today; the longest pause between two is a long weekend."""


class NasdaqTrader(Provider):
    name = "nasdaqtrader"
    title = "Nasdaq Trader"
    website = "https://www.nasdaqtrader.com"
    attribution = message("Symbol directory, threshold list and trading halts by Nasdaq")
    default_url = "https://www.nasdaqtrader.com"
    # It publishes no limit; a few files every few days are asked for one after the other.
    rate = Rate(calls=20, per_s=60)
    families = (VENUE,)
    fields = {
        VENUE: "venue tier financial_status threshold_list halt_code halted_at",
    }
    at_once = frozenset({VENUE})
    assets_a_call: ClassVar[dict[str, int]] = {VENUE: 2_000}
    namespaces = (SHARE,)
    known_by = message("US ticker")

    def accepts(self, request: Request, status_code: int) -> bool:
        """A list that is not published is an answer."""
        is_missing = status_code == HTTPStatus.NOT_FOUND and request.path.startswith(LISTS)
        return status_code == HTTPStatus.OK or is_missing

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        context = {} if need.limit is None else {"left": str(need.limit)}
        return (Request(family=VENUE, path=NASDAQ, context=context),)

    def parse(self, raw: RawObservation) -> Parsed:
        reader, path = RowReader(), raw.request.path
        if path.startswith(LISTS):
            return _threshold(raw, reader)
        if path == HALTS:
            symbols = raw.request.context["symbols"].split()
            return reader.parsed([*read_halts(raw.body, symbols, reader, fetched_at=raw.fetched_at)])
        rows = read_directory(path, raw.body, reader, fetched_at=raw.fetched_at)
        left = raw.request.context.get("left")
        rows = rows[: None if left is None else int(left)]
        return reader.parsed([*rows], *(_lists(raw, rows) if path == NASDAQ else ()))


def _lists(raw: RawObservation, rows: list[VenueRow]) -> tuple[Request, ...]:
    """What is asked after Nasdaq's directory; a walk of a few assets ends with them."""
    symbols = " ".join(row.asset.identifiers[0][1] for row in rows)
    today = raw.fetched_at.astimezone(NEW_YORK).date()
    lists = (
        Request(family=VENUE, path=HALTS, params={"feed": "tradehalts"}, context={"symbols": symbols}),
        _list_of(_weekday(today), symbols=symbols, until=today - LOOKED_BACK),
    )
    if "left" in raw.request.context:
        return lists
    return (Request(family=VENUE, path=OTHERS), *lists)


def _weekday(day: date) -> date:
    """This day, or the last one before it that is no day of the weekend."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def _list_of(day: date, *, symbols: str, until: date) -> Request:
    context = {"symbols": symbols, "day": day.isoformat(), "until": until.isoformat()}
    return Request(family=VENUE, path=f"{LISTS}{day:%Y%m%d}.txt", context=context)


def _threshold(raw: RawObservation, reader: RowReader) -> Parsed:
    """The list, or the call for the one before it."""
    context = raw.request.context
    if raw.status_code == HTTPStatus.OK:
        symbols = context["symbols"].split()
        return reader.parsed([*read_threshold(raw.body, symbols, reader, fetched_at=raw.fetched_at)])
    reader.remark("Nasdaq has not published a threshold list of %(day)s.", day=context["day"])
    before = _weekday(date.fromisoformat(context["day"]) - timedelta(days=1))
    until = date.fromisoformat(context["until"])
    follow = () if before < until else (_list_of(before, symbols=context["symbols"], until=until),)
    return reader.parsed([], *follow)
