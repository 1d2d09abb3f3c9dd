from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.metrics import families
from assets.models import Asset, RefreshRun
from assets.providers import providers_of
from assets.services.reading.facts import facts_of
from assets.services.storing.store import store_rows
from assets.sourcing import rows as told
from screener.services.dossier.shown_rows import ShownRows
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
COIN = told.AssetRef(kind="token", identifiers=(("x", "coin"),), name="Coin", symbol="COIN")
SHARE = told.AssetRef(kind="equity", identifiers=(("x", "share"),), name="Share", symbol="SHR")
OURS = {"asset": COIN, "as_of": NOW}


def store(provider, *rows):
    RefreshRun.objects.get_or_create(
        provider=provider,
        family="market",
        state="done",
        defaults={"created_at": NOW, "progressed_at": NOW},
    )
    store_rows(observation=observed(provider=provider, as_of=NOW, known_at=NOW), rows=rows)


def shown():
    return ShownRows(Asset.objects.get(), now=NOW)


def test_the_first_provider_counts_and_the_others_fill_what_it_does_not_tell():
    store("coingecko", told.MarketRow(**OURS, price_usd=Decimal(2)))
    store("geckoterminal", told.MarketRow(**OURS, price_usd=Decimal(3), volume_24h_usd=Decimal(9)))
    row = shown().row(families.MARKET)
    assert (row.provider, row.price_usd, row.volume_24h_usd) == ("coingecko", 2, 9)
    assert {field: other.provider for field, other in row.filled_from.items()} == {
        "volume_24h_usd": "geckoterminal"
    }


def test_what_contradicts_is_found_whether_or_not_rows_were_merged_before():
    store("coingecko", told.MarketRow(**OURS, price_usd=Decimal(2)))
    store("geckoterminal", told.MarketRow(**OURS, price_usd=Decimal(3), market_cap_usd=Decimal(100)))
    store("dexscreener", told.MarketRow(**OURS, market_cap_usd=Decimal(200)))
    second = min("geckoterminal", "dexscreener", key=providers_of(families.MARKET).index)
    first, later = shown(), shown()
    later.row(families.MARKET)
    for rows in (first, later):
        assert [(each.counts.provider, each.field) for each in rows.contradictions] == [
            ("coingecko", "price_usd"),
            (second, "market_cap_usd"),
        ]


def test_a_pool_that_two_providers_tell_of_is_shown_once_and_the_largest_first():
    pool = {**OURS, "address": "0xp"}
    store("geckoterminal", told.PoolRow(**pool, reserve_usd=Decimal(5)))
    store("dexscreener", told.PoolRow(**pool, reserve_usd=Decimal(6), dex="v3"))
    store("dexscreener", told.PoolRow(**OURS, address="0xq", reserve_usd=Decimal(7)))
    assert [each.address for each in shown().places(families.POOLS)] == ["0xq", "0xp"]


def test_lists_come_whole_from_the_first_provider_that_has_one():
    position = told.Position(holder_type="wallet", share=0.1)
    event = told.Unlock(unlock_at=NOW + timedelta(days=1), amount=Decimal(1), category="team")
    store(
        "sandbox",
        told.HolderRow(**OURS, holder_count=2, positions=(position,)),
        told.DisclosureRow(**OURS, audits=(told.AuditReport(firm="Firm"),)),
        told.UnlockRow(**OURS, events=(event,)),
    )
    rows = shown()
    assert [each.share for each in rows.positions] == [0.1]
    assert [each.firm for each in rows.audits] == ["Firm"]
    assert [each.category for each in rows.unlock_events] == ["team"]


def test_nothing_is_asked_that_a_kind_of_asset_does_not_have_and_nothing_twice():
    store("sandbox", told.ListingRow(asset=SHARE, as_of=NOW))
    rows = shown()
    with CaptureQueriesContext(connection) as queries:
        for _ in range(2):
            assert rows.places(families.POOLS) == []
            assert rows.row(families.USAGE) is None
            assert rows.row(families.MARKET) is None
            assert rows.unlock_events == rows.positions == rows.audits == []
    assert len(queries) <= 6, "who is present, whose contract spoke, and one for each family it may have"


@pytest.mark.parametrize(("is_listed", "expected"), [(None, "pool"), (True, "pool"), (False, "contract")])
def test_the_page_calls_a_holder_a_pool_where_the_score_does(is_listed, expected):
    held = (
        told.Position(holder_type="contract", share=0.4, address="0xpool"),
        told.Position(holder_type="locker", share=0.2, address="0xlock"),
    )
    store("goplus", told.HolderRow(**OURS, positions=held))
    store("geckoterminal", told.PoolRow(**OURS, address="0xpool", quote_is_listed=is_listed))
    rows = shown()
    assert [each.holder_type for each in rows.positions] == [expected, "locker"]
    facts = facts_of([Asset.objects.get().pk], now=NOW)
    assert facts.positions["holder_type"].tolist() == [each.holder_type for each in rows.positions]


def test_a_list_of_which_everybody_is_known_reads_no_pools():
    held = (told.Position(holder_type="locker", share=0.2, address="0xlock"),)
    store("goplus", told.HolderRow(**OURS, positions=held))
    rows = shown()
    assert len(rows.positions) == 1
    with CaptureQueriesContext(connection) as queries:
        rows.places(families.POOLS)
    assert len(queries) > 0
