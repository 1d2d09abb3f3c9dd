from datetime import timedelta

import pytest
from django.db import OperationalError

from assets.models import Observation, RefreshRun, RefreshStep
from screener.models import Scorecard, UnscoredAsset
from screener.services.operation import product_metrics
from screener.services.operation.product_metrics import WHOLE, readings
from tests.factories.market import NOW, observe_market, score_one

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def read(*, now=LATER):
    return {metric.name: dict(samples) for metric, samples in readings(now=now)}


def test_without_data_there_is_nothing_to_wait_for():
    found = read()
    assert set(found["assay_steps_waiting"].values()) == {0.0}
    assert found["assay_data_age_seconds"] == {}
    assert found["assay_scoring_delay_seconds"] == {WHOLE: 0.0}
    assert found["assay_newest_scorecard"] == {WHOLE: 0}
    assert found["assay_database_up"] == {WHOLE: 1.0}


def test_ages_are_of_the_newest_facts_of_each_family():
    score_one()
    observe_market([1], at=NOW - timedelta(hours=2))
    ages = read()["assay_data_age_seconds"]
    assert ages["holders"] == ages["market"] == 3 * 3_600
    assert read()["assay_newest_scorecard"] == {WHOLE: Scorecard.objects.latest("pk").pk}


def test_queues_failures_and_what_waits_to_be_scored(settings):
    score_one()
    settings.ASSAY_REFRESH = ["sandbox"]
    observation = Observation.objects.first()
    run = RefreshRun.objects.create(
        provider="coingecko", family="market", state="running", created_at=NOW, progressed_at=NOW
    )
    for key, more in {
        "waits": {"state": "waiting"},
        "failed": {"state": "failed"},
        "unscored": {"state": "done", "unscored": True, "observation": observation},
    }.items():
        RefreshStep.objects.create(run=run, key=key, request={}, **more)
    UnscoredAsset.objects.create(
        asset_id=Scorecard.objects.get().asset_id, reason="x", since=NOW, tried_at=NOW
    )
    found = read()
    assert found["assay_steps_waiting"]["coingecko"] == 1
    assert found["assay_steps_waiting_seconds"] == {"coingecko": 3_600}
    assert found["assay_scoring_waiting_steps"] == {WHOLE: 1}
    assert found["assay_scoring_delay_seconds"] == {WHOLE: 3_600}
    assert found["assay_assets_unjudgeable"] == {WHOLE: 1}
    assert found["assay_budget_left_calls"]["sandbox"] > 0


def test_a_database_that_fails_is_a_figure_too(monkeypatch):
    def gone(_now):
        raise OperationalError("gone")

    broken = product_metrics.METRICS[0]._replace(read=gone)
    monkeypatch.setattr(product_metrics, "METRICS", (broken, *product_metrics.METRICS[1:]))
    assert read() == {"assay_database_up": {WHOLE: 0.0}}
