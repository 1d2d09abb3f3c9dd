"""Ownership filings: the XML of Forms 3, 4, 5 and Schedules 13D, 13G says who holds how much of a company.

https://www.sec.gov/submit-filings/technical-specifications. The document doesn't say when it was
filed, only when it was signed, which is the same day or one of the few before: that is its `as_of`.
A form that several report together stands under the first of them and names the others; of a Schedule
everyone who reports is a line, and mostly of the same shares: metrics.ownership puts them together.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Protocol

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from assets.identity.sec_notation import asset_of, cik_of, day_of, midnight
from assets.metrics.persons import SEPARATOR
from assets.metrics.schedules import OF_ANOTHER, SCHEDULE, SCHEDULE_FORMS
from assets.sourcing.contract import DamagedError, Parsed, UnreadableError
from assets.sourcing.reading import RowReader, amount_of, name_of, portion_of, text_of
from assets.sourcing.rows import FilingEventRow, OwnershipRow

LARGEST: Final = 2_000_000
"""A form of a hundred lines has 200 KB; what is much larger is none."""

MOST_LINES: Final = 1_000
MOST_LETTERS: Final = 500
FORMER: Final = re.compile(r"\b(?:former|ex-|retired|resigned)", re.IGNORECASE)
POWERS: Final = ("VotingPower", "DispositivePower")
ROLES: Final = (
    ("isDirector", "director"),
    ("isOfficer", "officer"),
    ("isTenPercentOwner", "ten_percent_owner"),
    ("isOther", "other"),
)
"""In the order of `metrics.ownership.ROLES`: who is several things is the first of them."""

TABLES: Final = {
    "nonDerivativeTransaction": False,
    "nonDerivativeHolding": False,
    "derivativeTransaction": True,
    "derivativeHolding": True,
}
FORMS: Final = frozenset({"3", "4", "5"})
NONE: Final = Decimal(0)
SIGNS: Final = {"A": 1, "D": -1}
DIRECT: Final = {"D": True, "I": False}


class Element(Protocol):
    """What is used of an XML element."""

    tag: str
    text: str | None
    attrib: dict[str, str]

    def iter(self, tag: str | None = None) -> Iterator["Element"]: ...

    def __iter__(self) -> Iterator["Element"]: ...


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """What is known of a document before it is read."""

    cik: str
    accession: str
    url: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says once for all its lines."""

    form: str
    as_of: datetime
    period_on: date | None


def read_document(body: bytes, source: DocumentSource) -> Parsed:
    """The lines of a document about `source.cik`; none, with a remark, of one about another company."""
    root = _root(body)
    kind = _local(root)
    if kind not in {"ownershipDocument", "edgarSubmission"}:
        raise UnreadableError("This is neither a Form 3, 4, 5 nor a Schedule 13D, 13G.")
    issuer = _text(root, "issuerCik") or _text(root, "issuerCIK")
    try:
        about = cik_of(issuer)
    except ValueError as error:
        raise UnreadableError("The document doesn't say which company it is about.") from error
    if about != source.cik:
        return _of_another(root, source, about)
    reader = RowReader()
    lines = _form(root, source, reader) if kind == "ownershipDocument" else _schedule(root, source, reader)
    return reader.parsed(list(lines))


def _of_another(root: Element, source: DocumentSource, about: str) -> Parsed:
    """No line; but that a Schedule in this company's list is not about it has been read."""
    reader = RowReader()
    reader.remark(
        "%(accession)s is about the company %(other)s, not %(cik)s.",
        accession=source.accession,
        other=about,
        cik=source.cik,
    )
    form = _text(root, "submissionType")[:32]
    if not form.startswith(SCHEDULE_FORMS):
        return reader.parsed([])
    signed_at = _signed(_days_of_signatures(root), source)
    event = FilingEventRow(
        asset=asset_of(source.cik),
        as_of=signed_at,
        accession=source.accession,
        form=form,
        filed_on=signed_at.date(),
        subject=SCHEDULE,
        event=OF_ANOTHER,
        source_url=source.url,
    )
    return reader.parsed([event])


# XML ----------------------------------------------------------------------------------


def _root(body: bytes) -> Element:
    if len(body) > LARGEST:
        raise UnreadableError("The document has more than %(megabytes)s MB.", megabytes=LARGEST // 1_000_000)
    try:
        root: Element = fromstring(body.lstrip(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DamagedError("The document is not XML that can be read.") from error
    return root


def _local(element: Element) -> str:
    """The name without its namespace: Schedules have one, and not always the same."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: Element, name: str) -> Iterator[Element]:
    return (each for each in element.iter() if _local(each) == name)


def _text(element: Element | None, *names: str) -> str:
    """The text of the first element below with that path, "" without one; a `value` in it is opened."""
    for name in names:
        element = next(_all(element, name), None) if element is not None else None
    if element is None:
        return ""
    value = next((each for each in element if _local(each) == "value"), element)
    return text_of(value.text or "")


def _amount(element: Element, *names: str) -> Decimal | None:
    return amount_of(_text(element, *names).replace(",", ""))


def _signed(places: Iterable[Element], source: DocumentSource) -> datetime:
    """When it was signed last; the day of fetching where that is missing or makes no sense."""
    days = [day for each in places for day in _day_or_nothing(text_of(each.text or ""))]
    return max(
        (day for each in days if (day := midnight(each)) <= source.fetched_at), default=source.fetched_at
    )


def _day_or_nothing(text: str) -> list[date]:
    try:
        day = day_of(text[:10])
    except ValueError:
        return []
    return [day] if day else []


# Forms 3, 4 and 5 ---------------------------------------------------------------------


def _form(root: Element, source: DocumentSource, reader: RowReader) -> Iterator[OwnershipRow]:
    owners = list(_all(root, "reportingOwner"))
    form = _text(root, "documentType")
    if not owners or form.removesuffix("/A") not in FORMS:
        raise UnreadableError("The form doesn't say which one it is or whose.")
    if len(owners) > 1:
        reader.remark("%(count)s persons report jointly; the first is named for all.", count=len(owners))
    period = next(iter(_day_or_nothing(_text(root, "periodOfReport"))), None)
    head = Head(form, _signed(_all(root, "signatureDate"), source), period)
    try:
        of_all = _of_owners(owners, root, source, head)
    except ValueError as error:
        raise UnreadableError("The form doesn't say which one it is or whose.") from error
    lines: list[Element | None] = [each for each in root.iter() if _local(each) in TABLES]
    if not lines and _is_true(_text(root, "noSecuritiesOwned")):
        lines = [None]
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        try:
            moved = {"shares": NONE} if line is None else _moved(line, head)
            yield replace(of_all, line=number, **moved)
        except ValueError as error:
            reader.reject("Line %(number)s %(problem)s.", number=number, problem=error)


def _of_owners(owners: Sequence[Element], root: Element, source: DocumentSource, head: Head) -> OwnershipRow:
    """What all lines of a form have in common."""
    first = owners[0]
    roles = [role for flag, role in ROLES if _is_true(_text(first, flag))]
    title = (_text(first, "officerTitle") or _text(first, "otherText"))[:160]
    return OwnershipRow(
        asset=asset_of(source.cik),
        as_of=head.as_of,
        accession=source.accession,
        line=0,
        form=head.form,
        holder=name_of(_text(first, "rptOwnerName")),
        holder_cik=_cik_or_nothing(_text(first, "rptOwnerCik")),
        role=roles[0] if roles else "",
        title=title,
        has_left=_has_left(root, title, roles),
        reported_with=_reported_with(owners) if len(owners) > 1 else "",
        period_on=head.period_on,
        happened_on=head.period_on,
        source_url=source.url,
    )


def _has_left(root: Element, title: str, roles: Sequence[str]) -> bool:
    """A box says that nothing has to be reported any more; some say it only in their title."""
    is_former = bool(FORMER.search(title)) and not {"director", "ten_percent_owner"} & {*roles}
    return is_former or _is_true(_text(root, "notSubjectToSection16"))


def _reported_with(owners: Iterable[Element]) -> str:
    """All who report together, by number or name; as many of them as are kept."""
    numbers = [(_cik_or_nothing(_text(each, "rptOwnerCik")), _text(each, "rptOwnerName")) for each in owners]
    joined = SEPARATOR.join(number or name.replace(SEPARATOR, " ") for number, name in numbers)
    return joined if len(joined) <= MOST_LETTERS else joined[:MOST_LETTERS].rpartition(SEPARATOR)[0]


def _moved(line: Element, head: Head) -> dict[str, Any]:
    """What a line of a table says: a transaction with what is held after it, or only what is held."""
    moved = _amount(line, "transactionAmounts", "transactionShares")
    sign = SIGNS.get(_text(line, "transactionAmounts", "transactionAcquiredDisposedCode"))
    return {
        "happened_on": day_of(_text(line, "transactionDate")[:10]) or head.period_on,
        "security": _text(line, "securityTitle")[:160],
        "code": _text(line, "transactionCoding", "transactionCode")[:4],
        "change": moved * sign if moved is not None and sign else None,
        "price_usd": _amount(line, "transactionAmounts", "transactionPricePerShare"),
        "shares": _amount(line, "postTransactionAmounts", "sharesOwnedFollowingTransaction"),
        "is_derivative": TABLES[_local(line)],
        "is_direct": DIRECT.get(_text(line, "ownershipNature", "directOrIndirectOwnership")),
        "nature": _nature(line),
    }


def _nature(line: Element) -> str:
    """How it is held, with the footnotes that tell more: "Trust [F8]" is another one than "Trust [F9]"."""
    nature = next(_all(line, "natureOfOwnership"), None)
    if nature is None:
        return ""
    notes = " ".join(each.attrib.get("id", "") for each in _all(nature, "footnoteId"))
    return f"{_text(nature)[:120]}{f' [{notes}]' if notes else ''}".strip()[:160]


def _is_true(text: str) -> bool:
    return text.lower() in {"1", "true", "y", "yes"}


def _cik_or_nothing(text: str) -> str:
    try:
        return cik_of(text)
    except ValueError:
        return ""


# Schedules 13D and 13G ----------------------------------------------------------------


def _schedule(root: Element, source: DocumentSource, reader: RowReader) -> Iterator[OwnershipRow]:
    form = _text(root, "submissionType")[:32]
    if not form.startswith(("SCHEDULE 13D", "SCHEDULE 13G")):
        raise UnreadableError("This is neither a Form 3, 4, 5 nor a Schedule 13D, 13G.")
    persons = [
        *_all(root, "reportingPersonInfo"),
        *_all(root, "coverPageHeaderReportingPersonDetails"),
    ][:MOST_LINES]
    if not persons:
        raise UnreadableError("The Schedule doesn't say who reports.")
    event = _text(root, "dateOfEvent") or _text(root, "eventDateRequiresFilingThisStatement")
    happened_on = next(iter(_day_or_nothing(event)), None)
    head = Head(form, _signed(_days_of_signatures(root), source), happened_on)
    security = _text(root, "securitiesClassTitle")[:160]
    has_left = _is_true(_text(root, "classOwnership5PercentOrLess"))
    for number, person in enumerate(persons, start=1):
        try:
            row = _schedule_line(person, number, source, head)
        except ValueError as error:
            reader.reject("Line %(number)s %(problem)s.", number=number, problem=error)
            continue
        shared = _shared(person, number, reader)
        yield replace(row, shared_shares=shared, security=security, has_left=has_left)


def _days_of_signatures(root: Element) -> Iterator[Element]:
    """Other parts of a Schedule have dates as well."""
    return (day for each in _all(root, "signatureDetails") for day in _all(each, "date"))


def _schedule_line(person: Element, number: int, source: DocumentSource, head: Head) -> OwnershipRow:
    shares = _text(person, "aggregateAmountOwned") or _text(
        person, "reportingPersonBeneficiallyOwnedAggregateNumberOfShares"
    )
    share = _text(person, "percentOfClass") or _text(person, "classPercent")
    return OwnershipRow(
        asset=asset_of(source.cik),
        as_of=head.as_of,
        accession=source.accession,
        line=number,
        form=head.form,
        holder=name_of(_text(person, "reportingPersonName")),
        holder_cik=_cik_or_nothing(_text(person, "reportingPersonCIK")),
        role="five_percent_owner",
        period_on=head.period_on,
        happened_on=head.period_on,
        shares=amount_of(shares.replace(",", "")),
        share=portion_of(share.removesuffix("%").strip()),
        source_url=source.url,
    )


def _shared(person: Element, number: int, reader: RowReader) -> Decimal | None:
    """The shares that others vote or dispose of as well; None where no power over any is given."""
    try:
        shared, alone = (
            [_amount(person, f"{whose}{power}") or NONE for power in POWERS] for whose in ("shared", "sole")
        )
    except ValueError as error:
        reader.remark("Line %(number)s: what is shared %(problem)s.", number=number, problem=error)
        return None
    return max(shared) if any(shared) or any(alone) else None
