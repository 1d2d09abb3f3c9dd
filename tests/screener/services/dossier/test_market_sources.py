import pytest

from assets.models import Asset
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.market_sources import market_sources
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db


def test_who_tells_it_is_named():
    sources = market_sources(DossierFacts(fill_example()))
    tellers = (sources.price, sources.circulating, sources.volume)
    assert [each.provider for each in tellers] == ["sandbox"] * 3
    assert sources.depth.criterion.id == "liquidity_depth.depth_to_position"


def test_of_what_nobody_tells_there_is_no_source():
    sources = market_sources(DossierFacts(Asset.objects.create(kind="token", slug="new", name="New")))
    assert (sources.price, sources.circulating, sources.volume, sources.depth) == (None,) * 4
