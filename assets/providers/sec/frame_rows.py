"""Rows of XBRL frames: a fiscal year of each company with the balance of its last day.

A row is made only where one fiscal year and total assets on its last day are told, to the day: quarters are
never put together, and a figure of another day is not taken. It stands as of the end of its year, since
frames don't say when it was filed. What does not add up is left out as a whole: facts of two filings, of two
scales.
Held against the company facts of 24 companies of November 2025: all 313 figures are the same.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from assets.identity.sec_notation import asset_of, midnight
from assets.providers.sec.cash import cash_of
from assets.providers.sec.concepts import US_GAAP
from assets.providers.sec.frames import (
    BALANCES,
    CASH,
    CASH_FLOW,
    FLOWS,
    NET_INCOME,
    REVENUES,
    TOTAL_ASSETS,
    FrameFact,
    FrameFacts,
    facts_in,
)
from assets.providers.sec.ledger import Ledger, is_near, year_before
from assets.sourcing.contract import Parsed, RawObservation
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import FundamentalsRow, Row, SupplyRow

FLOAT_HOLDS: Final = timedelta(days=366)
"""It is of the middle of the fiscal year, told on the cover of its report."""
ROUNDED: Final = Decimal("1.01")
SCALE: Final = 10
"""Liabilities and equity are all assets, but for shares of others, which may be below zero; not ten times
so."""

PARTS: Final = (
    ("current_assets_usd", TOTAL_ASSETS),
    ("current_liabilities_usd", "total_liabilities_usd"),
)
"""No part is more than its whole."""

Figures = dict[str, FrameFact]


def read_frames(raw: RawObservation) -> Parsed:
    """A row for each company whose fiscal year ends in the quarter; of covers the shares that they count."""
    reader = RowReader()
    frames, left = facts_in(raw, reader), raw.request.context.get("left")
    read = _cover if "covers" in raw.request.context else _year
    rows = [row for cik in frames.companies() if (row := read(cik, frames, reader)) is not None]
    return reader.parsed(rows[: None if left is None else int(left)])


def _cover(cik: str, frames: FrameFacts, _reader: RowReader) -> Row | None:
    shares = frames.shares(cik)
    if shares is None or not shares.value:
        return None
    asset = replace(asset_of(cik), if_known=True)
    return SupplyRow(asset=asset, as_of=midnight(shares.end), circulating=shares.value)


def _year(cik: str, frames: FrameFacts, reader: RowReader) -> Row | None:
    flows = {name: frames.flow(tag, cik) for name, tag in FLOWS.items()}
    year = flows[NET_INCOME] or flows[CASH_FLOW]
    if year is None:
        return None
    figures = {name: each for name, each in flows.items() if each and _is_of(each, year)}
    figures |= _revenue(cik, frames, year) | _balances(cik, frames, year.end)
    if TOTAL_ASSETS not in figures:
        return None
    if not _adds_up(figures):
        reader.reject("%(cik)s: its balance of %(day)s does not add up in frames.", cik=cik, day=year.end)
        return None
    public_float = frames.public_float(cik)
    return FundamentalsRow(
        asset=replace(asset_of(cik), if_known=True),
        as_of=midnight(year.end),
        period_ends_on=year.end,
        accession=figures[TOTAL_ASSETS].accession,
        cash_usd=_cash(cik, frames, figures),
        public_float_usd=public_float.value if public_float and _is_on_cover(public_float, year) else None,
        **{name: each.value for name, each in figures.items()},  # type: ignore[arg-type]
    )


def _balances(cik: str, frames: FrameFacts, end: date) -> Figures:
    found = {name: frames.balance(tag, cik) for name, tag in BALANCES.items()}
    return {name: each for name, each in found.items() if each and each.end == end}


def _cash(cik: str, frames: FrameFacts, figures: Figures) -> Decimal | None:
    """With short-term securities, put together as of a company's own facts."""
    end, ledger = figures[TOTAL_ASSETS].end, Ledger()
    for tag in CASH:
        if (fact := frames.balance(tag, cik)) and fact.end == end:
            ledger.add(tag, (None, end), value=fact.value, filed=end)
    limit = figures["current_assets_usd"].value if "current_assets_usd" in figures else None
    cash = cash_of(ledger, US_GAAP, end, by=date.max, limit=limit)
    return cash.value if cash and cash.value <= figures[TOTAL_ASSETS].value * ROUNDED else None


def _is_of(fact: FrameFact, year: FrameFact) -> bool:
    return (fact.start, fact.end) == (year.start, year.end)


def _revenue(cik: str, frames: FrameFacts, year: FrameFact) -> Figures:
    """By the first tag that tells it, and by the same tag that of the year before."""
    for tag in REVENUES:
        now, before = frames.flow(tag, cik), frames.flow(tag, cik, years_before=1)
        if now and _is_of(now, year):
            is_year_before = before is not None and is_near(before.end, year_before(now.end))
            return {"revenue_ttm_usd": now} | (
                {"revenue_prior_ttm_usd": before} if before and is_year_before else {}
            )
    return {}


def _adds_up(figures: Mapping[str, FrameFact]) -> bool:
    value = {name: each.value for name, each in figures.items()}
    fits = all(
        value[part] <= value[whole] * ROUNDED for part, whole in PARTS if part in value and whole in value
    )
    claims = value.get("total_liabilities_usd", Decimal(0)) + value.get("equity_usd", Decimal(0))
    return fits and claims <= value[TOTAL_ASSETS] * SCALE


def _is_on_cover(public_float: FrameFact, year: FrameFact) -> bool:
    return timedelta(0) < year.end - public_float.end < FLOAT_HOLDS
