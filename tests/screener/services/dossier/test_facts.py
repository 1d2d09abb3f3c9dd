import pandas as pd
import pytest
from django.contrib.auth.models import User

from assets.metrics import families
from assets.models import Asset
from assets.services.reading.facts import facts_of
from screener.services.dossier.facts import DossierFacts, OwnSettings
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db


def test_the_position_is_the_one_that_was_judged(settings):
    asset = fill_example()
    settings.ASSAY_POSITION_USD = 777
    assert DossierFacts(asset).position_usd == 5_000
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


def test_the_users_settings_are_asked_for_only_where_their_score_is_shown():
    asked = []

    def own_settings():
        asked.append(1)
        return OwnSettings(position_usd=100_000)

    facts = DossierFacts(fill_example(), user=User.objects.create_user("ana"), own_settings=own_settings)
    assert facts.figures
    assert asked == []
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
