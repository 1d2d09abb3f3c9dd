from decimal import Decimal

import pytest

from assets.models import Asset, SupplySnapshot
from assets.sourcing import rows
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.market_sources import market_sources
from tests.factories.example import NOW, fill_example, make_ref
from tests.factories.market import observe

pytestmark = pytest.mark.django_db


def test_who_tells_it_is_named():
    sources = market_sources(DossierFacts(fill_example()))
    tellers = (sources.price, sources.circulating, sources.volume)
    assert [each.provider for each in tellers] == ["sandbox"] * 3
    assert sources.depth.criterion.id == "liquidity_depth.depth_to_position"


def test_of_what_nobody_tells_there_is_no_source():
    sources = market_sources(DossierFacts(Asset.objects.create(kind="token", slug="new", name="New")))
    assert (sources.price, sources.circulating, sources.volume, sources.depth) == (None,) * 4


def test_of_a_value_the_source_is_who_counts_the_units():
    counted = market_sources(DossierFacts(fill_example()))
    assert isinstance(counted.of_cap, SupplySnapshot)
    assert isinstance(counted.of_diluted, SupplySnapshot)


def test_a_cap_that_is_reported_is_of_whom_it_was_reported():
    told = {"market_cap_usd": Decimal(30), "fully_diluted_usd": Decimal(40)}
    observe(
        rows.MarketRow(asset=make_ref(), as_of=NOW, price_usd=Decimal(1), **told),
        at=NOW,
        provider="dexscreener",
    )
    sources = market_sources(DossierFacts(Asset.objects.get()))
    assert sources.circulating is None
    assert (sources.of_cap.provider, sources.of_diluted.provider) == ("dexscreener",) * 2
