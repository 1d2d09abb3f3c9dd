"""XBRL company facts (`companyfacts`): every figure a company ever reported, as rows of our own.

https://www.sec.gov/edgar/sec-api-documentation. Reports of every form count that tells a period: those of
foreign companies and of companies about to be listed too, where they hold a balance sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from assets.identity.sec_notation import asset_of, cik_of, filing_url, midnight, page_url
from assets.metrics.unit_changes import SPLITS
from assets.providers.sec.concepts import (
    DEI,
    FLOAT_ON_COVER,
    IFRS,
    SHARE_COUNTS,
    SHARES_ON_BALANCE,
    SHARES_ON_COVER,
    SPLIT_RATIO,
    US_GAAP,
)
from assets.providers.sec.presentation import partly_in_dollars
from assets.providers.sec.recasts import recasts_of
from assets.providers.sec.reported import PeriodReport, ReportedFacts
from assets.providers.sec.scales import in_usual_scale, scale_factors
from assets.providers.sec.slips import slips_of
from assets.providers.sec.splits import Cover, Ratio, Split, splits_of
from assets.providers.sec.statements import TOLD_FOR, fundamentals
from assets.providers.sec.tags import (
    balance_tags,
    never_negative,
    period_tags,
    sheet_tags,
    steady_tags,
    tags_of,
)
from assets.providers.sec.values import FiledValue, currencies, filed_values
from assets.sourcing.contract import Parsed, UnreadableError
from assets.sourcing.reading import RowReader, positive_of, text_of
from assets.sourcing.rows import AssetRef, CapitalReadingRow, CapitalRow, Row, SupplyRow

PERIODIC: Final = frozenset({"10-K", "10-KT", "10-Q", "10-QT", "20-F", "40-F"})
WITH_A_BALANCE: Final = frozenset(
    {
        "6-K",
        "S-1",
        "S-4",
        "S-11",
        "F-1",
        "F-4",
        "10-12B",
        "10-12G",
        "20FR12B",
        "20FR12G",
        "40FR12B",
        "40FR12G",
    }
)
"""Forms that hold a report now and then: a half-year, or the last ones before a listing. Most others of
them tell single figures."""

NEEDED_FOR: Final = TOLD_FOR + timedelta(days=3 * 366)
"""How far back figures are read: twelve months of the oldest row, and the twelve before."""

LONGEST_GAP: Final = timedelta(days=480)
"""Between two annual reports, the second one late; of a longer silence nobody knows."""


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
            currencies=", ".join(sorted(reported.others - {"USD"})),
        )
    name = text_of(body["entityName"]) if isinstance(body.get("entityName"), str) else ""
    rows: list[Row] = [
        *fundamentals(reported, cik, fetched_at.date(), reader),
        *_supply(reported, cik, fetched_at),
    ]
    rows += _capital(reported, cik, fetched_at, reader)
    return reader.parsed([replace(each, asset=replace(each.asset, fallback_name=name)) for each in rows])


# Reading ------------------------------------------------------------------------------


def _reported_facts(facts: Mapping[str, Any], today: date, reader: RowReader) -> ReportedFacts:
    reported = ReportedFacts()
    for taxonomy in (US_GAAP, IFRS):
        _fill(reported, taxonomy, _money(facts, taxonomy, today, reader, reported), reader)
        _note_shares(facts, taxonomy, today, reader, reported)
    reported.covers += filed_values(
        facts, DEI, SHARES_ON_COVER, "shares", reader, today=today, is_amount=True
    )
    reported.floats += filed_values(facts, DEI, FLOAT_ON_COVER, "USD", reader, today=today, is_amount=True)
    reported.ratios += filed_values(facts, US_GAAP, SPLIT_RATIO, "pure", reader, today=today, is_amount=True)
    return reported


def _fill(
    reported: ReportedFacts, taxonomy: str, amounts: Sequence[tuple[str, FiledValue]], reader: RowReader
) -> None:
    """The ledger, of one scale: reports of another one are brought to it, single slips left out."""
    factors = scale_factors(amounts)
    reported.scale_factors |= factors
    scaled = [
        (tag, replace(each, value=value))
        for tag, each in amounts
        if (value := in_usual_scale(each.value, factors.get(each.accession))) is not None
    ]
    slips, ledger = slips_of(scaled, steady_tags(taxonomy), sheet_tags(taxonomy)), reported.money[taxonomy]
    for tag, each in scaled:
        if (tag, each.accession, each.span) in slips:
            ledger.set_aside(tag, each.span)
        else:
            ledger.add(tag, each.span, value=each.value, filed=each.day, accession=each.accession)
    for accession, factor in sorted(factors.items()):
        reader.remark(
            "%(accession)s reports its amounts on another scale than the other reports; they were "
            "multiplied by %(factor)s.",
            accession=accession,
            factor=f"{factor.normalize():f}",
        )
    for tag, accession, span in sorted(slips, key=lambda each: (each[1], each[0], each[2][1])):
        reader.remark(
            "%(tag)s of %(day)s is of another scale or sign in %(accession)s than before and after; "
            "it is left out.",
            tag=tag,
            day=span[1],
            accession=accession,
        )


def _money(
    facts: Mapping[str, Any], taxonomy: str, today: date, reader: RowReader, reported: ReportedFacts
) -> list[tuple[str, FiledValue]]:
    """The amounts in dollars by their tag; notes which reports they make."""
    found: list[tuple[str, FiledValue]] = []
    amounts, main, whole = never_negative(taxonomy), period_tags(taxonomy), balance_tags(taxonomy)
    partly = partly_in_dollars(facts, taxonomy, today=today)
    for tag in sorted(tags_of(taxonomy)):
        values = list(
            filed_values(facts, taxonomy, tag, "USD", reader, today=today, is_amount=tag in amounts)
        )
        for each in values:
            if each.span[1] < today - NEEDED_FOR or each.accession in partly:
                continue
            found.append((tag, each))
            form = each.form.removesuffix("/A")
            if tag in main and (form in PERIODIC or (form in WITH_A_BALANCE and tag in whole)):
                _note_report(reported, each, form, taxonomy)
        if (partly or not values) and tag in main:
            reported.others |= currencies(facts, taxonomy, tag)
    return found


def _note_shares(
    facts: Mapping[str, Any], taxonomy: str, today: date, reader: RowReader, reported: ReportedFacts
) -> None:
    for tag in SHARE_COUNTS[taxonomy]:
        counts = list(filed_values(facts, taxonomy, tag, "shares", reader, today=today, is_amount=True))
        reported.share_counts += [(tag, each) for each in counts]
        if tag in SHARES_ON_BALANCE[taxonomy]:
            reported.shares += counts


def _note_report(reported: ReportedFacts, value: FiledValue, form: str, taxonomy: str) -> None:
    end, known = value.span[1], reported.reports.get(value.accession)
    if end <= value.day and (known is None or known.ends_on < end):
        reported.reports[value.accession] = PeriodReport(end, value.day, form, value.accession, taxonomy)


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


def _capital(reported: ReportedFacts, cik: str, fetched_at: datetime, reader: RowReader) -> Iterator[Row]:
    """The splits, and for which time the reports would show one."""
    asset = asset_of(cik)
    ratios = [Ratio(each.span, each.day, each.accession, each.value) for each in reported.ratios]
    ends = frozenset(each.ends_on for each in reported.reports.values())
    recasts = recasts_of(reported.share_counts)
    first = min(_days_counted(reported), default=date.min)
    for split in splits_of(ratios, _covers(reported), recasts, reader, period_ends=ends, first_filed=first):
        yield _event(split, asset, cik)
    if days := _days_read(reported):
        since = None if days[0] == _first_report(reported) else days[0]
        yield CapitalReadingRow(
            asset=asset, as_of=midnight(days[-1]), subject=SPLITS, read_since=since, read_until=days[-1]
        )


def _event(split: Split, asset: AssetRef, cik: str) -> CapitalRow:
    is_known = split.ratio == split.ratio
    event = "unit_change" if not is_known else "reverse_split" if split.ratio < 1 else "split"
    return CapitalRow(
        asset=asset,
        as_of=midnight(split.filed),
        event=event,
        earliest_on=None if split.earliest_on == split.happened_on else split.earliest_on,
        happened_on=split.happened_on,
        accession=split.accession,
        ratio=split.ratio if is_known else None,
        source_url=filing_url(cik, split.accession) if split.accession else page_url(cik),
        evidence=split.evidence,
    )


def _days_counted(reported: ReportedFacts) -> set[date]:
    """When anything was filed that counts shares."""
    return {each.day for each in reported.covers} | {each.day for _tag, each in reported.share_counts}


def _first_report(reported: ReportedFacts) -> date | None:
    return min((each.filed for each in reported.reports.values()), default=None)


def _days_read(reported: ReportedFacts) -> list[date]:
    """When the reports came that count shares, from the newest back to the first gap of more than a year."""
    own = sorted(_days_counted(reported) & {each.filed for each in reported.reports.values()})
    gaps = [place + 1 for place, (day, later) in enumerate(pairwise(own)) if later - day > LONGEST_GAP]
    return own[gaps[-1] :] if gaps else own
