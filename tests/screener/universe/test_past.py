from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from screener.screens.table import DAY_S
from screener.universe.live import UNIVERSE
from screener.universe.past import MOST_KEPT, column_history, forget_history
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def utility(score):
    return {"utility": {"score": score, "low": 0, "high": 1, "coverage": 1}}


@pytest.fixture
def table():
    forget_history()
    alpha, beta = make_asset("Alpha"), make_asset("Beta")
    for days_ago, total in ((30, 10), (8, 20), (6, 30)):
        moment = NOW - timedelta(days=days_ago)
        figures = {"figures": {"market_cap_usd": total * 1e6}, "dimensions": utility(total / 100)}
        make_card(alpha, total, scored_at=moment, as_of=moment, **figures)
    make_card(beta, 50, scored_at=NOW - timedelta(days=1), figures={})
    UNIVERSE.forget()
    return UNIVERSE.table()


@pytest.mark.parametrize(
    ("key", "days", "expected"),
    [
        ("score", 7, [20, np.nan]),
        ("score", 6, [30, np.nan]),
        ("score", 29, [10, np.nan]),
        ("score", 31, [np.nan, np.nan]),
        ("score", 1, [30, 50]),
        ("market_cap", 7, [20e6, np.nan]),
        ("market_cap", 1, [30e6, np.nan]),
        ("utility", 7, [20, np.nan]),
        ("facts_age", 7, [1, np.nan]),
    ],
)
def test_it_is_what_the_newest_card_of_that_moment_said(table, key, days, expected):
    np.testing.assert_allclose(column_history(table, key, days, now_s=NOW.timestamp()), expected)


def test_the_past_is_read_once_for_a_while(table, django_assert_num_queries):
    column_history(table, "score", 7, now_s=NOW.timestamp())
    with django_assert_num_queries(0):
        column_history(table, "score", 7, now_s=NOW.timestamp() + 1)
    with django_assert_num_queries(1):
        column_history(table, "score", 7, now_s=NOW.timestamp() + DAY_S)


def test_the_columns_asked_for_last_are_kept(table, django_assert_num_queries):
    now_s = NOW.timestamp()
    column_history(table, "score", 7, now_s=now_s)
    for days in range(100, 100 + MOST_KEPT):
        column_history(table, "score", 7, now_s=now_s)
        column_history(table, "score", days, now_s=now_s)
    with django_assert_num_queries(0):
        column_history(table, "score", 7, now_s=now_s)
    with django_assert_num_queries(1):
        column_history(table, "score", 100, now_s=now_s)
