"""Figures that a company doesn't tag and that the rest of its report proves.

A company before its first sale tags no revenue, one without debt no debt, many no total of liabilities. What
is not tagged is not known; it is nought, or a difference, only where something else says so:

- no revenue: no line of income or cost of sales is filed for the year, and the operating loss, or the loss,
  is what was spent; or the statements of income and cash flows are complete without it and the loss is
  about that
- no debt: no line of it is filed for the day, and the other liabilities add up to all of them; or the same
  report tells debt of an earlier day; or neither interest nor borrowing nor repayment is filed for the
  period. Not where one of these is filed and later liabilities stand under no tag
- liabilities: assets − equity, with minorities and what may be redeemed
- current liabilities: all liabilities, where current ones add up to them
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from assets.providers.sec.concepts import COST, FLOWS, either
from assets.providers.sec.debt import are_equal, parts_of
from assets.providers.sec.debt_tags import DEBT
from assets.providers.sec.evidence import EVIDENCE
from assets.providers.sec.ledger import FiledFigure, Ledger, balance_of
from assets.providers.sec.twelve_months import A_YEAR, MATERIAL_SHARE, flow_of

Figures = Mapping[str, FiledFigure]

SALES: Final = ("revenue_ttm_usd", COST, "gross_profit_ttm_usd")
MOST_LIABILITIES: Final = 12


def no_revenue(ledger: Ledger, taxonomy: str, end: date, *, by: date, known: Figures) -> FiledFigure | None:
    """Nought for the twelve months to `end` where the statements prove it; `known` are their figures."""
    evidence = EVIDENCE[taxonomy]
    sales = {tag for name in SALES for total in FLOWS[taxonomy][name] for tag in total.all_tags}
    start = date.fromordinal(end.toordinal() - A_YEAR.start)
    if ledger.is_set_aside(sales, start, end) or _is_told(ledger, sales | evidence.income, end, by=by):
        return None
    operating, net = known.get("operating_income_ttm_usd"), known.get("net_income_ttm_usd")
    cost, _before = flow_of(ledger, either(*evidence.expenses), end, by=by)
    by_line = None
    if cost is None:
        lines = [flow_of(ledger, either(*group), end, by=by)[0] for group in evidence.expense_lines]
        by_line = _sum(each for each in lines if each)
    loss, spent = operating or net, cost or by_line
    if loss and spent and are_equal(spent.value, -loss.value):
        return FiledFigure(Decimal(0), max(spent.since, loss.since))
    if operating and spent:
        return None
    is_complete = all(
        name in known for name in ("operating_cash_flow_ttm_usd", "total_assets_usd", "equity_usd")
    )
    if cost and net and is_complete and "receivables_usd" not in known and _is_spent(cost.value, net.value):
        return FiledFigure(Decimal(0), max(cost.since, net.since))
    return None


def _is_spent(cost: Decimal, net: Decimal) -> bool:
    """Whether about all costs were lost: what covered the rest came in under a tag of the company's own."""
    return net < 0 and -net >= cost * (1 - MATERIAL_SHARE)


def no_debt(
    ledger: Ledger, taxonomy: str, end: date, *, filed: date, by: date, known: Figures
) -> FiledFigure | None:
    """Nought on the day `end` where the report that was filed on `filed` proves it."""
    assets, liabilities = known.get("total_assets_usd"), known.get("total_liabilities_usd")
    if not (assets and liabilities):
        return None
    tags = DEBT[taxonomy].all_tags
    if ledger.is_set_aside(tags, end, end) or any(ledger.known(tag, (None, end), by=by) for tag in tags):
        return None
    evidence, since = EVIDENCE[taxonomy], max(assets.since, liabilities.since)
    is_complete = {"net_income_ttm_usd", "operating_cash_flow_ttm_usd"} <= known.keys()
    others = _balances(ledger, evidence.other_current | evidence.other_later, end, by=by)
    if (
        _add_up(others, liabilities.value)
        or any(ledger.is_told_by(tag, filed) for tag in tags)
        or (is_complete and not _is_told(ledger, evidence.borrowing, end, by=by, within=True))
    ):
        return FiledFigure(Decimal(0), since)
    return None


def may_hide_debt(ledger: Ledger, taxonomy: str, end: date, *, by: date, known: Figures) -> bool:
    """Whether a debt of nought can't be believed: liabilities of more than a year stand under no tag that is
    read, and the company borrowed, paid back or paid interest."""
    liabilities, current = known.get("total_liabilities_usd"), known.get("current_liabilities_usd")
    if not (liabilities and current):
        return False
    evidence = EVIDENCE[taxonomy]
    named = sum(_balances(ledger, evidence.other_later, end, by=by), Decimal(0))
    rest = liabilities.value - current.value - named
    return rest > MATERIAL_SHARE * liabilities.value and _is_told(ledger, evidence.borrowing, end, by=by)


def liabilities_of(
    ledger: Ledger, taxonomy: str, end: date, *, by: date, known: Figures
) -> FiledFigure | None:
    """Assets − equity; None where the rest would be less than the current liabilities."""
    evidence, assets = EVIDENCE[taxonomy], known.get("total_assets_usd")
    whole = balance_of(ledger, either(*evidence.equity), end, by=by)
    of_owners, others = known.get("equity_usd"), balance_of(ledger, either(*evidence.minorities), end, by=by)
    equity = whole or (of_owners.plus(others) if of_owners and others else of_owners)
    if assets is None or equity is None:
        return None
    redeemable = balance_of(ledger, either(*evidence.redeemable), end, by=by)
    rest = assets.plus(equity, sign=-1)
    rest = rest.plus(redeemable, sign=-1) if redeemable else rest
    current = known.get("current_liabilities_usd")
    return rest if rest.value >= (current.value if current else 0) else None


def current_liabilities_of(
    ledger: Ledger, taxonomy: str, end: date, *, by: date, known: Figures
) -> FiledFigure | None:
    """All liabilities, where lines that are due within a year add up to them."""
    liabilities = known.get("total_liabilities_usd")
    debt = DEBT[taxonomy]
    due = {tag for kind in (*debt.kinds, debt.related) for line in kind.current for tag in line.all_tags}
    lines = _balances(ledger, EVIDENCE[taxonomy].other_current | due, end, by=by)
    return liabilities if liabilities and _add_up(lines, liabilities.value) else None


def _balances(ledger: Ledger, tags: Iterable[str], end: date, *, by: date) -> list[Decimal]:
    found = (ledger.known(tag, (None, end), by=by) for tag in sorted(tags))
    return [each.value for each in found if each]


def _add_up(lines: list[Decimal], total: Decimal) -> bool:
    some = sorted(lines, reverse=True)[:MOST_LIABILITIES]
    return total > 0 and (total in some or bool(parts_of(total, some)))


def _is_told(ledger: Ledger, tags: Iterable[str], end: date, *, by: date, within: bool = False) -> bool:
    """Whether one of these is more than nought in a period that shares days with the year to `end`, or, if
    `within`, in one that lies in it: the year before may tell of what has ended since."""
    start = date.fromordinal(end.toordinal() - A_YEAR.start)
    earliest = date.fromordinal(end.toordinal() - A_YEAR.stop)
    return any(
        (known := ledger.known(tag, span, by=by)) is not None and known.value != 0
        for tag in tags
        for span in ledger.spans(tag, start, end)
        if span[0] and not (within and span[0] < earliest)
    )


def _sum(figures: Iterable[FiledFigure]) -> FiledFigure | None:
    whole: FiledFigure | None = None
    for each in figures:
        whole = whole.plus(each) if whole else each
    return whole
