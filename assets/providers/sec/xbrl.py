"""XBRL company facts (`companyfacts`): every figure a company ever reported, as rows of our own.

https://www.sec.gov/edgar/sec-api-documentation. A row of fundamentals stands as it was known while
its period was the newest: of a figure that was filed several times the last one counts, up to the
day on which the report of the next period came. A later restatement shows in the later rows, which
compare with it; so history shows nothing that nobody could know, and the newest row is the newest
period's. Its `as_of` is the day on which its last figure was first reported, at midnight UTC.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from assets.identity.sec_notation import asset_of, cik_of, filing_url, midnight
from assets.providers.sec.concepts import (
    BALANCES,
    COST,
    DEI,
    FLOAT_ON_COVER,
    FLOWS,
    IFRS,
    MAY_BE_NEGATIVE,
    SHARES_ON_BALANCE,
    SHARES_ON_COVER,
    SPLIT_RATIO,
    US_GAAP,
    never_negative,
    tags_of,
)
from assets.providers.sec.ledger import FiledFigure, Ledger, balance_of, flow_of
from assets.providers.sec.splits import Cover, Ratio, splits_of
from assets.providers.sec.values import FiledValue, currencies, filed_values
from assets.sourcing.contract import Parsed, UnreadableError
from assets.sourcing.reading import RowReader, amount_of, decimal_of, positive_of
from assets.sourcing.rows import CapitalRow, FundamentalsRow, Row, SupplyRow

PERIODIC: Final = frozenset({"10-K", "10-KT", "10-Q", "10-QT", "20-F", "40-F"})
TOLD_FOR: Final = timedelta(days=5 * 366)
"""How far back the periods reach of which rows are made."""

NEEDED_FOR: Final = TOLD_FOR + timedelta(days=3 * 366)
"""How far back figures are read: twelve months of the oldest row, and the twelve before."""

FLOAT_HOLDS: Final = timedelta(days=550)
"""The public float is reported once a year, as of the middle of the year before."""


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """The filing that reported a period first."""

    ends_on: date
    filed: date
    form: str
    accession: str
    taxonomy: str


@dataclass(slots=True)
class ReportedFacts:
    """What is read of a body before rows are made of it."""

    money: dict[str, Ledger] = field(default_factory=lambda: {US_GAAP: Ledger(), IFRS: Ledger()})
    reports: dict[str, PeriodReport] = field(default_factory=dict)
    covers: list[FiledValue] = field(default_factory=list)
    floats: list[FiledValue] = field(default_factory=list)
    ratios: list[FiledValue] = field(default_factory=list)
    shares: list[FiledValue] = field(default_factory=list)
    others: set[str] = field(default_factory=set)


def read_facts(body: object, *, cik: str, fetched_at: datetime) -> Parsed:
    """The rows of `cik`; `UnreadableError` when the body is another company's or none."""
    facts = body.get("facts") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(facts, dict):
        raise UnreadableError("SEC EDGAR sent something other than the facts of a company.")
    try:
        is_it = cik_of(body.get("cik")) == cik
    except ValueError:
        is_it = False
    if not is_it:
        raise UnreadableError("SEC EDGAR sent something other than the facts of %(cik)s.", cik=cik)
    reader = RowReader()
    reported = _reported_facts(facts, fetched_at.date(), reader)
    if reported.others and not reported.reports:
        reader.remark(
            "Its figures are in %(currencies)s, not in USD; they are left out.",
            currencies=", ".join(sorted(reported.others)),
        )
    rows: list[Row] = [
        *_fundamentals(reported, cik, fetched_at.date(), reader),
        *_supply(reported, cik, fetched_at),
    ]
    return reader.parsed([*rows, *_splits(reported, cik, reader)])


# Reading ------------------------------------------------------------------------------


def _reported_facts(facts: Mapping[str, Any], today: date, reader: RowReader) -> ReportedFacts:
    reported = ReportedFacts()
    for taxonomy in (US_GAAP, IFRS):
        amounts, main = never_negative(taxonomy), _main_tags(taxonomy)
        for tag in sorted(tags_of(taxonomy)):
            values = list(
                filed_values(facts, taxonomy, tag, "USD", reader, today=today, is_amount=tag in amounts)
            )
            for each in values:
                if each.span[1] < today - NEEDED_FOR:
                    continue
                reported.money[taxonomy].add(tag, each.span, value=each.value, filed=each.day)
                if tag in main:
                    _note_report(reported, each, taxonomy)
            if not values and tag in main:
                reported.others |= currencies(facts, taxonomy, tag)
        for tag in SHARES_ON_BALANCE[taxonomy]:
            reported.shares += filed_values(
                facts, taxonomy, tag, "shares", reader, today=today, is_amount=True
            )
    reported.covers += filed_values(
        facts, DEI, SHARES_ON_COVER, "shares", reader, today=today, is_amount=True
    )
    reported.floats += filed_values(facts, DEI, FLOAT_ON_COVER, "USD", reader, today=today, is_amount=True)
    reported.ratios += filed_values(facts, US_GAAP, SPLIT_RATIO, "pure", reader, today=today, is_amount=True)
    return reported


def _main_tags(taxonomy: str) -> frozenset[str]:
    """The tags by which the period of a report is known: others may speak of days after it."""
    names = ("revenue_ttm_usd", "net_income_ttm_usd", "operating_cash_flow_ttm_usd")
    flows = [total for name in names for total in FLOWS[taxonomy][name]]
    return frozenset(tag for total in (*flows, *BALANCES[taxonomy]["total_assets_usd"]) for tag in total.tags)


def _note_report(reported: ReportedFacts, value: FiledValue, taxonomy: str) -> None:
    form, end = value.form.removesuffix("/A"), value.span[1]
    known = reported.reports.get(value.accession)
    if form in PERIODIC and end <= value.day and (known is None or known.ends_on < end):
        reported.reports[value.accession] = PeriodReport(end, value.day, form, value.accession, taxonomy)


# Fundamentals -------------------------------------------------------------------------


def _newest_in_turn(reported: ReportedFacts) -> list[tuple[PeriodReport, date]]:
    """The periods in their order, each with the day on which the next one's report came.

    A period that was reported after a later one was never the newest: it makes no row.
    """
    first: dict[date, PeriodReport] = {}
    for report in sorted(reported.reports.values(), key=lambda each: (each.filed, each.accession)):
        first.setdefault(report.ends_on, report)
    turns: list[tuple[PeriodReport, date]] = []
    next_filed = date.max
    for report in sorted(first.values(), key=lambda each: each.ends_on, reverse=True):
        if report.filed <= next_filed:
            later = [until for until in (each.filed for each, _ in turns) if until > report.filed]
            turns.append((report, min(later, default=date.max)))
            next_filed = report.filed
    return turns[::-1]


def _fundamentals(
    reported: ReportedFacts, cik: str, today: date, reader: RowReader
) -> Iterator[FundamentalsRow]:
    asset = asset_of(cik)
    for report, until in _newest_in_turn(reported):
        if report.ends_on < today - TOLD_FOR:
            continue
        found = _figures(reported.money[report.taxonomy], report, until)
        money = {name: value for name, value in found.items() if _is_sound(name, value, report, reader)}
        if not money:
            continue
        shares, public_float = _shares(reported, report), _float(reported, report, until)
        yield FundamentalsRow(
            asset=asset,
            as_of=midnight(max(report.filed, *(each.since for each in money.values()))),
            period_ends_on=report.ends_on,
            form=report.form,
            accession=report.accession,
            shares_outstanding=shares,
            public_float_usd=public_float,
            **{name: each.value for name, each in money.items()},  # type: ignore[arg-type]
        )


def _figures(ledger: Ledger, report: PeriodReport, until: date) -> dict[str, FiledFigure]:
    end, figures = report.ends_on, dict[str, FiledFigure | None]()
    for name, totals in FLOWS[report.taxonomy].items():
        figures[name], before = flow_of(ledger, totals, end, by=until)
        if name == "revenue_ttm_usd":
            figures["revenue_prior_ttm_usd"] = before
    for name, totals in BALANCES[report.taxonomy].items():
        figures[name] = balance_of(ledger, totals, end, by=until)
    revenue, cost = figures["revenue_ttm_usd"], figures.pop(COST)
    if figures["gross_profit_ttm_usd"] is None and revenue and cost:
        figures["gross_profit_ttm_usd"] = revenue.plus(cost, sign=-1)
    return {name: each for name, each in figures.items() if each}


def _is_sound(name: str, known: FiledFigure, report: PeriodReport, reader: RowReader) -> bool:
    """A difference or a sum of sound values may still be none."""
    try:
        check = decimal_of if name in MAY_BE_NEGATIVE else amount_of
        check(known.value)
    except ValueError as error:
        # What is made of several values, a restated one among them, is not what was reported.
        reader.remark(
            "%(name)s of %(day)s, put together, %(problem)s; it is left out.",
            name=name,
            day=report.ends_on,
            problem=error,
        )
        return False
    return True


def _shares(reported: ReportedFacts, report: PeriodReport) -> Decimal | None:
    """From the cover of the report, else from its balance sheet."""
    own = {each.value for each in reported.covers if each.accession == report.accession}
    if own:
        return own.pop() if len(own) == 1 else None
    of_day = [
        each.value
        for each in reported.shares
        if each.accession == report.accession and each.span == (None, report.ends_on)
    ]
    return of_day[-1] or None if of_day else None


def _float(reported: ReportedFacts, report: PeriodReport, until: date) -> Decimal | None:
    earliest = report.ends_on - FLOAT_HOLDS
    values = [each for each in reported.floats if each.day < until and each.span[1] >= earliest]
    return max(values, key=lambda each: (each.day, each.span[1])).value if values else None


# Shares -------------------------------------------------------------------------------


def _covers(reported: ReportedFacts) -> list[Cover]:
    """What the covers say, each later than the one before; one with several numbers says none."""
    by_filing: dict[str, list[FiledValue]] = {}
    for each in reported.covers:
        by_filing.setdefault(each.accession, []).append(each)
    covers: list[Cover] = []
    for values_on_cover in by_filing.values():
        last = max(values_on_cover, key=lambda each: each.span[1])
        values = {each.value for each in values_on_cover if each.span[1] == last.span[1]}
        if len(values) == 1 and last.value and not (covers and last.span[1] <= covers[-1].day):
            covers.append(Cover(last.span[1], last.day, last.value))
    return covers


def _supply(reported: ReportedFacts, cik: str, fetched_at: datetime) -> Iterator[SupplyRow]:
    for cover in _covers(reported):
        if cover.filed >= fetched_at.date() - TOLD_FOR:
            circulating = positive_of(cover.shares)
            yield SupplyRow(asset=asset_of(cik), as_of=midnight(cover.filed), circulating=circulating)


def _splits(reported: ReportedFacts, cik: str, reader: RowReader) -> Iterator[CapitalRow]:
    ratios = [Ratio(each.span, each.day, each.accession, each.value) for each in reported.ratios]
    for event, ratio, origin in splits_of(ratios, _covers(reported), reader):
        yield CapitalRow(
            asset=asset_of(cik),
            as_of=midnight(origin.filed),
            event=event,
            happened_on=origin.span[1],
            accession=origin.accession,
            ratio=ratio,
            source_url=filing_url(cik, origin.accession),
        )
