from datetime import timedelta

import pytest
import redis
from structlog.testing import capture_logs

from assets.models import Asset
from assets.sandbox.archetypes import ROTATION
from assets.sourcing import rows as told
from screener.models import Scorecard
from screener.services.scoring import replay_scorecards as service
from screener.services.scoring.replay_scorecards import (
    newest_report,
    replay_sample,
    replay_scorecards,
    sample,
)
from tests.factories.market import NOW, copies_of, observe, observe_market, score, score_one

pytestmark = pytest.mark.django_db

EVERY_ARCHETYPE = range(len(ROTATION))
EVERY_SIXTH = EVERY_ARCHETYPE[::6]
REPLAYED = (
    "assets/metrics",
    "assets/sandbox",
    "assets/services",
    "screener/checklist",
    "screener/services/scoring",
)
"""What a replay goes through."""


def differences():
    return [str(each) for replay in replay_scorecards(Scorecard.objects.all()) for each in replay.differences]


@pytest.mark.parametrize(
    "market",
    [EVERY_SIXTH, pytest.param(EVERY_ARCHETYPE, marks=pytest.mark.slow(*REPLAYED))],
    ids=["every sixth archetype", "every archetype"],
)
def test_every_card_of_a_market_comes_out_the_same_whatever_was_learnt_since(market):
    observe_market(market)
    score()
    first = Scorecard.objects.count()
    assert first == len(market)
    later = NOW + timedelta(days=1)
    observe_market(market[::2], at=later)
    observe_market(market[::4], at=later - timedelta(hours=3), provider="coingecko")
    score(now=later)
    Asset.objects.update(sector="Other", tags=["renamed"], name="Renamed")
    observe_market(market, at=later + timedelta(days=1))
    assert Scorecard.objects.count() >= first + len(market[::2])
    replays = list(replay_scorecards(Scorecard.objects.all()))
    assert [str(each) for replay in replays for each in replay.differences] == []
    assert all(replay.is_same for replay in replays)


@pytest.fixture
def card(db):
    return score_one()


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("total", 99.0, "total"),
        ("total_high", 99.0, "total_high"),
        ("grade", "A", "grade"),
        ("gates_open", ["x"], "gates_open"),
        ("tier", "large", "tier"),
        ("observations", [], "observations"),
    ],
)
def test_what_differs_is_named_with_both_values(card, name, value, path):
    Scorecard.objects.update(**{name: value})
    stored = Scorecard.objects.get()
    (replay,) = replay_scorecards([stored])
    assert not replay.is_same
    if name != "observations":
        (difference,) = replay.differences
        assert difference == (path, value, getattr(card, name))
        assert repr(value) in str(difference)


def test_differences_are_told_down_to_the_figure_and_the_finding(card):
    card.figures["price_usd"] += 1e-15
    card.figures["invented"] = 1.0
    card.findings[0] |= {"state": "pass", "points": 1.0}
    del card.dimensions["utility"]
    card.save()
    (replay,) = replay_scorecards([Scorecard.objects.get()])
    criterion = card.findings[0]["criterion"]
    assert {each.path for each in replay.differences} == {
        "dimensions.utility",
        f"findings.{criterion}.points",
        f"findings.{criterion}.state",
        "figures.invented",
        "figures.price_usd",
    }


def test_a_card_of_another_version_is_not_replayable_and_no_difference(card):
    Scorecard.objects.update(checklist_version="1999.1", total=1.0)
    (replay,) = replay_scorecards(Scorecard.objects.all())
    assert replay.differences == ()
    assert "not replayable under this version" in replay.reason
    assert not replay.is_same


def test_a_card_without_a_stamp_is_not_replayable(card):
    Scorecard.objects.update(context={})
    (replay,) = replay_scorecards(Scorecard.objects.all())
    assert replay.reason
    assert replay.differences == ()


def test_the_position_is_that_of_the_card(card, settings):
    settings.ASSAY_POSITION_USD = 1_000_000
    assert differences() == []


def test_a_changed_rule_shows(card, monkeypatch):
    """What a version that nobody bumped looks like."""
    scorecards = service.scorecards

    def ruled_otherwise(facts, **more):
        (again,) = scorecards(facts, **more)
        again.total_high += 1
        return [again]

    monkeypatch.setattr(service, "scorecards", ruled_otherwise)
    assert [each.split(":")[0] for each in differences()] == ["total_high"]


def test_a_card_that_rests_on_nothing_comes_out_the_same():
    asset = Asset.objects.create(kind="token", slug="unknown", name="Unknown")
    observe()
    score()
    observe(told.MarketRow(asset=told.AssetRef(kind="token", identifiers=(("x", "y"),)), as_of=NOW))
    (replay,) = replay_scorecards(asset.scorecards.all())
    assert replay.card.observations == []
    assert replay.is_same


# Samples --------------------------------------------------------------------------


@pytest.fixture
def many(card):
    return copies_of(card, 50)


@pytest.mark.parametrize(("size", "drawn"), [(1, 1), (10, 10), (11, 11), (51, None)])
def test_a_sample_holds_the_newest_and_others(many, size, drawn):
    ids = [each.pk for each in sample(size)]
    assert len(ids) == len(set(ids))
    assert drawn is None or len(ids) == drawn
    newest = [each.pk for each in many[::-1]][: (size + 1) // 2]
    assert ids[: len(newest)] == newest


def test_the_other_half_of_a_sample_is_drawn_from_all(many):
    """Nearly all of the others come up in time, those that just miss the newest half as well."""
    *others, _1, _2, _3, _4, _5 = Scorecard.objects.order_by("pk").values_list("pk", flat=True)
    drawn = [[each.pk for each in sample(10)][5:] for _ in range(60)]
    assert {len(each) for each in drawn} == {5}
    found = set().union(*drawn)
    assert found <= set(others)
    assert len(found) > 40, "chance leaves out more than five of 46 less often than once in a billion times"
    assert found & set(others[-10:])


def test_a_sample_holds_only_what_can_be_replayed(card):
    Scorecard.objects.update(checklist_version="1999.1")
    assert sample(10) == []


@pytest.mark.parametrize("outage", [redis.ConnectionError, redis.TimeoutError])
def test_a_cache_that_does_not_answer_has_no_report(monkeypatch, outage):
    class Gone:
        def read(self):
            raise outage

    monkeypatch.setattr(service, "KEPT_REPORT", Gone())
    assert newest_report() is None


def test_a_sample_leaves_its_report_and_an_error_for_each_difference(many):
    assert newest_report() is None
    wrong = many[-1]
    Scorecard.objects.filter(pk=wrong.pk).update(total=1.0)
    with capture_logs() as logs:
        report = replay_sample(10)
    assert (report.same, report.different, report.not_replayable) == (9, 1, 0)
    assert report.differing == (wrong.pk,)
    assert newest_report() == report
    (error,) = [each for each in logs if each["log_level"] == "error"]
    assert error["scorecard_id"] == wrong.pk
    assert error["differences"][0].startswith("total: 1.0 was stored")
