"""Filing index (`submissions`): who a company is, where it is traded, and everything it filed.

https://www.sec.gov/edgar/sec-api-documentation. The list comes as parallel arrays of about a
thousand filings; what is older comes in files of its own, whose body is the arrays alone. The
moment of acceptance is marked as UTC, yet in some lists it is the time of New York, four or five
hours too early: it is taken as it stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from assets.documents.delisting_notices import FORM_25
from assets.identity.sec_notation import (
    ARCHIVES,
    NAMESPACE,
    RENDERED,
    accession_of,
    asset_of,
    cik_of,
    day_of,
    filing_url,
    midnight,
    page_url,
)
from assets.identity.tickers import LINE, SHARE, names_of
from assets.metrics.filing_events import DELISTING, LISTED, NAMED_ITEMS
from assets.metrics.report_deadlines import months_after
from assets.metrics.reported_doubt import ANNUAL, GOING_CONCERN, REPORTS
from assets.metrics.schedules import SCHEDULE, SCHEDULE_FORMS
from assets.metrics.unit_changes import FILED, NOTICED, SPLIT_NOTICES
from assets.providers.sec.events import (
    FORMS_OF_EVENTS,
    SHELL_NO_MORE,
    Filing,
    are_figures_withdrawn,
    became_another_on,
    business_changed_on,
)
from assets.providers.sec.timeliness import WINDOW_MONTHS, is_deregistered, timeliness
from assets.sourcing.contract import FilingReference, Parsed, UnreadableError
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader, moment_of, text_of
from assets.sourcing.rows import (
    AssetRef,
    CapitalReadingRow,
    CapitalRow,
    DocumentRow,
    FilingEventRow,
    FilingRow,
    ListingRow,
    Row,
    VenueRow,
)

COLUMNS: Final = (
    *("accessionNumber", "form", "filingDate", "reportDate"),
    *("acceptanceDateTime", "items", "primaryDocument"),
)
NEEDED: Final = frozenset({"accessionNumber", "form", "filingDate"})
OLDER_FILE: Final = re.compile(r"CIK([0-9]{10})-submissions-[0-9]{3}\.json", re.ASCII)
HISTORY_MONTHS: Final = 36
ITEMS: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{2})?(?:,[0-9]{1,2}(?:\.[0-9]{2})?)*", re.ASCII)
MOST_ITEMS: Final = 200
LONGEST_FORM: Final = 32

EXCHANGES: Final = frozenset({"nasdaq", "nyse", "cboe"})
UNREGISTERED_SALE: Final = "3.02"
RIGHTS_MODIFIED: Final = "3.03"
ARTICLES_AMENDED: Final = "5.03"
NOTICE_HOLDS: Final = timedelta(days=14)
"""An amendment is filed some days before it takes effect, its notice within four business days."""
EVENT_OF: Final = {
    **dict.fromkeys(("S-3", "S-3ASR", "F-3", "F-3ASR"), "shelf"),
    **dict.fromkeys(("S-1", "F-1"), "prospectus"),
    **dict.fromkeys((f"424B{number}" for number in range(1, 9)), "prospectus"),
    "D": "unregistered_sale",
}
"""What a form says about securities to come; amendments say it again, so they don't count. Which ones, of
whom and how many, only its text tells, which nobody has read: a 424B may sell new shares, by a bank or at the
market, as well as notes, the shares of earlier holders, or a merger (17 CFR 230.424(b)); Form D and item 3.02
stand for shares as well as for convertibles and debt. S-8 and FWP say nothing of a sale."""

BY_OTHERS: Final = frozenset({"3", "4", "5", "144", "SC 13D", "SC 13G", "SCHEDULE 13D", "SCHEDULE 13G"})
OWNERSHIP_FORMS: Final = frozenset({"3", "4", "5", "SCHEDULE 13D", "SCHEDULE 13G"})
BY_THE_SEC: Final = frozenset(
    {"UPLOAD", "EFFECT", "QUALIF", "CT ORDER", "SEC STAFF LETTER", "25-NSE", "CERT", "CERTNYS", "CERTNAS"}
)
OWNERSHIP_PATH: Final = re.compile(
    r"/Archives/edgar/data/[0-9]{1,10}/[0-9]{18}/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}\.xml", re.ASCII
)


def older_path(name: object, *, cik: str) -> str:
    """The path of an older list, "" unless it is one of this company."""
    match = OLDER_FILE.fullmatch(name) if isinstance(name, str) else None
    return f"/submissions/{match[0]}" if match and int(match[1]) == int(cik) else ""


def ownership_documents(documents: Iterable[FilingReference]) -> list[str]:
    """The paths of the XML of Forms 3, 4, 5 and Schedules 13D, 13G, in the order of the documents.

    The document that a list names is the page made of it, in a folder `xslF345X05/`; the XML itself
    lies beside that folder. Schedules before December 2024 are no XML and have no path.
    """
    paths = []
    for each in documents:
        if each.form.removesuffix("/A") in OWNERSHIP_FORMS and each.document_url.startswith(f"{ARCHIVES}/"):
            path = RENDERED.sub("/", urlsplit(each.document_url).path)
            paths += [path] if OWNERSHIP_PATH.fullmatch(path) else []
    return list(dict.fromkeys(paths))


def read_company(body: object, *, cik: str, fetched_at: datetime) -> tuple[Parsed, tuple[str, ...]]:
    """The rows of the company, and the paths of older lists that belong to the last 36 months."""
    filings = body.get("filings") if isinstance(body, dict) else None
    recent = filings.get("recent") if isinstance(filings, dict) else None
    try:
        is_it = isinstance(body, dict) and cik_of(body.get("cik")) == cik
    except ValueError:
        is_it = False
    if not isinstance(body, dict) or not isinstance(filings, dict) or not is_it:
        raise UnreadableError("SEC EDGAR sent something other than the filings of %(cik)s.", cik=cik)
    reader = RowReader()
    asset = _asset(body, cik, reader)
    documents = _documents(recent, asset, cik, fetched_at, reader)
    older = [each for each in _list(filings.get("files")) if isinstance(each, dict)]
    summary = _summary(documents, _sizes(recent), asset, cik, fetched_at, is_whole=not older)
    rows: list[Row] = [
        ListingRow(asset=asset, as_of=fetched_at),
        summary,
        *_venues(body, asset, fetched_at, reader),
        *documents,
        *_capital(documents),
        *_events(documents),
        *_reading(documents, asset, fetched_at, is_whole=not older),
    ]
    return reader.parsed(rows), tuple(_older(older, documents, cik, fetched_at))


def read_older(body: object, *, cik: str, fetched_at: datetime) -> Parsed:
    """An older list: the documents and what they say about shares, no summary."""
    reader = RowReader()
    documents = _documents(body, asset_of(cik), cik, fetched_at, reader)
    return reader.parsed([*documents, *_capital(documents), *_events(documents, newest=False)])


# Who it is ----------------------------------------------------------------------------


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    """A text that only describes; what is none is left out."""
    return text_of(value) if isinstance(value, str) else ""


def _asset(body: dict[str, Any], cik: str, reader: RowReader) -> AssetRef:
    tickers = [name for each in _list(body.get("tickers")) if (name := _text(each))]
    exchanges = [name for each in _list(body.get("exchanges")) if (name := _text(each))]
    if not tickers:
        reader.remark("The SEC knows no ticker of this company: it is not listed, or no longer.")
    # The category comes with HTML in it, as "Non-accelerated filer<br>Smaller reporting company".
    category = [_text(part) for part in re.split(r"<[^>]*>", _text(body.get("category")))]
    return replace(
        asset_of(cik),
        identifiers=((NAMESPACE, cik), *names_of(tickers)),
        complete=(LINE, SHARE),
        symbol=tickers[0][:64] if tickers else "",
        name=_text(body.get("name"))[:200],
        venue=exchanges[0][:64] if exchanges else "",
        sector=_text(body.get("sicDescription"))[:64],
        tags=tuple(part for part in category if part),
    )


def _venues(
    body: dict[str, Any], asset: AssetRef, fetched_at: datetime, reader: RowReader
) -> Iterator[VenueRow]:
    """Each venue once, the one of the first ticker last: of one moment the last row counts."""
    names = [name for each in _list(body.get("exchanges")) if (name := _text(each))]
    for venue in reversed(dict.fromkeys(names)):
        if venue.upper() == "OTC":
            reader.remark("It is traded over the counter; the SEC doesn't say in which tier.")
        tier = "exchange" if venue.lower() in EXCHANGES else ""
        yield VenueRow(asset=asset, as_of=fetched_at, venue=venue[:64], tier=tier)


# What it filed ------------------------------------------------------------------------


def _documents(
    arrays: object, asset: AssetRef, cik: str, fetched_at: datetime, reader: RowReader
) -> list[DocumentRow]:
    columns = {name: arrays.get(name) for name in COLUMNS} if isinstance(arrays, dict) else {}
    if not all(isinstance(columns.get(name), list) for name in NEEDED):
        raise UnreadableError("SEC EDGAR sent something other than a list of filings.")
    present = {name: column for name, column in columns.items() if isinstance(column, list)}
    lengths = {len(column) for column in present.values()}
    if len(lengths) > 1:
        reader.remark(
            "The columns of the list are of unequal length; filings read: %(count)s.", count=min(lengths)
        )
    documents, ahead = [], 0
    for values in zip(*present.values(), strict=False):
        line = dict(zip(present, values, strict=True))
        try:
            document = _document(line, asset, cik)
        except ValueError as error:
            reader.reject("A filing %(problem)s.", problem=error)
            continue
        if document.as_of > fetched_at:
            ahead += 1
        elif reader.is_first(document.accession, what=document.accession):
            documents.append(document)
    if ahead:
        reader.remark("Filings of days to come are left out: %(count)s.", count=ahead)
    return documents


def _document(line: dict[str, Any], asset: AssetRef, cik: str) -> DocumentRow:
    accession = accession_of(line["accessionNumber"])
    form, filed_on = text_of(line["form"]), day_of(line["filingDate"])
    if filed_on is None or not 0 < len(form) <= LONGEST_FORM:
        raise ValueError(message("has no day or no form"))
    accepted_at = moment_of(line.get("acceptanceDateTime"))
    items = _text(line.get("items"))
    return DocumentRow(
        asset=asset,
        as_of=accepted_at or midnight(filed_on),
        accession=accession,
        form=form,
        filed_on=filed_on,
        accepted_at=accepted_at,
        period_ends_on=day_of(line.get("reportDate")),
        items=items if ITEMS.fullmatch(items) and len(items) <= MOST_ITEMS else "",
        document_url=filing_url(cik, accession, line.get("primaryDocument")),
    )


def _capital(documents: Sequence[DocumentRow]) -> Iterator[CapitalRow]:
    for each in documents:
        event, items = EVENT_OF.get(each.form, ""), each.items.split(",")
        if each.form == "8-K" and SHELL_NO_MORE in items:
            yield _notice(each, evidence="")
        elif each.form == "8-K" and {RIGHTS_MODIFIED, ARTICLES_AMENDED} <= set(items):
            yield _notice(each, evidence=NOTICED)
        if each.form == "8-K" and UNREGISTERED_SALE in items:
            event = "unregistered_sale"
        if event:
            yield CapitalRow(
                asset=each.asset,
                as_of=each.as_of,
                event=event,
                happened_on=each.filed_on,
                accession=each.accession,
                source_url=each.document_url,
            )


def _events(documents: Sequence[DocumentRow], *, newest: bool = True) -> Iterator[FilingEventRow]:
    """That there is a document of which a criterion asks what it says: an item of an 8-K, a Form 25, a
    Schedule; and of the `newest` list the last reports, whom an earlier one's word does not outlive.
    """
    last = _last_reports(documents) if newest else frozenset()
    for each in documents:
        subjects: tuple[str, ...] = ()
        if each.accession in last:
            subjects = (GOING_CONCERN,)
        elif each.form.removesuffix("/A") in FORMS_OF_EVENTS:
            subjects = tuple(item for item in dict.fromkeys(each.items.split(",")) if item in NAMED_ITEMS)
        elif each.form.removesuffix("/A") in FORM_25:
            subjects = (DELISTING,)
        elif each.form.removesuffix("/A") in SCHEDULE_FORMS:
            subjects = (SCHEDULE,)
        for subject in subjects:
            yield FilingEventRow(
                asset=each.asset,
                as_of=midnight(each.filed_on),
                accession=each.accession,
                form=each.form,
                filed_on=each.filed_on,
                subject=subject,
                event=LISTED,
                happened_on=each.period_ends_on,
                source_url=each.document_url,
            )


def _last_reports(documents: Iterable[DocumentRow]) -> frozenset[str]:
    newest_first = sorted(documents, key=lambda each: each.as_of, reverse=True)
    found = (next((each for each in newest_first if each.form in forms), None) for forms in (REPORTS, ANNUAL))
    return frozenset(each.accession for each in found if each)


def _notice(document: DocumentRow, *, evidence: str) -> CapitalRow:
    """Of a change of the articles that touches holders' rights: a reverse split, as often as not; or of a
    merger, before which a share was one of another company: no ratio leads from one to the other."""
    return CapitalRow(
        asset=document.asset,
        as_of=document.as_of,
        event="unit_change",
        earliest_on=(document.period_ends_on or document.filed_on) - NOTICE_HOLDS / 2,
        happened_on=document.filed_on + NOTICE_HOLDS,
        accession=document.accession,
        source_url=document.document_url,
        evidence=evidence,
    )


def _reading(
    documents: Sequence[DocumentRow], asset: AssetRef, fetched_at: datetime, *, is_whole: bool
) -> Iterator[CapitalReadingRow]:
    """For which time the list would show a notice, and a document of another kind."""
    since = None if is_whole else min((each.filed_on for each in documents), default=None)
    for subject in (SPLIT_NOTICES, FILED) if documents else ():
        yield CapitalReadingRow(
            asset=asset,
            as_of=fetched_at,
            subject=subject,
            read_since=since,
            read_until=fetched_at.date(),
        )


def _sizes(arrays: object) -> dict[str, int]:
    """The bytes of each filing by its accession number; of most none where the list has no such column."""
    names, sizes = (
        _list(arrays.get(name)) if isinstance(arrays, dict) else [] for name in ("accessionNumber", "size")
    )
    return {
        name: size
        for name, size in zip(names, sizes, strict=False)
        if isinstance(name, str) and type(size) is int and size > 0
    }


def _summary(
    documents: Sequence[DocumentRow],
    sizes: Mapping[str, int],
    asset: AssetRef,
    cik: str,
    fetched_at: datetime,
    *,
    is_whole: bool,
) -> FilingRow:
    today = fetched_at.date()
    start = months_after(today, -WINDOW_MONTHS)
    filings = [
        Filing(
            each.form,
            each.filed_on,
            each.period_ends_on,
            tuple(each.items.split(",")),
            sizes.get(each.accession, 0),
        )
        for each in documents
    ]
    reaches_back = is_whole or any(each.filed_on <= start for each in filings)
    counts = timeliness(
        filings, today=today, reaches_back=reaches_back, category=asset.tags[0] if asset.tags else ""
    )
    others = BY_OTHERS | BY_THE_SEC
    own = [each.filed_on for each in documents if each.form.removesuffix("/A") not in others]
    return FilingRow(
        asset=asset,
        as_of=fetched_at,
        filings_due_24m=counts.due,
        filings_late_24m=counts.late,
        filings_missing_24m=counts.missing,
        late_notices_24m=counts.notices,
        grace_met_24m=counts.grace_met,
        grace_missed_24m=counts.grace_missed,
        auditor_changes_24m=counts.auditor_changes,
        restatements_24m=counts.restatements,
        last_filed_on=min(max(own), today) if own else None,
        figures_withdrawn=are_figures_withdrawn(filings) if counts.restatements is not None else None,
        business_changed_on=business_changed_on(filings),
        became_another_on=became_another_on(filings),
        deregistered=is_deregistered(filings) if reaches_back else None,
        filings_url=page_url(cik),
    )


def _older(
    files: Sequence[dict[str, Any]], documents: Sequence[DocumentRow], cik: str, fetched_at: datetime
) -> Iterator[str]:
    """The older lists that are needed for 36 months; none where the recent one reaches that far."""
    start = months_after(fetched_at.date(), -HISTORY_MONTHS)
    if any(each.filed_on <= start for each in documents):
        return
    for each in files:
        try:
            last = day_of(each.get("filingTo"))
        except ValueError:
            last = None
        path = older_path(each.get("name"), cik=cik)
        if path and (last is None or last >= start):
            yield path
