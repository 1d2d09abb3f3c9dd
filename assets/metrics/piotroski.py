"""Piotroski F-score: nine yes-or-no tests of whether a company's accounts get better.

Piotroski, "Value Investing: The Use of Historical Financial Statement Information to Separate
Winners from Losers", Journal of Accounting Research 38 (2000). Two deviations, both because no more
is known: total assets are those at the end of the year (`Accounts` says why), and leverage is all
debt, not only the long-term part. What stays as it was has not got better.
"""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from assets.metrics.accounts import Accounts
from assets.metrics.columns import Column

STRONG_F: Final = 7.0
FAIR_F: Final = 4.0
"""Strong from seven tests passed on, weak with three or fewer: the usual reading of the score."""

EQUAL_SHARE: Final = 1e-9
"""Ratios nearer to each other than this are equal: the rest is the last binary places."""

ROUNDED_UP_SHARE: Final = 1e-3
"""A reverse split rounds fractions up, which is no issue of shares."""

LEAST_KEPT_SHARE: Final = 0.5
"""Nobody buys back half of a company in a year: such a fall is a reverse split that nobody reported."""


@dataclass(frozen=True, slots=True)
class Signals:
    """1.0 passed, 0.0 failed, NaN not known: a column for each test, in the order of the paper."""

    profit: Column
    cash_flow: Column
    better_return: Column
    cash_over_profit: Column
    less_debt: Column
    more_liquid: Column
    no_new_shares: Column
    better_margin: Column
    better_turnover: Column


@dataclass(frozen=True, slots=True)
class FScore:
    """How many tests are passed and how many are known; F is at least the one and at most `high`."""

    passed: Column
    known: Column

    @property
    def high(self) -> Column:
        """F if every test that is not known were passed."""
        return self.passed + (len(fields(Signals)) - self.known)

    @property
    def f(self) -> Column:
        """F where all nine tests are known.

        Where some are not, the least that F can be, if it is strong (≥ 7), fair (4–6) or weak (≤ 3)
        whatever they would say; NaN where it is they that decide.
        """
        limits = (FAIR_F, STRONG_F)
        settled = np.digitize(self.passed, limits) == np.digitize(self.high, limits)
        return np.where(settled, self.passed, np.nan)


def exceeds(left: Column, right: Column | float) -> Column:
    """1 where left > right, 0 where it is not; NaN where either is not known."""
    with np.errstate(over="ignore"):
        more = left - right > EQUAL_SHARE * np.maximum(np.abs(left), np.abs(right))
    return np.where(np.isnan(left) | np.isnan(right), np.nan, more)


def no_new_shares(shares: Column, shares_before: Column, share_ratio: Column) -> Column:
    """1 where there are no more shares than a year ago × `share_ratio`; NaN where a split must be missing."""
    with np.errstate(over="ignore", under="ignore"):
        expected = shares_before * share_ratio
        has_split = shares < LEAST_KEPT_SHARE * expected
        issued = exceeds(shares, expected * (1 + ROUNDED_UP_SHARE))
    return np.where(has_split, np.nan, 1 - issued)


def piotroski_signals(now: Accounts, before: Accounts, *, share_ratio: Column) -> Signals:
    """The nine tests of two reports a year apart, a float a company each.

    `share_ratio` is how many new shares the splits between the two made of one old share.
    """
    return Signals(
        profit=exceeds(now.return_on_assets_share, 0.0),
        cash_flow=exceeds(now.operating_cash_flow_ttm_usd, 0.0),
        better_return=exceeds(now.return_on_assets_share, before.return_on_assets_share),
        cash_over_profit=exceeds(now.operating_cash_flow_ttm_usd, now.net_income_ttm_usd),
        less_debt=exceeds(before.debt_share, now.debt_share),
        more_liquid=exceeds(now.current_ratio, before.current_ratio),
        no_new_shares=no_new_shares(now.shares_outstanding, before.shares_outstanding, share_ratio),
        # Who sells nothing has no margin that could be better.
        better_margin=np.where(
            now.revenue_ttm_usd == 0, 0.0, exceeds(now.gross_margin_share, before.gross_margin_share)
        ),
        better_turnover=exceeds(now.asset_turnover, before.asset_turnover),
    )


def piotroski(signals: Signals) -> FScore:
    """How many of these tests are passed and known, of each company."""
    answers = np.array([getattr(signals, each.name) for each in fields(signals)])
    known = np.count_nonzero(~np.isnan(answers), axis=0)
    return FScore(passed=np.nansum(answers, axis=0), known=known.astype(np.float64))
