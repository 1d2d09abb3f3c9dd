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
    assert section.what_if.alone.market_cap_usd == 35_000_000
    assert section.what_if.alone.circulating == 70_000_000
    assert [each.is_past for each in section.unlocks] == [True, False]
    assert section.chart.points


def test_it_says_what_the_score_says_of_the_next_thirty_days():
    section = read_unlocks(DossierFacts(fill_example()))
    figures, case = section.figures, section.what_if.alone
    assert section.what_if.is_least == bool(figures["unlocks_open"])
    assert figures["unlock_30d_share"] == case.of_circulating_share == section.unlocks[1].of_circulating_share
    assert figures["unlock_30d_usd"] == case.worth_usd == section.unlocks[1].value_usd
    assert figures["unlock_30d_volume_days"] == case.volume_days
    assert figures["market_cap_after_unlock_usd"] == case.market_cap_usd
    assert case.worth_to_depth == case.worth_usd / figures["depth_down_usd"]


def test_what_it_rests_on_is_told():
    sources = read_unlocks(DossierFacts(fill_example())).sources
    tellers = (sources.price, sources.circulating, sources.volume)
    assert [each.provider for each in tellers] == ["sandbox"] * 3
    assert [each.pk for each in sources.depth.sources] == [sources.price.observation_id]


def test_the_units_of_a_schedule_from_before_a_split_are_those_of_today():
    """Ten for one: 100 M can exist, and 2 M old units of a planned 6 M come free in a fortnight."""
    now = {"asset": make_ref(), "as_of": NOW}
    events = [
        rows.Unlock(unlock_at=NOW + timedelta(days=each), amount=Decimal(2_000_000), category="team")
        for each in (14, 90, 180)
    ]
    observe(
        rows.MarketRow(**now, price_usd=Decimal("0.50")),
        rows.SupplyRow(**now, circulating=Decimal(40_000_000), maximum=Decimal(100_000_000)),
        rows.UnlockRow(**now, events=tuple(events), complete=True),
        rows.CapitalRow(
            **now,
            event="split",
            ratio=10.0,
            happened_on=(NOW - timedelta(days=90)).date(),
            evidence="reported",
        ),
        at=NOW,
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    section = read_unlocks(DossierFacts(asset))
    assert section.figures["unlock_30d_share"] == 0.5
    assert section.unlocks[0].of_circulating_share == section.what_if.alone.of_circulating_share == 0.5
    assert section.what_if.alone.circulating == 60e6


def test_without_a_schedule_nothing_is_drawn():
    section = read_unlocks(DossierFacts(Asset.objects.create(kind="token", slug="bare")))
    assert section.schedule is section.chart is section.what_if is None
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
    assert section.what_if is None
    assert section.chart is None
    assert [each["witness"] for each in section.questions] == ["beyond_supply", "beyond_locked"]
