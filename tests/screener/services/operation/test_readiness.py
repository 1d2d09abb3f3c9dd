import json
import shutil
from datetime import timedelta
from typing import NamedTuple

import pytest
import redis
from django.conf import settings as django_settings
from django.db import DatabaseError
from django.utils import timezone

from assets.models import RefreshRun, RefreshStep
from screener.schema import SchemaDifference
from screener.services.operation import readiness
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db


class Usage(NamedTuple):
    total: int
    used: int
    free: int


GONE = "redis://127.0.0.1:1/0"


@pytest.mark.parametrize(
    ("free", "total", "status"),
    [
        (99_000_000, 10**12, "failing"),
        (101_000_000, 10**12, "warning"),
        (1_999_000_000, 10**12, "warning"),
        (2_001_000_000, 10**12, "ok"),
        (600_000_000, 5_000_000_000, "ok"),
    ],
)
def test_a_disk_is_judged_by_what_is_free(monkeypatch, free, total, status):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(total, total - free, free))
    assert readiness.disk().status == status


def test_a_folder_that_is_not_there_is_named(settings, tmp_path):
    settings.STATE_DIR = tmp_path / "gone"
    assert readiness.disk().status == "failing"
    assert str(tmp_path) in readiness.disk().sentence


@pytest.mark.parametrize(
    ("difference", "status", "words"),
    [
        (SchemaDifference((), ()), "ok", "of this version"),
        (SchemaDifference(("a.1", "a.2"), ()), "failing", "a.1 and 1 more migrations. Run manage.py migrate"),
        (SchemaDifference((), ("a.9",)), "warning", "Start the newer program"),
        (None, "failing", "does not answer"),
    ],
)
def test_the_schema_is_older_or_newer(monkeypatch, difference, status, words):
    monkeypatch.setattr(readiness, "schema_difference", lambda: difference)
    assert readiness.schema().status == status
    assert words in readiness.schema().sentence


@pytest.mark.parametrize(("ahead", "status"), [(timedelta(minutes=4), "ok"), (timedelta(days=1), "warning")])
def test_facts_of_the_future_tell_of_a_wrong_clock(monkeypatch, ahead, status):
    monkeypatch.setattr(readiness, "_clock_of_broker", lambda: timedelta(0))
    moment = timezone.now() + ahead
    observed(provider="sandbox", as_of=moment, known_at=moment)
    assert readiness.clock().status == status
    assert "-" not in readiness.clock().sentence


@pytest.mark.parametrize("apart", [timedelta(days=1), timedelta(days=-1)])
def test_servers_whose_clocks_differ_are_named(monkeypatch, apart):
    monkeypatch.setattr(readiness, "_clock_of_broker", lambda: apart)
    which = "ahead of" if apart > timedelta(0) else "behind"
    assert readiness.clock() == readiness.Health("warning", f"The clock of the broker is 24 h {which} ours.")


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=119), "119 s"),
        (timedelta(minutes=119), "119 min"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=3), "3 d"),
    ],
)
def test_a_span_has_the_largest_unit_of_which_there_are_two(span, text):
    assert readiness.in_units(span) == text


@pytest.mark.broker
def test_a_broker_that_is_full_or_nearly_full_is_told(valkey):
    with redis.Redis.from_url(django_settings.BROKER_URL) as broker:
        assert readiness.memory().status == "ok"
        used = broker.info("memory")["used_memory"]
        try:
            broker.config_set("maxmemory-policy", "noeviction")
            broker.config_set("maxmemory", int(1.1 * used))
            assert readiness.memory().status == "warning"
            broker.config_set("maxmemory", used // 2)
            assert readiness.memory().status == "failing"
            assert "takes nothing new" in readiness.memory().sentence
        finally:
            broker.config_set("maxmemory", 0)
        assert readiness.memory().status == "ok"


def test_of_a_broker_that_is_gone_nothing_is_known(settings):
    settings.BROKER_URL = GONE
    assert readiness.memory().status == "failing"
    assert readiness.clock().status == "ok"


@pytest.mark.parametrize(
    ("hours", "status", "words"),
    [(35, "ok", "35 h old"), (37, "warning", "37 h old"), (-24, "warning", "24 h in the future")],
)
def test_a_backup_ages(settings, tmp_path, hours, status, words):
    settings.BACKUP_DIR = tmp_path
    made_at = timezone.now() - timedelta(hours=hours)
    (tmp_path / readiness.NOTE_OF_BACKUP).write_text(json.dumps({"made_at": made_at.isoformat()}))
    assert readiness.backup().status == status
    assert words in readiness.backup().sentence


@pytest.mark.parametrize("note", [None, "", "[]", "{}", '{"made_at": 7}', '{"made_at": "2026-01-01"}'])
def test_a_backup_that_nobody_knows_of_is_worth_a_look(settings, tmp_path, note):
    settings.BACKUP_DIR = tmp_path
    if note is not None:
        (tmp_path / readiness.NOTE_OF_BACKUP).write_text(note)
    assert readiness.backup().status == "warning"


def test_columns_that_can_not_be_kept_are_worth_a_look(monkeypatch, settings, tmp_path):
    settings.UNIVERSE_DIR = tmp_path
    assert readiness.columns().status == "ok"
    monkeypatch.setattr(readiness.UNIVERSE, "unkept", "No space left on device")
    assert readiness.columns().status == "warning"
    assert "No space left" in readiness.columns().sentence


def test_a_process_that_has_read_no_columns_yet_tries_their_folder(settings, tmp_path):
    settings.UNIVERSE_DIR = tmp_path / "new" / "universe"
    assert readiness.columns() == ("ok", "The columns are kept.")
    assert not any(settings.UNIVERSE_DIR.iterdir())
    (tmp_path / "file").touch()
    settings.UNIVERSE_DIR = tmp_path / "file" / "universe"
    assert readiness.columns().status == "warning"
    assert readiness.columns().sentence.endswith(": Not a directory.")
    settings.UNIVERSE_DIR = None
    assert readiness.columns() == ("ok", "The columns are not kept.")


def test_scorecards_that_can_not_be_read_are_worth_a_look(monkeypatch):
    monkeypatch.setattr(readiness.UNIVERSE, "unreadable", {7, 3})
    assert readiness.columns().status == "warning"
    assert "can't be read: 2, of the assets 3, 7" in readiness.columns().sentence


@pytest.mark.parametrize(("minutes", "status"), [(14, "ok"), (16, "warning")])
def test_facts_that_nobody_judges_are_worth_a_look(minutes, status):
    moment = timezone.now() - timedelta(minutes=minutes)
    run = RefreshRun.objects.create(
        provider="sandbox", family="market", created_at=moment, progressed_at=moment
    )
    seen = observed(provider="sandbox", as_of=moment, known_at=moment)
    RefreshStep.objects.create(run=run, request={}, state="done", unscored=True, observation=seen)
    assert readiness.steps().status == status


@pytest.mark.parametrize("look", ["steps", "clock"])
def test_without_the_database_nothing_is_known(monkeypatch, look):
    def gone(*_args, **_options):
        raise DatabaseError("gone")

    monkeypatch.setattr(readiness, "_clock_of_broker", lambda: timedelta(0))
    monkeypatch.setattr("django.db.models.query.QuerySet.aggregate", gone)
    assert readiness.LOOKS[look]().status == "failing"
