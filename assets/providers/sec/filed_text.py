"""Texts of filings: which ones are worth reading, and what rules find in one, as rows.

Of a company's filings the newest report is read for going concern, 8-Ks for what happened, and prospectuses
for what they offer. They are read one after the other, each naming the next, so that whoever reaches the last
one has read them all: only then "there was no offering" is known.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from assets.documents.current_report import READERS
from assets.documents.decisions import DocumentDecisions, decide
from assets.documents.delisting_notices import FORM_25, delisting_notice
from assets.documents.going_concern import GoingConcern
from assets.documents.offerings import Offering
from assets.documents.patterns import any_of
from assets.documents.sections import ReportedEvent
from assets.documents.text import DocumentText, TextPassage, read_text
from assets.identity.sec_notation import ARCHIVES, RENDERED, asset_of, midnight
from assets.metrics.free_float import FLOAT
from assets.metrics.reported_doubt import (
    ANNUAL,
    ANNUAL_ABROAD,
    GOING_CONCERN,
    REPORTS,
    SPEAKS_FOR_A_YEAR_DAYS,
    SPEAKS_FOR_DAYS,
)
from assets.metrics.unit_changes import OFFERINGS, REPORTED
from assets.sourcing.contract import FilingReference, Parsed, UnreadableError
from assets.sourcing.daily_bars import CLOSE
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import (
    CapitalReadingRow,
    CapitalRow,
    FilingEventRow,
    FilingRow,
    MarketRow,
    Row,
)

PRICE: Final = "price"
PROSPECTUSES: Final = ("424B", "S-1", "S-3", "F-1", "F-3")
CURRENT: Final = "8-K"
SALE_ITEMS: Final = frozenset({"1.01", "3.02", "8.01"})
"""Items of an 8-K that may tell of a sale of securities."""

MOST_TEXTS: Final = 20
"""Documents of one company that are read at a time, the newest first."""

READ_FOR: Final = timedelta(days=732)
"""Two years with a leap day, and the day of reading: offerings are counted over 731 days before today."""
PATH: Final = re.compile(
    r"/Archives/edgar/data/[0-9]{1,10}/([0-9]{10})([0-9]{2})([0-9]{6})/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}\.(?:html?|txt|xml)",
    re.ASCII,
)
NAME: Final = re.compile(
    rf"([A-Z0-9/ -]{{1,32}})\|([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\|({PATH.pattern})", re.ASCII
)
"""How a text is named in a call: form, day of filing and path, since none of them is in another."""

LEVELS: Final = {"yes": "stated", "mitigated": "alleviated", "no": "none"}
STATEMENTS: Final = any_of(r"\bbalance sheets?\b|\bstatements? of financial (?:position|condition)\b")
SHORTEST_REPORT: Final = 20_000
"""Characters; what is shorter has its figures in an exhibit, and its silence says nothing (our judgement)."""

SHORTEST_TEXT: Final = 80
LONGEST_PASSAGE: Final = 1_000
BEYOND_ALL: Final = 1e14

CAPITAL_EVENT_OF: Final = {
    "atm": "at_the_market",
    "equity_line": "equity_line",
    "convertible": "convertible",
    "registered_direct": "offering",
    "public_best_efforts": "offering",
    "underwritten": "offering",
    "ipo": "offering",
    "private_placement": "private_placement",
    "preferred": "private_placement",
    "shelf": "shelf",
}
"""What an offering is among capital events; a resale, notes and receipts for deposited shares make
no new ones."""

SPLITS: Final = {"reverse_split": "reverse_split", "forward_split": "split"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledText:
    """A filed document that is read: whose, which, and when it was filed and fetched."""

    cik: str
    form: str
    filed_on: date
    path: str
    fetched_at: datetime

    @property
    def accession(self) -> str:
        match = PATH.fullmatch(self.path)
        return "-".join(match.groups()) if match else ""

    @property
    def url(self) -> str:
        return f"{ARCHIVES}{self.path}"


def texts_to_read(filed: Iterable[FilingReference], read: frozenset[str]) -> list[str]:
    """The names of the newest report and the newest annual one, of 8-Ks with items for the rules, of Forms 25
    and of prospectuses, unless read."""
    newest_first = sorted(filed, key=lambda each: each.filed_on, reverse=True)
    chosen = [
        report
        for forms in (REPORTS, ANNUAL)
        if (report := next((each for each in newest_first if each.form in forms), None))
    ]
    chosen += [
        each
        for each in newest_first
        if _is_current(each) or each.form in FORM_25 or each.form.startswith(PROSPECTUSES)
    ]
    names = [_name(each) for each in chosen if each.accession not in read]
    return [each for each in dict.fromkeys(names) if each]


def _is_current(filed: FilingReference) -> bool:
    return filed.form.startswith(CURRENT) and bool({*filed.items.split(",")} & {*READERS, *SALE_ITEMS})


def _name(filed: FilingReference) -> str:
    """The name of a text; "" for one that is no page or text. Of a page made of XML it is the XML."""
    path = RENDERED.sub("/", urlsplit(filed.document_url).path)
    is_page = filed.form in FORM_25 or not path.endswith(".xml")
    is_ours = is_page and filed.document_url.startswith(f"{ARCHIVES}/")
    name = f"{filed.form}|{filed.filed_on.isoformat()}|{path}"
    return name if is_ours and NAME.fullmatch(name) else ""


def whole_submission(name: str) -> str:
    """The name of the file that holds all documents of the same filing; "" for no name of a text."""
    parts = parts_of(name)
    match = PATH.fullmatch(parts[2]) if parts else None
    if parts is None or match is None:
        return ""
    form, filed_on, path = parts
    return f"{form}|{filed_on}|{path.rpartition('/')[0]}/{'-'.join(match.groups())}.txt"


def parts_of(name: str) -> tuple[str, str, str] | None:
    """Form, day and path of a name; None for anything else."""
    match = NAME.fullmatch(name)
    return (match[1], match[2], match[3]) if match else None


def read_filed_text(body: bytes, source: FiledText, *, is_last_since: date | None) -> Parsed:
    """What a document says. `is_last_since`: with it all papers since that day are read."""
    if source.form in FORM_25 and (notice := delisting_notice(body)) is not None:
        found = DocumentDecisions(form=source.form, events=(notice,))
        return RowReader().parsed([*_event_rows(found, source), *_all_read(source, is_last_since)])
    text = read_text(body)
    if len(text.text) < SHORTEST_TEXT:
        raise UnreadableError("SEC EDGAR sent a document without a text: %(path)s.", path=source.path)
    found = decide(text, source.form, filed_on=source.filed_on)
    rows = [
        *_concern_rows(found.going_concern, text, source),
        *_event_rows(found, source),
        *_splits(found, source),
        *_offerings(found, source),
        *_last_sale(found, source),
    ]
    if not any(isinstance(each, FilingEventRow) for each in rows):
        rows.append(_event_row(source, subject="document", event="nothing_decided"))
    return RowReader().parsed([*rows, *_all_read(source, is_last_since)])


def _all_read(source: FiledText, since: date | None) -> Iterator[CapitalReadingRow]:
    if since is not None:
        yield CapitalReadingRow(
            asset=asset_of(source.cik),
            as_of=source.fetched_at,
            subject=OFFERINGS,
            read_since=since,
            read_until=source.fetched_at.date(),
        )


def read_since(names: Sequence[str], *, total: int, fetched_on: date) -> date:
    """Since when all are read with the last of them: two years, or its day where there were too many."""
    start = fetched_on - READ_FOR
    parts = parts_of(names[-1])
    if total < MOST_TEXTS or parts is None:
        return start
    return max(start, date.fromisoformat(parts[1]))


def _concern_rows(found: GoingConcern | None, text: DocumentText, source: FiledText) -> Iterator[Row]:
    """A document's doubt, and the answer while it speaks for the company. Silence counts in a report with its
    figures; a prospectus that says nothing of doubt says nothing of the report either."""
    if found is None:
        return
    is_report = source.form in REPORTS
    if found.label == "no" and not (is_report and _has_statements(text)):
        return
    yield _event_row(
        source,
        subject=GOING_CONCERN,
        event=found.label,
        passage=found.passage,
        reasons=found.by or found.because,
    )
    holds_days = SPEAKS_FOR_A_YEAR_DAYS if source.form in ANNUAL_ABROAD else SPEAKS_FOR_DAYS
    level = LEVELS.get(found.label, "")
    speaks = (source.fetched_at.date() - source.filed_on).days <= holds_days
    if level and speaks and (is_report or found.label == "yes"):
        yield FilingRow(asset=asset_of(source.cik), as_of=midnight(source.filed_on), going_concern=level)


def _has_statements(text: DocumentText) -> bool:
    return len(text.text) >= SHORTEST_REPORT and bool(STATEMENTS.search(text.line))


def _event_rows(found: DocumentDecisions, source: FiledText) -> Iterator[FilingEventRow]:
    for event in found.events:
        yield _event_row(
            source,
            subject=event.item,
            event=event.event,
            passage=event.passage,
            reasons=event.reasons,
            happened_on=event.happened_on,
            effective_on=event.effective_on,
            deadline_on=event.deadline_on,
            ratio=event.ratio,
        )
    if (cover := found.cover) is not None:
        yield _event_row(
            source,
            subject=FLOAT,
            event="non_affiliates",
            passage=cover.passage,
            shares=_decimal(cover.shares),
            shares_outstanding=_decimal(cover.shares_outstanding),
            price_usd=_decimal(cover.price_usd),
            amount_usd=_decimal(cover.value_usd),
        )
    for offering in found.offerings:
        yield _event_row(
            source,
            subject="offering",
            event=offering.kind,
            passage=offering.passage,
            amount_usd=_decimal(offering.amount_usd),
            shares=_decimal(offering.shares),
            warrants=_decimal(offering.warrants),
            strike_usd=_decimal(offering.warrant_strike_usd),
            room_usd=_decimal(offering.room_usd),
        )


def _event_row(
    source: FiledText,
    *,
    subject: str,
    event: str,
    passage: TextPassage | None = None,
    reasons: Sequence[str] = (),
    **details: object,
) -> FilingEventRow:
    return FilingEventRow(
        asset=asset_of(source.cik),
        as_of=midnight(source.filed_on),
        accession=source.accession,
        form=source.form,
        filed_on=source.filed_on,
        subject=subject,
        event=event,
        reasons=" ".join(reasons)[:200],
        passage=passage.text[:LONGEST_PASSAGE] if passage else "",
        passage_at=passage.start if passage else None,
        source_url=source.url,
        **details,  # type: ignore[arg-type]
    )


def _splits(found: DocumentDecisions, source: FiledText) -> Iterator[CapitalRow]:
    """A split with its ratio, each once although two items have it; a stated day is that of its effect."""
    splits: dict[str, ReportedEvent] = {}
    for event in found.events:
        if event.event in SPLITS and event.ratio:
            known = splits.get(event.event)
            splits[event.event] = event if known is None or event.effective_on else known
    for event in splits.values():
        day = event.effective_on
        yield CapitalRow(
            asset=asset_of(source.cik),
            as_of=midnight(source.filed_on),
            event=SPLITS[event.event],
            earliest_on=None if day else source.filed_on - timedelta(days=7),
            happened_on=day or source.filed_on + timedelta(days=14),
            accession=source.accession,
            ratio=event.ratio,
            source_url=source.url,
            evidence=REPORTED,
        )


def _offerings(found: DocumentDecisions, source: FiledText) -> Iterator[CapitalRow]:
    for offering in found.offerings:
        event = CAPITAL_EVENT_OF.get(offering.kind, "")
        if event and offering.side != "secondary":
            yield CapitalRow(
                asset=asset_of(source.cik),
                as_of=midnight(source.filed_on),
                event=event,
                happened_on=source.filed_on,
                accession=source.accession,
                shares=_decimal(_new_shares(offering)),
                amount_usd=_decimal(offering.amount_usd),
                source_url=source.url,
            )


def _last_sale(found: DocumentDecisions, source: FiledText) -> Iterator[Row]:
    """A price as old as it says, with its passage: beside that of fails the only one without a key."""
    if (sale := found.last_sale) is None:
        return
    price_usd = _decimal(sale.price_usd)
    yield _event_row(
        source,
        subject=PRICE,
        event="last_sale",
        passage=sale.passage,
        happened_on=sale.sold_on,
        price_usd=price_usd,
    )
    closed_at = datetime.combine(sale.sold_on, CLOSE)
    if closed_at <= source.fetched_at:
        yield MarketRow(asset=asset_of(source.cik), as_of=closed_at, price_usd=price_usd)


def _new_shares(offering: Offering) -> float | None:
    """Shares and pre-funded warrants, which are shares but for a cent."""
    return None if offering.shares is None else offering.shares + (offering.prefunded or 0)


def _decimal(value: float | None) -> Decimal | None:
    """A figure as it is stored; one beyond all money and shares there are is a slip of the text."""
    return None if value is None or not 0 <= value < BEYOND_ALL else Decimal(str(value))
