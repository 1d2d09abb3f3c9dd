import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import redis
import time_machine
from django.core.cache import cache

from screener.cache import SCHEDULER_HEARTBEAT_KEY
from screener.celery import app
from screener.scheduler import SteadyScheduler

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def beat(tmp_path, monkeypatch):
    """Starts a scheduler on one file; `.sent` names the tasks that it sent."""

    def start():
        scheduler = SteadyScheduler(app=app, lazy=False, schedule_filename=str(tmp_path / "beat"))
        scheduler.sent = []
        monkeypatch.setattr(
            scheduler, "apply_entry", lambda entry, producer=None: scheduler.sent.append(entry.name)
        )
        monkeypatch.setattr(SteadyScheduler, "producer", None)
        return scheduler

    return start


def run(scheduler, clock, seconds):
    """Let it tick for so long, on a clock that moves as far as it would sleep."""
    ends_at = datetime.now(UTC) + timedelta(seconds=seconds)
    while datetime.now(UTC) < ends_at:
        clock.shift(max(0.01, scheduler.tick()))
    sent, scheduler.sent = scheduler.sent, []
    return sent


def test_it_goes_on_when_the_clock_was_a_day_ahead_and_is_set_right(beat):
    with time_machine.travel(NOW, tick=False) as clock:
        scheduler = beat()
        assert run(scheduler, clock, 60).count("heartbeat") >= 3
        clock.shift(timedelta(days=1))
        assert run(scheduler, clock, 60).count("heartbeat") >= 3
        clock.shift(timedelta(days=-1))
        sent = run(scheduler, clock, 130)
    assert sent.count("heartbeat") >= 7
    assert sent.count("resume_runs") >= 7
    assert sent.count("schedule_refreshes") >= 1


def test_a_clock_that_goes_back_sends_nothing_in_a_rush(beat):
    with time_machine.travel(NOW, tick=False) as clock:
        scheduler = beat()
        run(scheduler, clock, 60)
        clock.shift(timedelta(days=-1))
        assert run(scheduler, clock, 60).count("heartbeat") <= 5


def test_a_restart_misses_no_night(beat):
    with time_machine.travel(NOW.replace(hour=3, minute=0), tick=False) as clock:
        first = beat()
        run(first, clock, 60)
        first.close()
        clock.shift(timedelta(hours=2))
        assert "replay_scorecards" in run(beat(), clock, 60)


def test_a_restart_after_the_clock_was_set_back_goes_on(beat):
    with time_machine.travel(NOW, tick=False) as clock:
        first = beat()
        run(first, clock, 60)
        first.close()
        clock.shift(timedelta(days=-1))
        assert run(beat(), clock, 60).count("heartbeat") >= 3


@pytest.mark.parametrize(
    "kept", [b"\x80\x04N.", b"[]", b'{"heartbeat": 7}', b'{"heartbeat": "2026-01-01"}', b""]
)
def test_a_file_that_can_not_be_read_is_left_aside(beat, tmp_path, kept):
    (tmp_path / "beat.json").write_bytes(kept)
    with time_machine.travel(NOW, tick=False) as clock:
        assert "heartbeat" in run(beat(), clock, 60)


def test_a_folder_that_can_not_be_written_stops_nothing(tmp_path):
    scheduler = SteadyScheduler(app=app, lazy=False, schedule_filename=str(tmp_path / "gone" / "beat"))
    scheduler.sync()
    assert "heartbeat" in scheduler.schedule
    assert str(tmp_path) in scheduler.info


def test_what_is_kept_is_json(beat, tmp_path):
    with time_machine.travel(NOW, tick=False) as clock:
        scheduler = beat()
        run(scheduler, clock, 20)
        scheduler.close()
    kept = json.loads((tmp_path / "beat.json").read_text())
    assert datetime.fromisoformat(kept["heartbeat"]) >= NOW


def test_it_leaves_signs_of_life_and_goes_on_where_they_can_not_be_left(beat, monkeypatch):
    with time_machine.travel(NOW, tick=False) as clock:
        scheduler = beat()
        run(scheduler, clock, 60)
        left = datetime.fromisoformat(cache.get(SCHEDULER_HEARTBEAT_KEY))
        assert datetime.now(UTC) - left <= timedelta(seconds=20)

        def refuse(*_args, **_kwargs):
            raise redis.ConnectionError

        monkeypatch.setattr("screener.scheduler.cache", SimpleNamespace(set=refuse))
        assert run(scheduler, clock, 60).count("heartbeat") >= 3
