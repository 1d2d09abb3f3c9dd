from datetime import timedelta

import pytest
from django.db import connection

from screener.services.retention.pack import pack_scorecards
from screener.services.retention.storage import FreeSpace, TableStorage, free_space, lines, storage
from tests.factories.market import NOW, copies_of, score_one
from tests.screener.services.market.traded import NOW as MARKET_NOW
from tests.screener.services.market.traded import store_days

pytestmark = pytest.mark.django_db


def of(model, *, now, **more):
    return next(each for each in storage(now=now, **more) if each.table == f"screener_{model}")


def pack_scorecards_of(card):
    assert sum(pack_scorecards([card.asset_id]))


def test_a_table_is_measured_and_its_growth_is_that_of_the_last_days():
    card = score_one()
    copies_of(card, 9)
    cards = of("scorecard", now=NOW + timedelta(days=10))
    assert cards.rows == 10
    assert cards.bytes >= 10 * 1_000
    assert cards.a_year_bytes == pytest.approx(cards.bytes * 36.5, rel=0.001)
    assert of("scorecard", now=NOW + timedelta(days=31)).a_year_bytes == 0


def test_a_first_import_is_no_trend_of_hours():
    score_one()
    cards = of("scorecard", now=NOW + timedelta(minutes=1))
    assert cards.a_year_bytes == cards.bytes * 365


def test_the_largest_come_first_and_the_sum_last():
    score_one()
    tables = storage(now=NOW)
    assert [each.bytes for each in tables] == sorted((each.bytes for each in tables), reverse=True)
    shown = list(
        lines(
            [TableStorage(table="a", rows=1_000, bytes=2_000_000, a_year_bytes=None), *tables[:1]],
            FreeSpace(used_bytes=9_000_000, free_bytes=3_000_000, dead_rows=7, vacuumed_at=NOW),
        )
    )
    assert shown[1].split() == ["a", "1,000", "2.0"]
    assert shown[-2].startswith("together")
    assert "9.0 MB" in shown[-1]
    free = "3.0 MB of it free" if connection.vendor == "sqlite" else "7 dead rows"
    assert free in shown[-1]


def test_what_is_free_is_a_part_of_the_file():
    score_one()
    free = free_space()
    assert 0 <= free.free_bytes < free.used_bytes
    assert free.dead_rows >= 0


def test_a_year_of_cards_is_what_retention_leaves_of_them_packed():
    card = score_one()
    copies_of(card, 99)
    at = NOW + timedelta(days=1)
    whole = of("scorecard", now=at)
    pack_scorecards_of(card)
    packed, thinned = of("scorecard", now=at), of("scorecard", now=at, scorecard_days=7)
    assert thinned.a_year_bytes < packed.a_year_bytes < whole.a_year_bytes
    assert packed.rows == whole.rows == 100


def test_days_of_the_market_grow_by_their_day_and_not_by_when_they_were_written():
    store_days(365)
    days = of("marketday", now=MARKET_NOW)
    assert days.a_year_bytes == pytest.approx(days.bytes, rel=0.1)
