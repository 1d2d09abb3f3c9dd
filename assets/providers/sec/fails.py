"""Fails-to-deliver files: the only official closing prices without a key, two to six weeks late.

https://www.sec.gov/data-research/sec-markets-data/fails-deliver-data. A ZIP of one text for each half of a
month, `cnsfails202101a.zip`: pipes between SETTLEMENT DATE, CUSIP, SYMBOL, QUANTITY (FAILS), DESCRIPTION and
PRICE, two lines of totals at its end. What fails is a balance, not the new fails of the day. The price is the
close of the session before the settlement day (compared with 13 stocks of January 2021: equal on every day).

- Only what failed has a line. So it holds no history of prices: a day without a line had trades or had none.
- The newest file is found by the tickers of today and says which issue (CUSIP) each share is now; the file
  before it by tickers too. Those of a year ago speak only of the same issues: a reverse split makes a new
  one, and a ticker may have been another company's.
- The price of a depositary receipt is none of a share.
- A share leaves the Regulation SHO threshold lists after five settlement days with fails of fewer than 10,000
  (17 CFR 242.203(c)(6)): whose last five days are so is on none of them, whoever publishes it. Who is on one
  the file does not say: that takes half a percent of all shares too.
"""

import io
import re
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from assets.identity.receipts import is_receipt
from assets.identity.sec_notation import day_of, midnight
from assets.identity.tickers import CUSIP, SHARE, cusip_of, normal_ticker
from assets.metrics.families import EQUITY, MARKET
from assets.metrics.sessions import session_before
from assets.sourcing.contract import DamagedError, Parsed, Request, UnreadableError
from assets.sourcing.daily_bars import CLOSE
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader, count_of, price_of, text_of
from assets.sourcing.rows import AssetRef, MarketRow, Row, VenueRow

FOLDER: Final = "/files/data/fails-deliver-data"
FILE: Final = re.compile(rf"{FOLDER}/cnsfails([0-9]{{4}})([0-9]{{2}})([ab])\.zip", re.ASCII)
HEADER: Final = "SETTLEMENT DATE|CUSIP|SYMBOL|QUANTITY (FAILS)|DESCRIPTION|PRICE"
TOTAL: Final = re.compile(r"Trailer record count ([0-9]{1,9})", re.ASCII)
DAMAGES: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(OSError, OverflowError, RuntimeError, ValueError),
)
"""What `zipfile` lets through of an archive that is cut off, encrypted or packed in another way."""
MOST_BYTES: Final = 64_000_000
"""Unpacked; the largest files have some 5 MB."""

LATEST_DAYS: Final = 10
"""A file has never come sooner after its half of the month."""
MOST_TRIES: Final = 5
THRESHOLD_DAYS: Final = 5
THRESHOLD_FAILS: Final = 10_000
HALVES_A_YEAR: Final = 24
OTHER: Final = message("SEC EDGAR sent something other than one file of fails to deliver.")
NEWEST, BEFORE, YEAR_AGO = "newest", "before", "year_ago"


@dataclass(frozen=True, slots=True)
class HalfMonth:
    """Half a month, counted from the year 0."""

    number: int

    @classmethod
    def of(cls, day: date) -> "HalfMonth":
        return cls(day.year * HALVES_A_YEAR + (day.month - 1) * 2 + (day.day > 15))

    @classmethod
    def in_path(cls, path: str) -> "HalfMonth":
        match = FILE.fullmatch(path)
        assert match  # noqa: S101 - only our own requests come here
        return cls(int(match[1]) * HALVES_A_YEAR + (int(match[2]) - 1) * 2 + (match[3] == "b"))

    def earlier(self, halves: int) -> "HalfMonth":
        return HalfMonth(self.number - halves)

    def request(self, role: str, context: Mapping[str, str]) -> Request:
        year, rest = divmod(self.number, HALVES_A_YEAR)
        path = f"{FOLDER}/cnsfails{year:04}{rest // 2 + 1:02}{'ab'[rest % 2]}.zip"
        return Request(family=MARKET, path=path, context={**context, "role": role})


def newest_file(fetched_at: datetime, context: Mapping[str, str]) -> Request:
    """The newest file that can be there by now."""
    last = HalfMonth.of(fetched_at.date() - timedelta(days=LATEST_DAYS)).earlier(1)
    return last.request(NEWEST, {**context, "tries": "1"})


def without_file(request: Request) -> tuple[Request, ...]:
    """What to ask for where a file is not there: the one before it, a few times."""
    tries = int(request.context.get("tries", MOST_TRIES))
    if request.context["role"] != NEWEST or tries >= MOST_TRIES:
        return ()
    context = {**request.context, "tries": str(tries + 1)}
    return (HalfMonth.in_path(request.path).earlier(1).request(NEWEST, context),)


def _following(request: Request) -> tuple[Request, ...]:
    """After the newest file the one before it and two of a year ago."""
    if request.context["role"] != NEWEST:
        return ()
    own = HalfMonth.in_path(request.path)
    context = {key: value for key, value in request.context.items() if key not in {"role", "tries"}}
    others = ((1, BEFORE), (HALVES_A_YEAR, YEAR_AGO), (HALVES_A_YEAR + 1, YEAR_AGO))
    return tuple(own.earlier(halves).request(role, context) for halves, role in others)


@dataclass(frozen=True, slots=True)
class FailedShare:
    settled_on: date
    cusip: str
    ticker: str
    description: str
    fails: int
    price_usd: Decimal | None

    @property
    def is_receipt(self) -> bool:
        return is_receipt(self.description)


def read_fails(body: bytes, request: Request, *, fetched_at: datetime) -> Parsed:
    """The last price that the file has of each issue, as of the session whose close it is."""
    reader = RowReader()
    last: dict[str, FailedShare] = {}
    balances: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    receipts = set()
    for line in _lines(_text_in(body), reader):
        if line.is_receipt:
            receipts.add(line.ticker)
            continue
        balances[line.ticker][line.settled_on] += line.fails
        if line.price_usd is not None and (
            line.ticker not in last or last[line.ticker].settled_on <= line.settled_on
        ):
            last[line.ticker] = line
    if receipts:
        reader.remark(
            "%(count)s depositary receipts are left out: their price is none of a share.", count=len(receipts)
        )
    about = IDENTITIES[request.context["role"]]
    left = int(request.context["left"]) if "left" in request.context else None
    rows = [
        MarketRow(asset=about(line), as_of=_closed_at(line.settled_on), price_usd=line.price_usd)
        for line in last.values()
    ]
    prices = [row for row in rows if row.as_of <= fetched_at][:left]
    lists: list[Row] = []
    if request.context["role"] == NEWEST and not reader.rejected:
        lists += _off_threshold_lists(balances, {row.asset.identifiers[1][1]: row.asset for row in prices})
    return reader.parsed([*prices, *lists], *_following(request))


def _off_threshold_lists(
    balances: Mapping[str, Mapping[date, int]], priced: Mapping[str, AssetRef]
) -> Iterator[VenueRow]:
    """Priced shares that had left all lists by the last settlement day of the file, had they been on one."""
    days = sorted({day for of_share in balances.values() for day in of_share})[-THRESHOLD_DAYS:]
    if len(days) < THRESHOLD_DAYS:
        return
    for ticker, asset in priced.items():
        if all(balances[ticker].get(day, 0) < THRESHOLD_FAILS for day in days):
            yield VenueRow(asset=asset, as_of=midnight(days[-1]), threshold_list=False)


@lru_cache(maxsize=64)
def _closed_at(settled_on: date) -> datetime:
    return datetime.combine(session_before(settled_on), CLOSE)


def _by_ticker_and_issue(line: FailedShare) -> AssetRef:
    """The issue first: it is known of whom it is, where a ticker may have passed on since."""
    names = ((CUSIP, line.cusip), (SHARE, line.ticker))
    return AssetRef(kind=EQUITY, identifiers=names, complete=(CUSIP,), called=text_of(line.description))


def _by_ticker(line: FailedShare) -> AssetRef:
    return AssetRef(kind=EQUITY, identifiers=((SHARE, line.ticker),), called=text_of(line.description))


def _by_issue(line: FailedShare) -> AssetRef:
    return AssetRef(kind=EQUITY, identifiers=((CUSIP, line.cusip),))


IDENTITIES: Final[Mapping[str, Callable[[FailedShare], AssetRef]]] = {
    NEWEST: _by_ticker_and_issue,
    BEFORE: _by_ticker,
    YEAR_AGO: _by_issue,
}


def _text_in(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            inside = [each for each in archive.infolist() if not each.is_dir()]
            if len(inside) != 1 or inside[0].file_size > MOST_BYTES:
                raise UnreadableError(OTHER)
            return archive.read(inside[0]).decode("iso-8859-1")
    except DAMAGES as error:
        raise DamagedError("The body is no archive that can be read.") from error


def _lines(text: str, reader: RowReader) -> Iterator[FailedShare]:
    """The lines that name a security in US notation; of an amount or a price that makes no sense none."""
    header, *lines = text.splitlines() or [""]
    if header.strip().upper() != HEADER:
        raise UnreadableError(OTHER)
    count, told = 0, None
    for text_line in lines:
        parts = text_line.split("|")
        if len(parts) == 1:
            told = int(match[1]) if (match := TOTAL.match(text_line)) else told
            continue
        count += 1
        try:
            line = _line(parts)
        except ValueError as error:
            reader.reject("%(line)s: it %(problem)s.", line=text_of(text_line[:60]), problem=error)
            continue
        if line:
            yield line
    if told is None or count < told:
        raise DamagedError("The file of fails to deliver is cut off.")


def _line(parts: list[str]) -> FailedShare | None:
    """None for what has no ticker: a payment, a reorganisation."""
    if len(parts) != 6:
        raise ValueError(message("has not six fields"))
    day, cusip, symbol, quantity, description, price = (each.strip() for each in parts)
    settled_on = day_of(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    assert settled_on  # noqa: S101 - an empty text is no day either
    try:
        ticker = normal_ticker(symbol)
    except ValueError:
        return None
    return FailedShare(
        settled_on=settled_on,
        cusip=cusip_of(cusip),
        ticker=ticker,
        description=description.upper(),
        fails=count_of(quantity) or 0,
        price_usd=None if price in {".", ""} else price_of(price),
    )
