from datetime import date

import numpy as np
import pandas as pd

from assets.metrics.market_history.session_spans import over_sessions

EPOCH = date(1970, 1, 1)


def number(day):
    return (pd.Timestamp(day).date() - EPOCH).days


def test_mondays_span_is_the_weekend_and_monday():
    first = number("2026-01-01")  # a Thursday
    returns = np.array([0.01, 0.02, 0.04, 0.08, 0.16, 0.32])  # until Tuesday the 6th
    sessions = np.array([number(f"2026-01-0{day}") for day in (2, 5, 6)])
    found = over_sessions(returns, first_day=first, sessions=sessions)
    np.testing.assert_allclose(found, [np.nan, 0.04 + 0.08 + 0.16, 0.32])


def test_the_spans_are_those_of_closes_on_the_sessions():
    """With pandas: the returns of the closes of the sessions alone."""
    days = pd.date_range("2025-03-01", "2025-06-30")
    prices = pd.Series(np.exp(np.random.default_rng(5).normal(0, 0.04, len(days)).cumsum()), index=days)
    sessions = pd.bdate_range("2025-03-03", "2025-06-30").drop(pd.Timestamp("2025-05-26"))
    expected = np.log(prices[sessions]).diff()
    found = over_sessions(
        np.log(prices).diff().to_numpy(),
        first_day=number(days[0]),
        sessions=np.array([number(each) for each in sessions]),
    )
    np.testing.assert_allclose(found, expected)


def test_an_unknown_day_leaves_its_span_unknown():
    found = over_sessions(np.array([0.1, np.nan, 0.1, 0.1]), first_day=0, sessions=np.array([0, 2, 3]))
    np.testing.assert_allclose(found, [np.nan, np.nan, 0.1])


def test_a_span_beyond_what_is_known_is_unknown():
    found = over_sessions(np.array([0.1, 0.1]), first_day=5, sessions=np.array([3, 5, 6, 7]))
    np.testing.assert_allclose(found, [np.nan, np.nan, 0.1, np.nan])
