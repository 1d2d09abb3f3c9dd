from datetime import timedelta

import pytest

from screener.services.retention.storage import TableStorage, lines, storage
from tests.factories.market import NOW, copies_of, score_one

pytestmark = pytest.mark.django_db


def of(table, *, now):
    return next(each for each in storage(now=now) if each.table == table)


def test_a_table_is_measured_and_its_growth_is_that_of_the_last_days():
    card = score_one()
    copies_of(card, 9)
    cards = of("screener_scorecard", now=NOW + timedelta(days=10))
    assert cards.rows == 10
    assert cards.bytes >= 10 * 1_000
    assert cards.a_year_bytes == pytest.approx(cards.bytes * 36.5, rel=0.001)
    assert of("screener_scorecard", now=NOW + timedelta(days=31)).a_year_bytes == 0


def test_a_first_import_is_no_trend_of_hours():
    score_one()
    cards = of("screener_scorecard", now=NOW + timedelta(minutes=1))
    assert cards.a_year_bytes == cards.bytes * 365


def test_the_largest_come_first_and_the_sum_last():
    score_one()
    tables = storage(now=NOW)
    assert [each.bytes for each in tables] == sorted((each.bytes for each in tables), reverse=True)
    shown = list(
        lines([TableStorage(table="a", rows=1_000, bytes=2_000_000, a_year_bytes=None), *tables[:1]])
    )
    assert shown[1].split() == ["a", "1,000", "2.0"]
    assert shown[-1].startswith("together")
