from datetime import timedelta

import pytest

from assets.models import Asset
from screener.models import Scorecard, ScorecardBaseline
from screener.models.packing import PACKED
from screener.services.retention import pack as service
from screener.services.retention.pack import pack_scorecards, remove_baselines
from screener.services.scoring.replay_scorecards import replay_scorecards
from tests.factories.market import NOW, observe_market, score
from tests.factories.scorecards import make_answered_card, make_asset, make_card, make_finding

pytestmark = pytest.mark.django_db

STORED = [field.attname for field in Scorecard._meta.fields if field.name not in ("packed", "baseline")]


def told():
    """Every card, word for word."""
    cards = Scorecard.objects.with_baselines().order_by("pk")
    return [{name: getattr(card, name) for name in STORED} for card in cards]


def pack():
    return sum(pack_scorecards(list(Asset.objects.values_list("pk", flat=True))))


def test_every_card_but_the_newest_is_packed_says_the_same_and_replays():
    for days in (0, 1, 2):
        observe_market(range(0, 30, 5), at=NOW + timedelta(days=days))
        score(now=NOW + timedelta(days=days))
    before, assets = told(), Asset.objects.count()
    assert pack() == len(before) - assets > assets
    assert told() == before
    assert pack() == 0
    newest = Scorecard.objects.filter(packed=None)
    assert set(newest) == set(Scorecard.objects.latest_of_each_asset())
    assert all(each.is_same for each in replay_scorecards(Scorecard.objects.with_baselines()))


def test_an_unchanged_finding_costs_next_to_nothing():
    asset = make_asset("Alpha")
    findings = [make_finding(f"made.up_{number}", value=number / 7) for number in range(40)]
    for day in range(30):
        findings[day] = make_finding(f"made.up_{day}", state="fail", value=day / 3, observations=[day])
        make_answered_card(asset, *findings, scored_at=NOW + timedelta(days=day))
    pack()
    packed = Scorecard.objects.exclude(packed=None)
    changed = [len(card.packed) for card in packed.order_by("pk")[1:5]]
    assert max(changed) < 120
    assert ScorecardBaseline.objects.count() == 2, "three of four findings are others at the end"


def test_cards_that_come_later_are_packed_against_the_same_baseline_until_they_differ_too_much():
    asset = make_asset("Alpha")
    alike = [make_finding(f"made.up_{number}", value=number / 7) for number in range(40)]
    others = [make_finding(f"other_{number}", value=number / 11, state="fail") for number in range(40)]
    for findings in (alike, alike, alike):
        make_answered_card(asset, *findings)
        pack()
    assert ScorecardBaseline.objects.count() == 1
    for findings in (others, others, others):
        make_answered_card(asset, *findings)
        pack()
    assert ScorecardBaseline.objects.count() == 2
    assert told()[3]["findings"] == others


def test_other_dimensions_are_told_by_another_baseline():
    asset = make_asset("Alpha")
    for dimensions in ({"utility": {"score": 1}}, {}, {"utility": {"score": 1}}, {}):
        make_card(asset, dimensions=dimensions)
    before = told()
    assert pack() == 3
    assert told() == before


def test_a_card_that_would_not_read_the_same_stays_as_it_is(monkeypatch):
    asset = make_asset("Alpha")
    for _number in range(2):
        make_answered_card(asset, make_finding())
    before = told()
    monkeypatch.setattr(service, "unpacked", lambda *_told: {**dict.fromkeys(PACKED), "findings": []})
    assert pack() == 0
    assert told() == before
    assert not Scorecard.objects.exclude(packed=None).exists()


def test_a_baseline_goes_with_the_last_card_that_names_it():
    asset = make_asset("Alpha")
    for _number in range(3):
        make_answered_card(asset, make_finding())
    pack()
    first, second, _newest = Scorecard.objects.order_by("pk")
    first.delete()
    assert remove_baselines([asset.pk]) == 0
    second.delete()
    assert remove_baselines([asset.pk]) == 1


def test_an_asset_takes_its_baselines_along():
    asset = make_asset("Alpha")
    for _number in range(2):
        make_answered_card(asset, make_finding())
    pack()
    asset.delete()
    assert not ScorecardBaseline.objects.exists()
    assert list(pack_scorecards([asset.pk])) == []
