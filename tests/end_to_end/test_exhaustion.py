"""What runs out: disk, connections, files, rights; told in a sentence, and over when there is some again."""

import os
import re
import resource
import signal
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.end_to_end.house import house_on
from tests.end_to_end.readers import assert_healthy, assert_one_sentence, assert_said
from tests.servers.waiting import until

pytestmark = [
    pytest.mark.broker,
    pytest.mark.slow(
        *("screener/outages.py", "screener/postgres", "screener/limits.py", "screener/cache.py"),
        *("screener/admission", "screener/views/health.py", "screener/services/operation/readiness.py"),
    ),
]

REFUSED = re.compile(r"tendue|disk I/O error|disk is full")
FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'la table ne peut être étendue' USING ERRCODE = 'disk_full';
END $$
"""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request):
    with house_on(request.param) as house:
        house.recovered()
        yield house


@pytest.fixture
def server(house):
    if house.postgres is None:
        pytest.skip("SQLite has no server.")
    return house.postgres


@contextmanager
def limited(pids, kind, soft):
    """The limit of running processes, and as it was afterwards."""
    before = {pid: resource.prlimit(pid, kind) for pid in pids}
    try:
        for pid, (_soft, hard) in before.items():
            resource.prlimit(pid, kind, (soft, hard))
        yield
    finally:
        for pid, limits in before.items():
            with suppress(ProcessLookupError):
                resource.prlimit(pid, kind, limits)


@contextmanager
def full_disk(house, part="web", table="screener_watchlist"):
    """No file of SQLite may grow by this part; PostgreSQL says so in another language of this table."""
    if house.postgres is None:
        with limited(house.pids(part), resource.RLIMIT_FSIZE, 65_536):
            yield
        return
    house.execute(FULL)
    house.execute(f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION full_disk()")
    try:
        yield
    finally:
        house.execute("DROP FUNCTION full_disk CASCADE")


def test_a_disk_that_is_full(house):
    names = (f"list {number}" for number in range(10_000))

    def make_list():
        answer = house.post("/watchlists/", name=next(names))
        assert answer.status_code in (302, 503)
        return answer if answer.status_code == 503 else None

    with full_disk(house):
        answer = until(make_list, "a disk that is full")
        assert_one_sentence(answer, ["disk is full", "has space"])
        assert house.answers("/"), "readers need no space"
        assert house.answers("/", logged_in=False)
        assert_healthy(house)
    until(lambda: house.post("/watchlists/", name=next(names)).status_code == 302, "space again")
    house.recovered()


def test_a_disk_that_is_full_while_a_worker_stores(house):
    """What it can't store waits, and is stored when there is space."""
    house.start("worker")
    house.start("scheduler")
    house.manage("refresh", "--provider", "sandbox", "--family", "listing", "--wait")
    log = house.folder / "worker.log"
    try:
        with full_disk(house, "worker", "assets_observation"):
            house.manage("refresh", "--provider", "sandbox", "--family", "market")
            until(lambda: REFUSED.search(log.read_text()), "a worker that finds no space")
            assert house.answers("/")
            assert house.answers("/", logged_in=False)
            assert_healthy(house)
        until(lambda: house.ask("c.is_at_rest()"), "the end of the runs")
        assert house.ask("c.faults()") == {}
    finally:
        house.kill("worker")
        house.kill("scheduler")


def test_a_database_that_takes_no_more_connections(house, server):
    others = []
    try:
        house.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        with suppress(psycopg.OperationalError):
            while len(others) < 200:
                others.append(psycopg.connect(server.url))
        assert_said(house, ["no connection to spare"])
        assert house.look("database")["status"] == "failing"
    finally:
        for each in others:
            each.close()
    house.recovered()


def test_a_database_that_is_a_replica(house, server):
    house.execute("ALTER SYSTEM SET default_transaction_read_only = on")
    house.execute("SELECT pg_reload_conf()")
    try:
        answer = until(
            lambda: (told := house.post("/watchlists/", name="Mine")).status_code == 503 and told, "a refusal"
        )
        assert_one_sentence(answer, ["is no replica"])
        assert house.answers("/", logged_in=False)
    finally:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
            connection.execute("SELECT pg_reload_conf()")
    until(lambda: house.post("/watchlists/", name="Mine too").status_code == 302, "a database that writes")


def test_a_broker_that_takes_no_more_connections(house):
    with house.broker as broker:
        before = broker.config_get("maxclients")["maxclients"]
        broker.config_set("maxclients", 1)
        try:
            broker.client_kill_filter(_type="normal", skipme=True)
            until(lambda: house.look("broker")["status"] == "failing", "a broker that takes nobody")
            assert house.answers("/")
            assert house.answers("/", logged_in=False)
            assert_healthy(house)
        finally:
            broker.config_set("maxclients", before)
    until(lambda: house.look("broker")["status"] == "ok", "the broker")


def test_a_process_of_pages_that_is_killed_for_its_memory(house):
    """Pages are made by processes below the one that listens."""
    listening = house.processes["web"].pid
    for pid in house.pids("web"):
        if "page_process" in Path(f"/proc/{pid}/cmdline").read_text():
            os.kill(pid, signal.SIGKILL)
            house.recovered()
    assert house.processes["web"].pid == listening
    assert house.processes["web"].poll() is None, "nobody had to start it again"
