import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from screener.cache import SCHEDULER_HEARTBEAT_KEY
from screener.tasks import HEARTBEAT_KEY
from screener.views import metrics as view

COUNTING = """
from prometheus_client import Counter
Counter("asked", "x").inc(3)
"""


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path):
    settings.BACKUP_DIR, settings.METRICS_DIR = tmp_path, None
    view._gauges.cache.clear()
    cache.clear()
    yield
    view._gauges.cache.clear()


def scraped():
    page = view.metrics(RequestFactory().get("/metrics"))
    assert page["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(page.content.decode())
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.django_db
def test_what_several_processes_counted_is_added_up(settings, tmp_path):
    for _process in range(2):
        environment = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
        subprocess.run([sys.executable, "-c", COUNTING], env=environment, check=True)
    settings.METRICS_DIR = tmp_path
    assert scraped()[("asked_total",)] == 6


@pytest.mark.django_db
def test_signs_of_life_are_ages_and_what_is_absent_is_left_out():
    cache.set(HEARTBEAT_KEY, (timezone.now() - timedelta(seconds=30)).isoformat())
    found = scraped()
    assert found["assay_heartbeat_age_seconds", "worker"] == pytest.approx(30, abs=5)
    assert ("assay_heartbeat_age_seconds", "scheduler") not in found
    assert ("assay_backup_age_seconds",) not in found


@pytest.mark.django_db
def test_figures_are_read_once_for_many_who_ask(django_assert_num_queries):
    first = scraped()
    cache.set(SCHEDULER_HEARTBEAT_KEY, timezone.now().isoformat())
    with django_assert_num_queries(0):
        assert scraped() == first
