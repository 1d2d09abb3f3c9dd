import re
from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from assets.models import Asset, Observation
from screener.checklist import DIMENSIONS
from screener.models import Scorecard
from tests.factories.market import NOW, observe
from tests.factories.scorecards import make_answered_card, make_asset, make_finding

pytestmark = pytest.mark.django_db

CRITERION = DIMENSIONS[0].criteria[0]
SCORES = {"score": 0.5, "low": 0.4, "high": 0.6, "coverage": 1.0}


@pytest.fixture
def asset(db):
    return make_asset("Alpha")


@pytest.fixture
def card(asset):
    return partial(make_answered_card, asset)


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_a_change_names_the_fact_that_moved_it(client, asset, card):
    observe(at=NOW + timedelta(hours=1))
    observation = Observation.objects.get()
    old = card(
        make_finding(value=5_000.0, observations=[]), dimensions={CRITERION.dimension: SCORES}, total=60.0
    )
    new = card(
        make_finding(state="fail", value=10.0, observations=[observation.pk]),
        dimensions={CRITERION.dimension: SCORES},
        context={"kind": "token", "sector": "DeFi"},
        gates_open=[CRITERION.id],
        total=12.0,
    )
    answer = client.get(f"/assets/alpha/history/{old.pk}/{new.pk}/")
    assert answer.status_code == 200
    assert reverse("observation", args=[observation.pk]) in answer.text
    shown = words(answer)
    assert f"New facts: Sandbox #{observation.pk} (Price and volume" in shown
    assert CRITERION.title in shown
    assert "−48.0" in shown
    assert "sector — → DeFi" in shown
    assert "1 stop" in shown
    assert "Together" in shown


def test_a_change_of_rules_tells_no_effects(client, asset, card):
    old, new = card(make_finding("utility.gone"), checklist_version="1999.1"), card(make_finding())
    shown = words(client.get(f"/assets/alpha/history/{old.pk}/{new.pk}/"))
    assert "The checklist changed between these two" in shown
    assert "utility.gone" in shown
    assert "no longer asked" in shown
    assert "Together" not in shown


def test_cards_that_say_the_same_are_called_so(client, asset, card):
    old, new = card(make_finding(value=1.0)), card(make_finding(value=2.0))
    shown = words(client.get(f"/assets/alpha/history/{old.pk}/{new.pk}/"))
    assert "No answer changed." in shown
    assert "1 figure moved and changed no answer" in shown
    assert "Only time has passed." in shown


def test_the_older_card_comes_first(client, asset, card):
    old, new = card(), card()
    answer = client.get(f"/assets/alpha/history/{new.pk}/{old.pk}/")
    assert answer.url == reverse("score_change", args=["alpha", old.pk, new.pk])


def test_what_is_not_there_is_not_found(client, asset, card):
    mine, other = card(), Asset.objects.create(kind="token", slug="beta", name="Beta")
    theirs = Scorecard.objects.create(
        asset=other, scored_at=NOW, total=1, total_low=1, total_high=1, coverage=1, grade="E"
    )
    for address in (
        f"/assets/nobody/history/{mine.pk}/{mine.pk}/",
        f"/assets/alpha/history/{mine.pk}/{theirs.pk}/",
        f"/assets/alpha/history/{mine.pk}/{mine.pk}/",
        f"/assets/alpha/history/{mine.pk}/987654/",
        f"/assets/beta/history/{mine.pk}/{theirs.pk}/",
    ):
        assert client.get(address).status_code == 404, address
