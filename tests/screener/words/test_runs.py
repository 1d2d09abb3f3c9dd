from datetime import UTC, datetime

import pytest

from assets.models import RefreshRun
from assets.services.refreshing.activity import Progress
from assets.services.watching import Watched
from assets.sourcing.contract import Rate
from screener.words.runs import (
    rate_in_words,
    rows_done,
    run_failed,
    run_pace,
    run_progress,
    run_state,
    run_title,
)

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def run(**changes):
    return RefreshRun(**{"provider": "coingecko", "family": "listing", "created_at": NOW} | changes)


def test_a_run_is_called_by_provider_and_family():
    assert run_title(run()) == "CoinGecko · Listing"


@pytest.mark.parametrize(
    ("changes", "progress", "state"),
    [
        ({"steps_total": 3, "steps_done": 1}, "1 of 3 calls found so far", "running"),
        ({"steps_total": 3, "steps_done": 2, "steps_failed": 1}, "3 of 3 calls found so far", "scoring"),
        ({"steps_total": 1}, "0 of 1 call found so far", "running"),
        ({"steps_total": 0}, "0 of 0 calls found so far", "running"),
        ({"steps_total": 1, "steps_done": 1, "state": "done"}, "1 of 1 call", "done"),
        ({"steps_total": 4200, "steps_done": 1200, "state": "stopped"}, "1,200 of 4,200 calls", "stopped"),
    ],
)
def test_totals_are_honest_while_more_may_be_found(changes, progress, state):
    assert (run_progress(run(**changes)), run_state(run(**changes))) == (progress, state)


def test_failures_are_counted_where_there_are_some():
    assert (run_failed(run()), run_failed(run(steps_failed=2))) == ("", "2 failed")


@pytest.mark.parametrize(
    ("pace", "most", "words"),
    [
        (None, 30.0, ""),
        (24.4, 30.0, "24 a minute of 30"),
        (4.25, None, "4.2 a minute"),
        (0.5, 1.5, "0.5 a minute of 1.5"),
    ],
)
def test_a_pace_stands_beside_what_the_provider_allows(pace, most, words):
    assert run_pace(Progress(run=run(), steps_a_minute=pace, most_a_minute=most)) == words


@pytest.mark.parametrize(
    ("calls", "per_s", "words"),
    [
        (30, 60.0, "30 a minute"),
        (8, 1.0, "8 a second"),
        (5000, 3600.0, "5,000 an hour"),
        (250, 86400.0, "250 a day"),
        (3, 10.0, "3 in 10 s"),
    ],
)
def test_a_budget_is_said_by_a_usual_span(calls, per_s, words):
    assert rate_in_words(Rate(calls=calls, per_s=per_s)) == words


def test_how_far_a_sheet_is():
    assert rows_done(Watched(stage="reading", done=1_500, total=50_000)) == "Rows read: 1,500 of 50,000"
    assert rows_done(Watched(stage="storing", done=7, total=7)) == "Rows stored: 7 of 7"
