from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from assets.metrics import families
from assets.metrics.families import FAMILY_OF
from assets.models import Asset, MarketSnapshot
from assets.scheduling.intervals import CLOCKS_APART
from assets.services.reading.answers import answers_of, present_providers
from assets.services.reading.known_by import KnownBy
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, MarketRow, PoolRow
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
ALPHA = AssetRef(kind="token", identifiers=(("x", "alpha"),), name="Alpha")
MARKET, POOLS = FAMILY_OF[families.MARKET], FAMILY_OF[families.POOLS]
LIMIT = MARKET.stale_after


def store(*rows, provider="coingecko", known_at=NOW):
    observation = observed(provider=provider, as_of=NOW, known_at=known_at)
    store_rows(observation=observation, rows=rows)
    return observation


def price(value, *, before=timedelta(0)):
    return MarketRow(asset=ALPHA, as_of=NOW - before, price_usd=Decimal(value))


def ids():
    return list(Asset.objects.values_list("pk", flat=True))


def prices(**known):
    answers = answers_of(MARKET, ids(), present={"coingecko", "geckoterminal"}, **known)
    return sorted(float(each.price_usd) for each in answers)


def test_the_newest_answer_and_what_is_recent_beside_it_may_count():
    store(price(1), price(2, before=LIMIT), price(3, before=LIMIT + timedelta(seconds=2)))
    assert prices() == [1, 2]


def test_recent_is_beside_the_newest_answer_of_the_same_provider_however_old_that_is():
    store(price(1, before=timedelta(days=300)), price(2, before=timedelta(days=300) + LIMIT / 2))
    store(price(9), provider="geckoterminal")
    assert prices() == [1, 2, 9]


def test_what_was_learnt_later_and_what_others_answered_can_be_left_out():
    first = store(price(1, before=timedelta(hours=3)), known_at=NOW - timedelta(hours=3))
    store(price(2))
    assert prices(known=KnownBy(moment=NOW - timedelta(hours=1))) == [1]
    assert prices(known=KnownBy(observations=[first.pk])) == [1]
    assert prices(known=KnownBy(observations=[])) == []


def dated_ahead(row):
    """An answer of a clock that was a day ahead, and one that came an hour later, when it was set right."""
    day, hour = timedelta(days=1), timedelta(hours=1)
    store(row(1, before=2 * hour), known_at=NOW - 2 * hour)
    store(row(2, before=-day), known_at=NOW + day)
    store(row(3, before=-hour), known_at=NOW + hour)


def known(*, at):
    return KnownBy.of(ids(), now=at, present={"coingecko"})


def test_what_is_dated_ahead_counts_when_its_day_has_come_and_not_before():
    dated_ahead(price)
    assert prices(known=known(at=NOW + timedelta(hours=1))) == [1, 3]
    assert 2 in prices(known=known(at=NOW + timedelta(days=1)))


def test_a_pool_that_is_dated_ahead_does_not_outrank_the_newest_answer_about_it():
    def pool(fee, *, before):
        return PoolRow(asset=ALPHA, as_of=NOW - before, address="one", fee_share=fee / 100)

    dated_ahead(pool)
    limit = FAMILY_OF[families.POOLS].stale_after
    store(pool(4, before=limit + timedelta(hours=1)), known_at=NOW - limit)
    answers = answers_of(POOLS, ids(), present={"coingecko"}, known=known(at=NOW + timedelta(hours=1)))
    assert [round(100 * each.fee_share) for each in answers] == [1, 3]


def test_clocks_of_two_machines_may_be_minutes_apart():
    store(price(1, before=-CLOCKS_APART), known_at=NOW + CLOCKS_APART)
    assert prices(known=known(at=NOW)) == [1]


def test_of_each_pool_the_newest_is_its_own():
    store(
        PoolRow(asset=ALPHA, as_of=NOW, address="one"),
        PoolRow(asset=ALPHA, as_of=NOW - timedelta(days=40), address="two"),
        PoolRow(asset=ALPHA, as_of=NOW - timedelta(days=42), address="two"),
    )
    answers = answers_of(POOLS, ids(), present={"coingecko"})
    assert [(each.address, (NOW - each.as_of).days) for each in answers] == [("one", 0), ("two", 40)]


def test_a_long_history_is_not_read_through():
    """The newest moment and what is recent beside it are ranges of one index."""
    store(price(1))
    answers = answers_of(MARKET, [1, 2], present={"coingecko"})
    if connection.vendor == "sqlite":
        plan = answers.explain()
        assert plan.count("marketsnapshot_newest") == 2, plan
        assert "as_of>" in plan, plan
        assert "SCAN assets_marketsnapshot" not in plan, plan


def test_nobody_answered_where_nobody_was_asked():
    store(price(1))
    assert present_providers() == set()
    assert not answers_of(MARKET, ids(), present=present_providers()).exists()
    assert MarketSnapshot.objects.exists()
