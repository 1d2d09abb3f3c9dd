from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import numpy as np
import pytest
from cachetools import LRUCache
from django.db import OperationalError, connection

from screener.admission.gate import AdmissionGate, BusyError
from screener.models import Scorecard
from screener.screens.table import DAY_S
from screener.services.retention.pack import pack_scorecards
from screener.universe import past as past_columns
from screener.universe.live import UNIVERSE
from screener.universe.past import forget_history, history_of
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NOW_S = NOW.timestamp()


def utility(score):
    return {"utility": {"score": score, "low": 0, "high": 1, "coverage": 1}}


def column(table, key, days, *, now_s=NOW_S):
    return history_of(table, [(key, days)], now_s=now_s)(key, days)


@pytest.fixture(params=[False, True], ids=["plain", "packed"])
def table(request):
    forget_history()
    alpha, beta = make_asset("Alpha"), make_asset("Beta")
    for days_ago, total in ((30, 10), (8, 20), (6, 30)):
        moment = NOW - timedelta(days=days_ago)
        figures = {"figures": {"market_cap_usd": total * 1e6}, "dimensions": utility(total / 100)}
        make_card(alpha, total, scored_at=moment, as_of=moment, **figures)
    make_card(beta, 50, scored_at=NOW - timedelta(days=1), figures={})
    if request.param:
        assert sum(pack_scorecards([alpha.pk, beta.pk])) == 2
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
    np.testing.assert_allclose(column(table, key, days), expected)


def test_the_past_is_read_once_for_a_while(table, django_assert_num_queries):
    column(table, "score", 7)
    with django_assert_num_queries(0):
        column(table, "score", 7, now_s=NOW.timestamp() + 1)
    with django_assert_num_queries(1):
        column(table, "score", 7, now_s=NOW.timestamp() + DAY_S)


def test_all_of_a_moment_is_read_at_once(table, django_assert_num_queries):
    changes = {("score", 7), ("market_cap", 7), ("facts_age", 7), ("utility", 7), ("score", 29)}
    past = history_of(table, changes, now_s=NOW.timestamp())
    with django_assert_num_queries(2):
        values = {each: past(*each)[0] for each in changes}
    expected = {
        ("score", 7): 20,
        ("market_cap", 7): 20e6,
        ("facts_age", 7): 1,
        ("utility", 7): 20,
        ("score", 29): 10,
    }
    assert values == pytest.approx(expected)


def test_values_are_exact(table):
    make_card(
        make_asset("Gamma"), 1, scored_at=NOW - timedelta(days=9), figures={"market_cap_usd": 0.1 + 0.2}
    )
    UNIVERSE.forget()
    assert column(UNIVERSE.table(), "market_cap", 7)[2] == 0.1 + 0.2


def test_nobody_waits_long_for_others_who_read(table, monkeypatch):
    monkeypatch.setattr(past_columns, "EXPENSIVE", AdmissionGate(at_once=1))
    with past_columns.EXPENSIVE.admitted(), pytest.raises(BusyError):
        column(table, "score", 7)
    column(table, "score", 7)
    with past_columns.EXPENSIVE.admitted():
        assert column(table, "score", 7)[0] == 20  # It is kept.


def test_readers_of_the_same_read_it_once(table, monkeypatch, django_assert_num_queries):
    """Who waited for another reader finds what that one has read."""

    class OvertakenGate(AdmissionGate):
        def enter(self, client=""):
            monkeypatch.setattr(past_columns, "EXPENSIVE", AdmissionGate(at_once=1))
            column(table, "score", 7)

        def leave(self, client=""):
            pass

    monkeypatch.setattr(past_columns, "EXPENSIVE", OvertakenGate(at_once=1))
    with django_assert_num_queries(1):
        column(table, "score", 7)


def test_what_was_asked_for_last_is_kept(table, monkeypatch, django_assert_num_queries):
    two = 2 * 16
    monkeypatch.setattr(past_columns, "_kept", LRUCache(two, getsizeof=past_columns._bytes))
    for days in (7, 8, 29):
        column(table, "score", days)
    with django_assert_num_queries(0):
        column(table, "score", 29)
    with django_assert_num_queries(1):
        column(table, "score", 7)


def test_a_figure_that_was_not_known_any_more_is_not_taken_from_the_baseline():
    forget_history()
    alpha = make_asset("Alpha")
    both, one = {"market_cap_usd": 5e6, "fully_diluted_usd": 7e6}, {"market_cap_usd": 6e6}
    for days_ago, known in ((9, both), (8, one), (0, {})):
        make_card(alpha, figures=known, scored_at=NOW - timedelta(days=days_ago))
    assert sum(pack_scorecards([alpha.pk])) == 2
    UNIVERSE.forget()
    table = UNIVERSE.table()
    read = [column(table, key, days)[0] for days in (9, 8) for key in ("market_cap", "fdv")]
    np.testing.assert_array_equal(read, [5e6, 7e6, 6e6, np.nan])


CUT = '{"market_cap_usd": 1'
DAMAGE = (
    '"x"',
    "[]",
    '{"market_cap_usd": "x", "utility": "x"}',
    '{"market_cap_usd": [1], "utility": {"score": "1"}}',
    '{"market_cap_usd": true, "utility": {"score": true}}',
    CUT,
)


@pytest.mark.parametrize("key", ["market_cap", "utility"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_of_a_card_that_is_damaged_nothing_is_known_and_of_others_all(table, key, damage):
    if damage == CUT and connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no JSON that is none")
    make_card(
        make_asset("Gamma"),
        scored_at=NOW - timedelta(days=9),
        figures={"market_cap_usd": 70e6},
        dimensions=utility(0.7),
    )
    of_alpha = Scorecard.objects.filter(asset__name="Alpha", scored_at=NOW - timedelta(days=8)).get().pk
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints=ON")
        cursor.execute(
            "UPDATE screener_scorecard SET figures = %s, dimensions = %s WHERE id = %s",
            [damage, damage, of_alpha],
        )
    forget_history()
    UNIVERSE.forget()
    expected = {"market_cap": 70e6, "utility": 70}[key]
    np.testing.assert_array_equal(column(UNIVERSE.table(), key, 7), [np.nan, np.nan, expected])


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps no text that is none")
def test_of_a_card_whose_text_is_no_utf_8_nothing_is_known(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE screener_scorecard SET figures = CAST(%s AS TEXT) WHERE asset_id = %s",
            [b'{"market_cap_usd": "\xff"}', int(table.ids[0])],
        )
    forget_history()
    np.testing.assert_array_equal(column(table, "market_cap", 7), [np.nan, np.nan])


def test_a_database_that_is_gone_is_no_damage_of_a_card(table, monkeypatch):
    monkeypatch.setattr(past_columns, "_listed", Mock(side_effect=OperationalError("gone")))
    forget_history()
    with pytest.raises(OperationalError):
        column(table, "score", 7)
