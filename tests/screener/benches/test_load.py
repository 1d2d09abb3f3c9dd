import asyncio
from types import SimpleNamespace

import pytest
from django.conf import settings

from screener.admission.lanes import PAGES_OF_A_PROCESS
from screener.benches import load
from screener.benches.visits import Browser, LoadResult
from screener.supervisor.child import ServiceError
from tests.screener.benches.watched import PAGES


@pytest.mark.slow(*PAGES, "screener/asgi.py", "screener/wsgi.py")
def test_a_server_is_asked_while_scorecards_are_written(monkeypatch):
    begun = []
    child = load.ChildProcess
    monkeypatch.setattr(
        load, "ChildProcess", lambda *args, **options: begun.append(child(*args, **options)) or begun[-1]
    )
    rows = list(load.measure([400], users=3, seconds=4))
    assert [row["thinking_s"] for row in rows] == [1.0, 0.0]
    for row in rows:
        assert row["requests"] > 0
        assert (row["errors"], row["error_rate"], row["first_error"]) == (0, 0.0, "")
        assert 0 < row["p50_ms"] <= row["p95_ms"] <= row["p99_ms"]
        assert min(row["server_cpu_ms"], row["client_cpu_ms"], row["writer_cpu_share"]) > 0
        assert 0 < row["to_healthz"] < 1
        assert row["rps"] == pytest.approx(row["requests"] / 4, abs=0.1)
    assert sum(row["deltas_applied"] for row in rows) > 0
    assert len(begun) == 2
    assert not any(each.is_alive for each in begun)


def test_a_server_that_dies_is_told_with_its_last_words(monkeypatch):
    monkeypatch.setattr(load, "FIRST_PORT", 8_950)  # Not that of the test above, which may run beside.
    with pytest.raises(ServiceError, match="ASSAY_SECRET_KEY"), load.serving(WITHOUT_KEY):
        pytest.fail("it answered")


WITHOUT_KEY = {"ASSAY_DEBUG": "false", "ASSAY_SECRET_KEY": ""}


def test_errors_are_counted_and_the_first_is_told():
    row = load._row(LoadResult(taken_ms=[1.0, 2.0, 3.0], errors=["/: 500", "/: 503"], deltas=4), seconds=2)
    assert (row["requests"], row["rps"], row["errors"], row["error_rate"]) == (5, 2.5, 2, 0.4)
    assert (row["first_error"], row["deltas_applied"]) == ("/: 500", 4)


def test_nobody_answered():
    row = load._row(LoadResult(errors=["/: 500"]), seconds=1)
    assert (row["error_rate"], row["p99_ms"]) == (1.0, 0.0)


async def _refused(_self, _address):
    return SimpleNamespace(status_code=503)


def test_pages_that_are_still_refused_are_told_and_not_measured(monkeypatch):
    monkeypatch.setattr(Browser, "get", _refused)
    with pytest.raises(ServiceError, match="still refused after 0 s"):
        asyncio.run(load._until_warm(1, patience_s=0.0))


def test_nothing_is_measured_before_every_place_has_answered(monkeypatch):
    statuses = iter([503, *[200] * 31])
    asked = []

    async def answered(_self, address):
        asked.append(address)
        return SimpleNamespace(status_code=next(statuses))

    monkeypatch.setattr(Browser, "get", answered)
    asyncio.run(load._until_warm(1))
    places = settings.PAGE_PROCESSES * PAGES_OF_A_PROCESS
    assert asked == ["/"] * 2 * places
