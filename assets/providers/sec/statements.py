"""Fundamentals of a company by period: twelve months, the balance at their end, and what both prove.

A row stands as it was known while its period was the newest: of a figure that was filed several times the
last one counts, up to the day on which the report of the next period came. A later restatement shows in the
later rows, which compare with it; so history shows nothing that nobody could know, and the newest row is the
newest period's. Its `as_of` is the day on which its last figure was first reported, at midnight UTC.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from assets.identity.sec_notation import asset_of, midnight
from assets.providers.sec.cash import cash_of
from assets.providers.sec.concepts import BALANCES, COST, FLOWS, MAY_BE_NEGATIVE, SIGNED
from assets.providers.sec.debt import debt_of
from assets.providers.sec.ledger import FiledFigure, Ledger, balance_of, is_near, year_before
from assets.providers.sec.proofs import (
    current_liabilities_of,
    liabilities_of,
    may_hide_debt,
    no_debt,
    no_revenue,
)
from assets.providers.sec.reported import PeriodReport, ReportedFacts
from assets.providers.sec.tags import period_tags
from assets.providers.sec.twelve_months import MATERIAL_SHARE, flow_before, flow_of
from assets.sourcing.reading import RowReader, amount_of, decimal_of
from assets.sourcing.rows import FundamentalsRow

TOLD_FOR: Final = timedelta(days=5 * 366)
"""How far back the periods reach of which rows are made."""

PROOFS: Final = {
    "total_liabilities_usd": liabilities_of,
    "current_liabilities_usd": current_liabilities_of,
    "revenue_ttm_usd": no_revenue,
}

RECAST_SHARE: Final = Decimal("0.01")
"""Of all assets: a return on assets that moves by less than this is the same (our judgement)."""

FLOAT_HOLDS: Final = timedelta(days=550)
"""The public float is reported once a year, as of the middle of the year before."""


def fundamentals(
    reported: ReportedFacts, cik: str, today: date, reader: RowReader
) -> Iterator[FundamentalsRow]:
    asset = asset_of(cik)
    turns = _newest_in_turn(reported)
    for report, until in turns:
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
            shares_on_balance=_on_balance(reported, report),
            comparable_since=_comparable_since(reported.money[report.taxonomy], turns, report, until),
            rescaled_by=_rescaled_by(reported, report),
            public_float_usd=public_float,
            **{name: each.value for name, each in money.items()},  # type: ignore[arg-type]
        )


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


def _figures(ledger: Ledger, report: PeriodReport, until: date) -> dict[str, FiledFigure]:
    end, taxonomy = report.ends_on, report.taxonomy
    found = _flows(ledger, taxonomy, end, until)
    for name, totals in BALANCES[taxonomy].items():
        if known := balance_of(ledger, totals, end, by=until):
            found[name] = known
    for name, prove in PROOFS.items():
        if name not in found and (known := prove(ledger, taxonomy, end, by=until, known=found)):
            found[name] = known
    at_most = {
        name: found[name].value for name in ("current_assets_usd", "total_liabilities_usd") if name in found
    }
    if cash := cash_of(ledger, taxonomy, end, by=until, limit=at_most.get("current_assets_usd")):
        found["cash_usd"] = cash
    liabilities = at_most.get("total_liabilities_usd")
    debt = debt_of(ledger, taxonomy, end, by=until, liabilities=liabilities) or no_debt(
        ledger, taxonomy, end, filed=report.filed, by=until, known=found
    )
    if debt and (debt.value or not may_hide_debt(ledger, taxonomy, end, by=until, known=found)):
        found["debt_usd"] = debt
    return found


def _comparable_since(
    ledger: Ledger, turns: Sequence[tuple[PeriodReport, date]], report: PeriodReport, until: date
) -> date | None:
    """The day after the period of a year ago, where what was reported of it then is not what is reported now.

    Profits are small differences: they count by what their change is to all assets, not to themselves.
    """
    for earlier, known_until in turns:
        if not is_near(earlier.ends_on, year_before(report.ends_on)) or earlier.taxonomy != report.taxonomy:
            continue
        assets = balance_of(ledger, BALANCES[report.taxonomy]["total_assets_usd"], report.ends_on, by=until)
        for tag in sorted(period_tags(report.taxonomy)):
            for span in ledger.spans(tag, earlier.ends_on, earlier.ends_on):
                then, now = (ledger.known(tag, span, by=day) for day in (known_until, until))
                if then and now and _is_recast(tag, then.value, now.value, assets):
                    return earlier.ends_on + timedelta(days=1)
    return None


def _is_recast(tag: str, then: Decimal, now: Decimal, assets: FiledFigure | None) -> bool:
    change = abs(now - then)
    is_large = tag not in SIGNED or (assets is not None and change > RECAST_SHARE * assets.value)
    return is_large and change > MATERIAL_SHARE * max(abs(then), abs(now))


def _flows(ledger: Ledger, taxonomy: str, end: date, until: date) -> dict[str, FiledFigure]:
    flows, prior = dict[str, FiledFigure | None](), None
    for name, totals in FLOWS[taxonomy].items():
        flows[name], before = flow_of(ledger, totals, end, by=until)
        if name == "revenue_ttm_usd":
            prior = before or flow_before(ledger, totals, end, by=until) if flows[name] is None else before
    revenue, cost = flows["revenue_ttm_usd"], flows.pop(COST)
    if flows["gross_profit_ttm_usd"] is None and revenue and cost:
        flows["gross_profit_ttm_usd"] = revenue.plus(cost, sign=-1)
    elif revenue and cost and _is_other_profit(flows, revenue.value - cost.value):
        del flows["gross_profit_ttm_usd"]
    return {name: each for name, each in (flows | {"revenue_prior_ttm_usd": prior}).items() if each}


def _is_other_profit(flows: Mapping[str, FiledFigure | None], rest: Decimal) -> bool:
    """Whether the gross profit is not what revenue leaves after the cost of sales, its depreciation apart or
    included: then one of the three is another company's line, or of the wrong sign."""
    gross, revenue, depreciation = (
        each.value if (each := flows[f"{name}_ttm_usd"]) else Decimal(0)
        for name in ("gross_profit", "revenue", "depreciation")
    )
    room = MATERIAL_SHARE * revenue
    return not rest - depreciation - room <= gross <= rest + room


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


def _rescaled_by(reported: ReportedFacts, report: PeriodReport) -> float | None:
    factor = reported.scale_factors.get(report.accession)
    return float(factor) if factor else None


def _shares(reported: ReportedFacts, report: PeriodReport) -> Decimal | None:
    """From the cover of the report, else from its balance sheet."""
    own = {each.value for each in reported.covers if each.accession == report.accession}
    if own:
        return own.pop() if len(own) == 1 else None
    return _on_balance(reported, report)


def _on_balance(reported: ReportedFacts, report: PeriodReport) -> Decimal | None:
    of_day = [
        each.value
        for each in reported.shares
        if each.accession == report.accession and each.span == (None, report.ends_on)
    ]
    return of_day[-1] or None if of_day else None


def _float(reported: ReportedFacts, report: PeriodReport, until: date) -> Decimal | None:
    """None where the last one told is nought: the shares were listed after the day that it is of."""
    earliest = report.ends_on - FLOAT_HOLDS
    values = [each for each in reported.floats if each.day < until and each.span[1] >= earliest]
    newest = max(values, key=lambda each: (each.day, each.span[1]), default=None)
    return newest.value or None if newest else None
