"""A company's number of shares against its balance sheet, its earlier covers and its vendor's market cap.

A cover is typed by hand: a thousand too many or too few, a placeholder, one class of two.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Mask, positive
from assets.metrics.facts import Facts
from assets.metrics.families import EQUITY, SUPPLY
from assets.metrics.statements import COVER_DAYS
from assets.metrics.unit_changes import UnitChanges, days_since_epoch
from assets.metrics.witnesses.caps import CAP_FACTOR
from assets.metrics.witnesses.witness import Doubt, agrees, days_of, differs, limit_days, of_one_time

SAME_FACTOR: Final = 1.5
"""Two counts of months that are no further apart support each other (our judgement)."""
BALANCE_FACTOR: Final = 2.0
"""The balance sheet is some weeks older than the cover."""
CLASS_FACTOR: Final = 1.2
"""A cover that is short of both by more than this leaves out a class of shares: a vendor that is a report
behind is short of the cover instead, and few buy back so many between two reports (our judgement)."""
ONE_TOTAL: Final = 1.05
"""Balance sheet and vendor mean one total up to this."""
YEAR_FACTOR: Final = 20.0
"""A company that sells shares all the time can have twenty times as many after a year."""
YEAR_DAYS: Final = 366.0
COUNTED_BEFORE_DAYS: Final = 31.0
"""A cover tells the shares of the latest practicable day: some days before it is filed, a month at most (our
judgement)."""
EXACTLY: Final = 1.001
"""Between a count and itself, stored in another column."""
FEWEST: Final = 10_000.0
"""No company whose shares the public trades has fewer; placeholders on covers are 1, 100 and 1,000."""


class Count(NamedTuple):
    """What a witness says of the number of shares, and how far apart is too far."""

    shares: Column
    factor: float


class ShareCounts(NamedTuple):
    """What is said of the number of shares, in those of today; `unit` is how many one of its day is."""

    unit: Column
    told: Column
    on_balance: Column
    in_cap: Column


def cover_count(facts: Facts) -> Iterator[Doubt]:
    """The count that more witnesses contradict than support, or that is one class of all that two agree on;
    and an earlier one that stands alone."""
    is_company = (facts.assets["kind"] == EQUITY).to_numpy(dtype=np.bool_)
    supply, changes = facts.aligned("supply"), UnitChanges.of(facts)
    unit, count, on_balance, in_cap = _counts(facts, changes)
    unit_year_ago = changes.factor(days_since_epoch(supply["circulating_year_ago_at"]))
    year_ago = positive(supply["circulating_year_ago"]) * unit_year_ago
    limit, counted_at = limit_days(facts, SUPPLY), days_of(supply["circulating_at"])
    before = facts.aligned("fundamentals_year_ago")
    balance_then = of_one_time(
        _on_balance(before, changes),
        days_of(before["period_ends_on"]),
        counted_at,
        within_days=limit + YEAR_DAYS,
    )
    todays = (Count(on_balance, BALANCE_FACTOR), Count(in_cap, CAP_FACTOR))
    witnesses = (*todays, Count(year_ago, YEAR_FACTOR), Count(balance_then, YEAR_FACTOR))
    supported = _votes(count, todays)[1] > 0
    # What was a year ago is asked only where nothing of today supports the count.
    is_outvoted = np.where(supported, _outvoted(count, todays), _outvoted(count, witnesses))
    is_of_one_class = _is_short_of_both(count, on_balance, in_cap)
    is_off = is_company & (is_outvoted | is_of_one_class)
    said = np.where(is_of_one_class, on_balance, _said(count, witnesses)) / unit
    yield Doubt.of_assets(facts, "supply", "circulating", is_off, said)
    alone = ~agrees(year_ago, balance_then, factor=SAME_FACTOR)
    is_other = _is_of_another_unit(year_ago, balance_then, on_balance) & agrees(
        count, on_balance, factor=SAME_FACTOR
    )
    jumped = supported & alone & (is_other | differs(count, year_ago, factor=YEAR_FACTOR))
    said = np.where(is_other, balance_then, count) / unit_year_ago
    yield Doubt.of_assets(facts, "supply", "circulating_year_ago", is_company & ~is_off & jumped, said)
    cover = positive(facts.aligned("fundamentals")["shares_outstanding"])
    is_same = agrees(cover * unit, count, factor=SAME_FACTOR) & is_off
    said = np.where(is_of_one_class, on_balance, _said(cover * unit, witnesses)) / unit
    yield Doubt.of_assets(facts, "fundamentals", "shares_outstanding", is_same, said)


def _counts(facts: Facts, changes: UnitChanges) -> ShareCounts:
    """The count and its witnesses of today, without those of another time."""
    supply, market, now = (facts.aligned(each) for each in ("supply", "market", "fundamentals"))
    limit, counted_at = limit_days(facts, SUPPLY), days_of(supply["circulating_at"])
    unit = changes.factor(days_since_epoch(supply["circulating_at"]))
    in_cap = positive(market["units_in_cap"]) * changes.of_quotes(market["price_usd_at"])
    return ShareCounts(
        unit=unit,
        told=positive(supply["circulating"]) * unit,
        on_balance=of_one_time(
            _on_balance(now, changes), days_of(now["period_ends_on"]), counted_at, within_days=limit
        ),
        in_cap=of_one_time(in_cap, days_of(market["units_in_cap_at"]), counted_at, within_days=limit),
    )


def _on_balance(report: pd.DataFrame, changes: UnitChanges) -> Column:
    """A report counts in the shares of its end or of its filing: a split in between leaves nothing to
    compare."""
    ended = days_since_epoch(report["period_ends_on"])
    return positive(report["shares_on_balance"]) * changes.factor(ended, within_days=COVER_DAYS)


def _is_short_of_both(count: Column, on_balance: Column, in_cap: Column) -> Mask:
    """Whether balance sheet and vendor agree on a total of which the count is a part only, as one class."""
    is_short = (on_balance > CLASS_FACTOR * count) & (in_cap > CLASS_FACTOR * count)
    return np.asarray(is_short & agrees(on_balance, in_cap, factor=ONE_TOTAL), dtype=np.bool_)


def _is_of_another_unit(year_ago: Column, balance_then: Column, on_balance: Column) -> Mask:
    """Whether the balance sheets of both years agree, and the cover of a year ago is far from them: it
    counted depositary receipts, or one class. What looks like new shares is none."""
    is_alike = agrees(balance_then, on_balance, factor=SAME_FACTOR)
    return is_alike & differs(year_ago, balance_then, factor=BALANCE_FACTOR)


def units_of_cover(facts: Facts) -> Iterator[Doubt]:
    """A count on a cover that was filed after a split and may be of a day before it.

    Its units are those of after it where the vendor's cap, or else the balance sheet of the same report,
    which restates all splits until its filing (SAB Topic 4.C), is nearer to the count than to what the split
    would make of it. Without either nobody can say.
    """
    is_company = (facts.assets["kind"] == EQUITY).to_numpy(dtype=np.bool_)
    supply, now, changes = facts.aligned("supply"), facts.aligned("fundamentals"), UnitChanges.of(facts)
    count, cover = positive(supply["circulating"]), positive(now["shares_outstanding"])
    filed = days_since_epoch(supply["circulating_at"])
    across = changes.factor(filed - COUNTED_BEFORE_DAYS, filed)
    is_cover = is_company & agrees(count, cover, factor=EXACTLY) & differs(across, 1.0, factor=EXACTLY)
    if not is_cover.any():
        return
    counts = _counts(facts, changes)
    in_cap = counts.in_cap / counts.unit
    heard = np.where(np.isnan(in_cap), positive(now["shares_on_balance"]), in_cap)
    with np.errstate(divide="ignore"):
        nearer = np.abs(np.log(count / heard)) < np.abs(np.log(count * across / heard))
    is_new = nearer & agrees(count, heard, factor=BALANCE_FACTOR)
    is_off = is_cover & ~is_new
    for frame, field in (("supply", "circulating"), ("fundamentals", "shares_outstanding")):
        yield Doubt.of_assets(facts, frame, field, is_off, count * across)


def placeholder(facts: Facts) -> Iterator[Doubt]:
    """A number of shares that no company in public hands has."""
    is_company = (facts.assets["kind"] == EQUITY).to_numpy(dtype=np.bool_)
    for name, field in (
        ("supply", "circulating"),
        ("supply", "circulating_year_ago"),
        ("fundamentals", "shares_outstanding"),
        ("fundamentals_year_ago", "shares_outstanding"),
    ):
        count = positive(facts.aligned(name)[field])
        is_off = is_company & (count < FEWEST)
        yield Doubt.of_assets(facts, name, field, is_off, np.full(len(count), np.nan))


def _votes(count: Column, witnesses: Sequence[Count]) -> tuple[Column, Column]:
    """By asset how many of these contradict the count, and how many support it."""
    against = sum(differs(count, each.shares, factor=each.factor).astype(float) for each in witnesses)
    support = sum(agrees(count, each.shares, factor=SAME_FACTOR).astype(float) for each in witnesses)
    return np.asarray(against, dtype=np.float64), np.asarray(support, dtype=np.float64)


def _outvoted(count: Column, witnesses: Sequence[Count]) -> Mask:
    against, support = _votes(count, witnesses)
    return np.asarray(against > support, dtype=np.bool_)


def _said(count: Column, witnesses: Sequence[Count]) -> Column:
    """What the first witness that contradicts says instead."""
    said = np.full(len(count), np.nan)
    for each in reversed(witnesses):
        said = np.where(differs(count, each.shares, factor=each.factor), each.shares, said)
    return said
