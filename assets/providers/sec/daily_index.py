"""Daily index of EDGAR: everything that was filed on one day, by all companies, in one file.

https://www.sec.gov/search-filings/edgar-search-assistance/accessing-edgar-data: `master.yyyymmdd.idx` with
pipes between CIK, name, form, day and file. It comes in the night after its day. A day without an index (a
week-end, a holiday, one that is not out yet) is answered by 403 and XML, where too many calls are answered by
403 and a page. The index names no items and no documents: it says whose list of filings is worth asking for
again.
"""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from assets.identity.sec_notation import ARCHIVES, accession_of, asset_of, cik_of, midnight
from assets.metrics.families import EVENTS
from assets.metrics.filing_events import INDEXED
from assets.sourcing.contract import DamagedError, Parsed, RawObservation, Request
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import FilingEventRow, Row

FOLDER: Final = "/Archives/edgar/daily-index"
NEWEST: Final = f"{FOLDER}/master.idx"
"""Stands for the newest one, whose day is known when it is asked for."""
PATH: Final = re.compile(rf"{FOLDER}/([0-9]{{4}})/QTR[1-4]/master\.([0-9]{{8}})\.idx", re.ASCII)
HEADER: Final = "CIK|Company Name|Form Type|Date Filed|File Name"
FILE: Final = re.compile(r"edgar/data/[0-9]{1,10}/([0-9]{10}-[0-9]{2}-[0-9]{6})\.txt", re.ASCII)
WITHOUT: Final = re.compile(rb"<Code>\s*(?:AccessDenied|NoSuchKey)\s*</Code>")
COMES_AFTER: Final = timedelta(hours=28)
"""After the beginning of its day in UTC: it is made in the evening in New York."""
MOST_TRIES: Final = 5
"""No week has so many days without an index, one after the other."""
FORMS: Final = re.compile(
    r"(?:8-K|10-K|10-Q|NT |20-F|40-F|6-K|25|15-|15F-|424B|[SF]-[13]|SC 13|SCHEDULE 13|POS AM|RW)"
    r"[A-Z0-9/ -]*|[345](?:/A)?"
)
"""What somebody reads: reports, events, notices, offerings and who holds how much."""


def is_index(path: str) -> bool:
    return path.startswith(FOLDER)


def dated(request: Request, *, now: datetime) -> Request:
    """The call for the newest index that can be out by now."""
    if request.path != NEWEST:
        return request
    return replace(request, path=_path_of((now - COMES_AFTER).date()))


def is_without_index(raw: RawObservation) -> bool:
    """Whether this day has none, and the answer is not that of too many calls."""
    return bool(WITHOUT.search(raw.body[:2_000]))


def read_index(raw: RawObservation) -> Parsed:
    """What known companies filed that somebody reads; of a day without an index the call for the day
    before."""
    if is_without_index(raw):
        return Parsed(
            remarks=(message("There is no index of %(path)s.", path=raw.request.path),),
            follow=_day_before(raw),
        )
    lines = raw.body.decode("latin-1").splitlines()
    if HEADER not in (each.strip() for each in lines[:20]):
        raise DamagedError("SEC EDGAR sent something other than a daily index.")
    reader = RowReader()
    rows: list[Row] = []
    for line in lines:
        parts = line.split("|")
        if len(parts) != len(HEADER.split("|")) or not parts[0].strip().isdigit():
            continue
        try:
            row = _row(parts, raw.fetched_at)
        except ValueError as error:
            reader.reject("A line of the index %(problem)s.", problem=error)
            continue
        if row is not None:
            rows.append(row)
    return reader.parsed(rows)


def _row(parts: list[str], fetched_at: datetime) -> FilingEventRow | None:
    cik, _name, form, day, file = (each.strip() for each in parts)
    match = FILE.fullmatch(file)
    if match is None or not FORMS.fullmatch(form):
        return None
    if not re.fullmatch(r"[0-9]{8}", day, re.ASCII):
        raise ValueError(message("has no day"))
    filed_on = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    if midnight(filed_on) > fetched_at:
        raise ValueError(message("is of a day to come"))
    return FilingEventRow(
        asset=replace(asset_of(cik_of(cik)), if_known=True),
        as_of=midnight(filed_on),
        accession=accession_of(match[1]),
        form=form[:32],
        filed_on=filed_on,
        subject="document",
        event=INDEXED,
        source_url=f"{ARCHIVES}/Archives/{file}",
    )


def _path_of(day: date) -> str:
    """Of this day, or of the Friday before a week-end."""
    day -= timedelta(days=max(0, day.weekday() - 4))
    return f"{FOLDER}/{day.year}/QTR{(day.month + 2) // 3}/master.{day:%Y%m%d}.idx"


def _day_before(raw: RawObservation) -> tuple[Request, ...]:
    tries, match = int(raw.request.context.get("tries", "1")), PATH.fullmatch(raw.request.path)
    if tries >= MOST_TRIES or match is None:
        return ()
    written = match[2]
    day = date(int(written[:4]), int(written[4:6]), int(written[6:])) - timedelta(days=1)
    return (Request(family=EVENTS, path=_path_of(day), context={"tries": str(tries + 1)}),)
