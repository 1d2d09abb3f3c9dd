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
KEEPING_COLUMNS = """
import sys
from screener.universe.revision_gauges import BEHIND, REVISION
REVISION.set(int(sys.argv[1])), BEHIND.set(int(sys.argv[2]))
print("set", flush=True)
sys.stdin.read()
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
def test_every_process_says_how_far_it_is_as_long_as_it_lives(settings, tmp_path):
    settings.METRICS_DIR = tmp_path
    environment = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", KEEPING_COLUMNS, *said],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for said in (("7", "0"), ("5", "1"))
    ]
    try:
        for each in processes:
            assert each.stdout.readline() == b"set\n"
        found = scraped()
        assert (found["assay_universe_revision",], found["assay_universe_behind",]) == (7, 1)
        processes[1].communicate()
        found = scraped()
        assert (found["assay_universe_revision",], found["assay_universe_behind",]) == (7, 0)
    finally:
        for each in processes:
            each.communicate()


@pytest.mark.django_db
@pytest.mark.parametrize("left", ["yesterday", "", 7, {"at": 1}])
def test_what_is_no_time_is_no_sign_of_life(left):
    cache.set(HEARTBEAT_KEY, left)
    assert ("assay_heartbeat_age_seconds", "worker") not in scraped()


@pytest.mark.django_db
def test_a_clock_that_is_wrong_is_told_as_it_is():
    cache.set(HEARTBEAT_KEY, (timezone.now() + timedelta(hours=2)).isoformat())
    assert scraped()["assay_heartbeat_age_seconds", "worker"] == pytest.approx(-7_200, abs=5)


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
