"""FINRA: short interest of all US shares twice a month, and the threshold list of those traded off exchanges.

https://developer.finra.org/docs, group otcMarket. Needs no key for these; at most 5,000 rows a call; JSON by
the header that every call has. Data may be used by oneself, not passed on. A data set is divided into days
(partitions); what has no rows is answered by 204. A company is found by its common share, whose symbol FINRA
writes as one word: BRKB.

A walk asks for the newest day and reads it page by page; by name a few shares are asked for with all their
days, because a call can't say "the newest". The threshold list (Regulation SHO for issuers that report to the
SEC, FINRA's rule 4320 for others) says of a share that is traded over the counter alone that it is not on it.
Its columns are as others have published them: no answer of it has been recorded.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from http import HTTPStatus
from typing import Annotated, ClassVar, Final

from pydantic import BeforeValidator

from assets.identity.sec_notation import day_of, midnight
from assets.identity.tickers import SHARE, share_of
from assets.metrics.families import VENUE
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.messages import message
from assets.sourcing.reading import Amount, Name, RowReader, Text, VendorModel, load_json
from assets.sourcing.rows import Identifier, Row, VenueRow

DATA: Final = "/data/group/otcMarket/name/"
PARTITIONS: Final = "/partitions/group/otcMarket/name/"
INTEREST: Final = "consolidatedShortInterest"
THRESHOLD: Final = "thresholdList"
DAY_OF: Final = {INTEREST: "settlementDate", THRESHOLD: "tradeDate"}
INTEREST_FIELDS: Final = (
    *("settlementDate", "symbolCode", "marketClassCode"),
    *("currentShortPositionQuantity", "averageDailyVolumeQuantity"),
)
PAGE: Final = 5_000
SHARES_A_CALL: Final = 15
"""Each has a row of every half-month since the end of 2017: 209 of them in September 2026."""
OVER_THE_COUNTER: Final = "OTC"
ON_LIST: Final = frozenset({"Y", "R", "NR"})
"""Flags of a row of the threshold list: before 2019 R for Regulation SHO and NR for rule 4320."""


class FinraInterest(VendorModel):
    symbolCode: Name  # noqa: N815 - the vendor's name
    settlementDate: Annotated[date, BeforeValidator(day_of)]  # noqa: N815
    marketClassCode: Text = ""  # noqa: N815
    currentShortPositionQuantity: Amount = None  # noqa: N815
    averageDailyVolumeQuantity: Amount = None  # noqa: N815


class FinraThreshold(VendorModel):
    issueSymbolIdentifier: Name  # noqa: N815
    thresholdListFlag: Text = ""  # noqa: N815
    regShoThresholdFlag: Text = ""  # noqa: N815
    rule4320Flag: Text = ""  # noqa: N815

    @property
    def is_on_list(self) -> bool:
        return bool({self.thresholdListFlag, self.regShoThresholdFlag, self.rule4320Flag} & ON_LIST)


class Finra(Provider):
    name = "finra"
    title = "FINRA"
    website = "https://www.finra.org/finra-data"
    attribution = message("Short interest and threshold list by FINRA")
    default_url = "https://api.finra.org"
    # It allows 1,200 calls a minute.
    rate = Rate(calls=60, per_s=60)
    families = (VENUE,)
    fields = {
        VENUE: "short_interest_shares short_interest_on average_volume_shares threshold_list",
    }
    in_batches = {VENUE: SHARES_A_CALL}
    assets_a_call: ClassVar[dict[str, int]] = {VENUE: 1_000}
    namespaces = (SHARE,)
    known_by = message("US ticker")

    def accepts(self, request: Request, status_code: int) -> bool:
        """That there are no rows is an answer."""
        return status_code in {HTTPStatus.OK, HTTPStatus.NO_CONTENT}

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        if need.identifiers is None:
            return (_days_of(INTEREST),)
        symbols = list(dict.fromkeys(value for _namespace, value in known))[: need.limit]
        return tuple(
            _named(symbols[start : start + SHARES_A_CALL]) for start in range(0, len(symbols), SHARES_A_CALL)
        )

    def parse(self, raw: RawObservation) -> Parsed:
        reader, data_set = RowReader(), raw.request.path.rpartition("/")[2]
        if raw.request.path.startswith(PARTITIONS):
            return _newest_day(raw, data_set)
        body = [] if raw.status_code == HTTPStatus.NO_CONTENT else load_json(raw.body)
        if not isinstance(body, list):
            raise UnreadableError("FINRA sent something other than rows.")
        if data_set == THRESHOLD:
            return reader.parsed(_on_threshold_list(body, raw, reader))
        return _interest(body, raw, reader)


# What is asked ----------------------------------------------------------------------


def _days_of(data_set: str, *, symbols: str = "") -> Request:
    return Request(family=VENUE, path=f"{PARTITIONS}{data_set}", context={"symbols": symbols})


def _named(symbols: Sequence[str]) -> Request:
    body = {
        "fields": [*INTEREST_FIELDS],
        "domainFilters": [{"fieldName": "symbolCode", "values": [*symbols]}],
        "limit": PAGE,
        "offset": 0,
    }
    return Request(family=VENUE, path=f"{DATA}{INTEREST}", body=body)


def _page(data_set: str, day: str, *, offset: int = 0, symbols: str = "") -> Request:
    """Rows of one day: only such can be had in an order, and so page by page."""
    is_interest = data_set == INTEREST
    body = {
        **({"fields": [*INTEREST_FIELDS], "sortFields": ["symbolCode"]} if is_interest else {}),
        "compareFilters": [{"fieldName": DAY_OF[data_set], "fieldValue": day, "compareType": "EQUAL"}],
        "limit": PAGE,
        "offset": offset,
    }
    context = {"day": day, "offset": str(offset), "symbols": symbols}
    return Request(family=VENUE, path=f"{DATA}{data_set}", body=body, context=context)


def _newest_day(raw: RawObservation, data_set: str) -> Parsed:
    """{"availablePartitions": [{"partitions": ["2026-08-31"]}, …]}, the newest first; its rows are next."""
    body = load_json(raw.body) if raw.status_code == HTTPStatus.OK else {}
    listed = body.get("availablePartitions") if isinstance(body, dict) else None
    days = []
    for each in listed if isinstance(listed, list) else ():
        named = each.get("partitions") if isinstance(each, dict) else None
        try:
            days += [day for one in named or () if (day := day_of(one)) is not None]
        except (TypeError, ValueError):
            continue
    days = [day for day in days if day <= raw.fetched_at.date()]
    if not days:
        raise UnreadableError("FINRA names no day of %(data_set)s.", data_set=data_set)
    return Parsed(follow=(_page(data_set, max(days).isoformat(), symbols=raw.request.context["symbols"]),))


# Short interest ---------------------------------------------------------------------


def _interest(body: Sequence[object], raw: RawObservation, reader: RowReader) -> Parsed:
    """The newest row of each share; then the next page, and what the threshold list says of these shares."""
    day, newest = raw.request.context.get("day"), dict[str, FinraInterest]()
    if day is None and len(body) >= PAGE:
        raise UnreadableError("FINRA has more rows than it returns at once: the newest may be missing.")
    for item in body:
        each = reader.read(FinraInterest, item)
        if each is None or midnight(each.settlementDate) > raw.fetched_at:
            continue
        if day is not None and not reader.is_first(each.symbolCode, what=each.symbolCode[:80]):
            continue
        if each.symbolCode not in newest or newest[each.symbolCode].settlementDate < each.settlementDate:
            newest[each.symbolCode] = each
    rows = _interest_rows(newest.values(), reader)
    follow = []
    if day is not None and len(body) >= PAGE:
        follow.append(_page(INTEREST, day, offset=int(raw.request.context["offset"]) + PAGE))
    symbols = [row.asset.identifiers[0][1] for row, each in rows if each.marketClassCode == OVER_THE_COUNTER]
    if symbols:
        follow.append(_days_of(THRESHOLD, symbols=" ".join(symbols)))
    return reader.parsed([row for row, _each in rows], *follow)


def _interest_rows(
    interest: Iterable[FinraInterest], reader: RowReader
) -> list[tuple[VenueRow, FinraInterest]]:
    rows = []
    for each in interest:
        try:
            asset = share_of(each.symbolCode)
        except ValueError as error:
            reader.reject("%(name)s %(problem)s.", name=each.symbolCode[:80], problem=error)
            continue
        row = VenueRow(
            asset=asset,
            as_of=midnight(each.settlementDate),
            short_interest_shares=each.currentShortPositionQuantity,
            short_interest_on=each.settlementDate,
            average_volume_shares=each.averageDailyVolumeQuantity,
        )
        rows.append((row, each))
    return rows


# Threshold list ---------------------------------------------------------------------


def _on_threshold_list(body: Sequence[object], raw: RawObservation, reader: RowReader) -> list[Row]:
    """A row for each share that is traded over the counter and was asked about."""
    on_list = set()
    for item in body:
        each = reader.read(FinraThreshold, item)
        if each is not None and each.is_on_list:
            on_list.add(each.issueSymbolIdentifier)
    if reader.rejected or len(body) >= PAGE:
        raise UnreadableError(
            "Not all of the threshold list can be read: which companies are missing is unknown."
        )
    if not body:
        reader.remark("FINRA's threshold list of %(day)s has no rows.", day=raw.request.context["day"])
        return []
    as_of = midnight(date.fromisoformat(raw.request.context["day"]))
    return [
        VenueRow(asset=share_of(symbol), as_of=as_of, threshold_list=symbol in on_list)
        for symbol in raw.request.context["symbols"].split()
    ]
