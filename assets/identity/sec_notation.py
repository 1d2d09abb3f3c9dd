"""EDGAR notation: CIK, accession number, days and the address of a document."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

from assets.metrics.families import EQUITY
from assets.sourcing.bounds import EARLIEST, LATEST
from assets.sourcing.messages import message
from assets.sourcing.rows import AssetRef, Identifier

NAMESPACE: Final = "cik"
ARCHIVES: Final = "https://www.sec.gov"

CIK: Final = re.compile(r"0*([1-9][0-9]{0,9})", re.ASCII)
ACCESSION: Final = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}", re.ASCII)
ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
AMERICAN_DAY: Final = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})", re.ASCII)
RENDERED: Final = re.compile(r"/xsl[A-Za-z0-9_]+/")
"""The folder of a page that is made of the XML beside it."""
FILE: Final = re.compile(r"(?:[A-Za-z0-9_-]{1,64}/)?[A-Za-z0-9_-][A-Za-z0-9._-]{0,150}", re.ASCII)


def cik_of(value: object) -> str:
    """The number without its zeros: it comes as 320193, as "320193" and as "0000320193"."""
    is_number = isinstance(value, (int, str)) and not isinstance(value, bool)
    match = CIK.fullmatch(str(value).strip()) if is_number else None
    if not match:
        raise ValueError(message("is not a CIK"))
    return match[1]


def companies_in(identifiers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """The companies among these identifiers, each once; `ValueError` for a number that is none."""
    ciks = [cik_of(value) for namespace, value in identifiers if namespace == NAMESPACE]
    return tuple((NAMESPACE, cik) for cik in dict.fromkeys(ciks))


def accession_of(value: object) -> str:
    if not isinstance(value, str) or not ACCESSION.fullmatch(value):
        raise ValueError(message("is not an accession number"))
    return value


def day_of(value: object) -> date | None:
    """2026-03-06, or 03/06/2026 as the Schedules have it; None for an empty one."""
    if value is None or value == "":
        return None
    text = value.strip() if isinstance(value, str) else ""
    american = AMERICAN_DAY.fullmatch(text)
    if american:
        text = f"{american[3]}-{american[1]}-{american[2]}"
    try:
        day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(message("is not a day"))
    if not EARLIEST.date() <= day <= LATEST.date():
        raise ValueError(message("is not a day of our time"))
    return day


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def asset_of(cik: str) -> AssetRef:
    """A company of which nothing but its number is known."""
    return AssetRef(kind=EQUITY, identifiers=((NAMESPACE, cik),), links={"edgar": page_url(cik)})


def page_url(cik: str) -> str:
    """The company's page at EDGAR, where a person finds all its filings."""
    return f"{ARCHIVES}/cgi-bin/browse-edgar?action=getcompany&CIK={cik:0>10}&owner=include&count=40"


def filing_url(cik: str, accession: str, file: object = "") -> str:
    """The filed document; the list of the filing's documents where it is missing or looks odd."""
    folder = f"{ARCHIVES}/Archives/edgar/data/{cik}/{accession.replace('-', '')}"
    is_file = isinstance(file, str) and FILE.fullmatch(file)
    return f"{folder}/{file if is_file else f'{accession}-index.htm'}"
