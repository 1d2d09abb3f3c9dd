from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import (
    Asset,
    Audit,
    DisclosureSnapshot,
    HolderPosition,
    MarketSnapshot,
    UnlockEvent,
    UnlockSchedule,
)
from assets.services.storing.store import store_rows
from assets.sourcing import rows as facts
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
ALPHA = facts.AssetRef(kind="token", identifiers=(("x", "alpha"),), name="Alpha", symbol="AAA")


def observation():
    return observed(provider="x", as_of=NOW, known_at=LATER)


def store(*rows):
    return store_rows(observation=observation(), rows=rows)


def test_unknown_stays_unknown_and_small_prices_keep_their_digits():
    store(facts.MarketRow(asset=ALPHA, as_of=NOW, price_usd=Decimal("1.2345678e-17")))
    row = MarketSnapshot.objects.get()
    assert float(row.price_usd) == pytest.approx(1.2345678e-17, rel=1e-6)
    assert row.volume_24h_usd is None
    assert row.known_at == LATER


def test_rows_are_appended_never_replaced():
    for price in ("1", "2"):
        store(facts.MarketRow(asset=ALPHA, as_of=NOW, price_usd=Decimal(price)))
    assert MarketSnapshot.objects.count() == 2
    assert Asset.objects.count() == 1


def test_a_listing_brings_an_asset_and_no_facts():
    assert store(facts.ListingRow(asset=ALPHA, as_of=NOW)) == (0, [Asset.objects.get().pk])


def test_what_is_said_of_a_ticker_that_nobody_has_is_left_out():
    nobody = facts.AssetRef(kind="equity", identifiers=(("share:us", "ZORB"),))
    assert store(facts.MarketRow(asset=nobody, as_of=NOW, price_usd=Decimal(1))) == (0, [])
    assert not Asset.objects.exists()


def test_holders_unlocks_and_audits_keep_what_hangs_below_them():
    store(
        facts.HolderRow(
            asset=ALPHA,
            as_of=NOW,
            holder_count=3,
            positions=(facts.Position(holder_type="wallet", share=0.5, label="Whale"),),
        ),
        facts.UnlockRow(
            asset=ALPHA,
            as_of=NOW,
            events=(facts.Unlock(unlock_at=NOW + timedelta(days=9), amount=Decimal(20), category="team"),),
        ),
        facts.DisclosureRow(
            asset=ALPHA, as_of=NOW, team="named", audits=(facts.AuditReport(firm="Firm", conclusion="Fine"),)
        ),
    )
    assert HolderPosition.objects.get().label == "Whale"
    assert UnlockEvent.objects.get().amount == 20
    assert Audit.objects.get().conclusion == "Fine"


@pytest.mark.parametrize(("audits", "known"), [(None, False), ((), True)])
def test_no_audits_is_told_from_nobody_asked(audits, known):
    store(facts.DisclosureRow(asset=ALPHA, as_of=NOW, audits=audits))
    assert DisclosureSnapshot.objects.get().audits_known is known


def test_a_schedule_without_events_is_a_schedule():
    store(facts.UnlockRow(asset=ALPHA, as_of=NOW))
    assert UnlockSchedule.objects.count() == 1
    assert UnlockEvent.objects.count() == 0
