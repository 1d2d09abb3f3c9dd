"""Outages of the broker on both databases, with web, worker and scheduler: told, and over without a hand."""

import signal

import pytest

from screener.celery import PUBLISHING_S
from tests.end_to_end.broker_readers import assert_at_work_again, assert_broker_missed, order
from tests.end_to_end.house import house_on
from tests.servers.waiting import until

pytestmark = [
    pytest.mark.broker,
    pytest.mark.slow(
        *("screener/celery.py", "screener/outages.py", "screener/cache.py", "screener/scheduler.py"),
        *("screener/broker.py", "screener/views/health.py", "screener/views/data/refreshes.py"),
        *("assets/tasks.py", "assets/network/locks.py", "assets/services/refreshing/runs.py"),
    ),
]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request):
    with house_on(request.param, ASSAY_TASK_REDELIVERY_S="30") as house:
        house.start("worker")
        house.start("scheduler")
        house.manage("refresh", "--provider", "sandbox", "--family", "listing", "--wait")
        house.recovered()
        until(lambda: house.answers("/readyz"), "a house in which everything works")
        yield house
        assert [name for name, process in house.processes.items() if process.poll() is not None] == []


def ordered_runs(house):
    return len(house.ask("c.kept_by_people()")["runs"])


def test_a_broker_that_is_full(house):
    before = ordered_runs(house)
    with house.broker as broker:
        broker.config_set("maxmemory", 1)
        try:
            assert_broker_missed(house, ["is full"])
            assert "takes nothing new" in house.look("memory")["sentence"]
            assert house.answers("/readyz", 503)
        finally:
            broker.config_set("maxmemory", 0)
    assert_at_work_again(house)
    assert ordered_runs(house) == before + 1


def test_a_broker_that_is_gone(house):
    before = ordered_runs(house)
    house.kill("valkey")
    try:
        assert_broker_missed(house, ["does not answer"])
        assert house.look("broker")["status"] == "failing"
        assert house.answers("/readyz", 503)
    finally:
        house.start("valkey")
    assert_at_work_again(house)
    assert ordered_runs(house) == before + 1


def test_a_broker_that_is_flushed(house):
    """What was queued, what was in hand, and the locks: once before a run has begun, once within it."""
    with house.broker as broker:
        house.kill("worker", signal.SIGSTOP)
        try:
            order(house, "candles")
            until(lambda: broker.llen("celery"), "something queued")
            broker.flushall()
        finally:
            house.kill("worker", signal.SIGCONT)
        order(house, "contract")
        until(lambda: broker.hlen("unacked"), "something in hand")
        broker.flushall()
    assert_at_work_again(house)


def test_a_broker_that_can_not_save(house):
    """Where its file should be stands a folder with something in it, which stops root as well."""
    before = ordered_runs(house)
    in_the_way = house.folder / "dump.rdb"
    (in_the_way / "something").mkdir(parents=True)
    with house.broker as broker:
        broker.config_set("save", "86400 1")
        broker.bgsave()
        until(lambda: broker.info("persistence")["rdb_last_bgsave_status"] == "err", "a failed snapshot")
        try:
            assert_broker_missed(house, ["takes nothing new"])
            assert "takes nothing new" in house.look("memory")["sentence"]
            assert house.answers("/readyz", 503)
        finally:
            (in_the_way / "something").rmdir()
            in_the_way.rmdir()
            broker.bgsave()
            until(lambda: broker.info("persistence")["rdb_last_bgsave_status"] == "ok", "a snapshot")
            broker.config_set("save", "")
            in_the_way.unlink()
    assert_at_work_again(house)
    assert ordered_runs(house) == before + 1


def test_a_worker_waits_longer_for_a_message_than_anybody_does_who_publishes(house):
    with house.broker as broker:
        waiting = until(
            lambda: [each["id"] for each in broker.client_list() if each["cmd"] == "brpop"], "a worker"
        )
        until(
            lambda: any(
                each["id"] in waiting and int(each["age"]) > 2 * PUBLISHING_S for each in broker.client_list()
            ),
            "a worker that has waited for long",
        )
    assert house.look("worker")["status"] == "ok"
