import pandas as pd
import pytest
from django.contrib.auth.models import User

from assets.metrics import families
from assets.models import Asset
from assets.services.reading.facts import facts_of
from screener.screens.position import PositionSize
from screener.services.dossier.facts import DossierFacts, OwnSettings
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db


def test_without_a_size_of_the_users_it_is_the_default_of_now(settings):
    asset = fill_example()
    assert DossierFacts(asset).position_usd == 5_000
    settings.ASSAY_POSITION_USD = 777
    assert DossierFacts(asset).position_usd == 777
    assert DossierFacts(asset).figures["position_usd"] == 5_000, "the card is as it was judged"
    assert DossierFacts(Asset.objects.create(kind="token", slug="bare")).position_usd == 777


def test_what_two_sections_ask_for_is_read_once(django_assert_num_queries):
    facts = DossierFacts(fill_example())
    with django_assert_num_queries(5):  # two of them: which rows of events count
        for _ in range(2):
            assert facts.card
            assert facts.figures["market_cap_usd"] == 25_000_000
            assert facts.findings
            assert facts.events(families.TRADES) == []


def test_events_that_a_kind_does_not_have_are_not_asked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert DossierFacts(Asset(kind="equity")).events(families.TRADES) == []


def test_the_users_settings_are_asked_for_once():
    asked = []

    def own_settings():
        asked.append(1)
        return OwnSettings(position=PositionSize(usd=100_000))

    facts = DossierFacts(fill_example(), user=User.objects.create_user("ana"), own_settings=own_settings)
    assert asked == []
    assert facts.figures["position_usd"] == 5_000
    assert asked == [], "figures of the card need no settings"
    assert facts.personal_score is facts.personal_score
    assert facts.personal_score.position_usd == 100_000
    assert asked == [1]


def test_charts_share_the_facts_that_the_score_reads(django_assert_num_queries):
    asset = fill_example()
    shown = DossierFacts(asset)
    scored = facts_of([asset.pk], now=shown.now)
    for name in ("assets", "market", "supply", "pools", "books", "levels", "contract", "capital", "candles"):
        pd.testing.assert_frame_equal(getattr(shown.exits, name), getattr(scored, name))
    with django_assert_num_queries(0):
        assert shown.bars.candles.equals(shown.exits.candles)
