import pytest

from assets.models import Asset
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.unlocks import read_unlocks
from tests.factories.example import fill_example

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
