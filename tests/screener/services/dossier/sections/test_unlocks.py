from datetime import timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing import rows
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.unlocks import read_unlocks
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import NOW, fill_example, make_ref
from tests.factories.market import observe

pytestmark = pytest.mark.django_db


def test_after_the_next_unlock_25_million_are_35():
    section = read_unlocks(DossierFacts(fill_example()))
    assert section.figures["market_cap_usd"] == 25_000_000
    assert section.after_unlock.market_cap_usd == 35_000_000
    assert section.after_unlock.circulating == 70_000_000
    assert [each.is_past for each in section.unlocks] == [True, False]
    assert section.chart.points


def test_without_a_schedule_nothing_is_drawn():
    section = read_unlocks(DossierFacts(Asset.objects.create(kind="token", slug="bare")))
    assert section.schedule is section.chart is section.after_unlock is None
    assert section.unlocks == ()


def test_of_a_questioned_schedule_nothing_is_worked_out():
    now = {"asset": make_ref(), "as_of": NOW}
    observe(
        rows.MarketRow(**now, price_usd=Decimal(1)),
        rows.SupplyRow(**now, circulating=Decimal(50), maximum=Decimal(100)),
        rows.UnlockRow(
            **now,
            events=(rows.Unlock(unlock_at=NOW + timedelta(days=9), amount=Decimal(10**20), category="team"),),
        ),
        at=NOW,
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    section = read_unlocks(DossierFacts(asset))
    (unlock,) = section.unlocks
    assert (unlock.amount, unlock.of_circulating_share, unlock.value_usd) == (1e20, None, None)
    assert section.after_unlock is None
    assert section.chart is None
    assert [each["witness"] for each in section.questions] == ["beyond_supply", "beyond_locked"]
