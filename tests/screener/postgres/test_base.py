import os
import signal
import socket
import threading
import time
from contextlib import suppress

import psycopg
import pytest
from django.db import OperationalError, connection

from screener.postgres import base
from screener.postgres.base import Breaker, PatientConnection

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL alone has such connections"),
]


@pytest.fixture
def limited(settings, monkeypatch):
    """Connections with a limit of a second, and as they were afterwards."""
    connection.close()
    monkeypatch.setattr(base, "BREAKER", Breaker())
    settings.STATEMENT_LIMIT_S = 1.0
    yield
    settings.STATEMENT_LIMIT_S = None
    connection.close()


def ask(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_the_server_ends_a_statement_that_takes_too_long(limited):
    with pytest.raises(OperationalError, match="statement timeout"):
        ask("SELECT 1 FROM pg_sleep(600)")
    assert ask("SELECT 1") == 1


def test_who_waits_for_a_lock_gives_up(limited, settings):
    settings.LOCK_LIMIT_S = 0.2
    ask("SELECT 1")
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("LOCK TABLE assets_asset IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(OperationalError, match="lock timeout"):
            ask("SELECT count(*) FROM assets_asset")


def test_a_server_that_stands_still_is_given_up_and_asked_again_when_it_goes_on(limited, monkeypatch):
    """Its own limit does not run while the process is stopped."""
    monkeypatch.setattr(base, "LATER_S", -0.5)
    connection.close()
    pid = ask("SELECT pg_backend_pid()")
    os.kill(pid, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        with pytest.raises(OperationalError, match="did not answer in time"):
            ask("SELECT 1")
        assert time.monotonic() - begun < 30
    finally:
        os.kill(pid, signal.SIGCONT)
    connection.close_if_unusable_or_obsolete()
    with pytest.raises(OperationalError, match="a moment ago"):
        ask("SELECT 1")  # Nobody waits again at once.
    monkeypatch.setattr(base, "REST_S", 0.0)
    assert ask("SELECT 1") == 1


def test_an_idle_connection_that_stands_still_is_not_usable(limited, monkeypatch):
    monkeypatch.setattr(base, "HEALTH_S", 0.2)
    pid = ask("SELECT pg_backend_pid()")
    os.kill(pid, signal.SIGSTOP)
    try:
        assert not connection.is_usable()
    finally:
        os.kill(pid, signal.SIGCONT)


def test_who_stands_still_in_a_transaction_holds_its_locks_no_longer(limited, monkeypatch, settings):
    monkeypatch.setattr(base, "SHORTEST_IDLE_S", 0.2)
    of_the_frozen = connection.get_connection_params()
    settings.STATEMENT_LIMIT_S = settings.LOCK_LIMIT_S = (
        60.0  # Whoever waits outlasts the one who stands still.
    )
    with psycopg.connect(**of_the_frozen) as frozen:
        frozen.execute("LOCK TABLE assets_asset IN ACCESS EXCLUSIVE MODE")
        assert ask("SELECT count(*) >= 0 FROM assets_asset")
        with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
            frozen.execute("SELECT 1")


def test_a_limited_session_says_so(limited):
    assert ask("SELECT current_setting('application_name')") == base.LIMITED


def test_commands_have_no_limit():
    connection.close()
    assert ask("SELECT current_setting('statement_timeout')") == "0"
    assert ask("SELECT current_setting('application_name')") != base.LIMITED
    assert isinstance(connection.connection, PatientConnection)
    assert connection.connection.limit_s is None


def pass_on(source, target):
    with suppress(OSError):
        while part := source.recv(65_536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)


@pytest.fixture
def at_port():
    """Django's connection to this port; nothing is kept of one that was waited for in vain."""
    opened = []

    def connection_at(listener):
        copy = connection.copy()
        copy.settings_dict["HOST"], copy.settings_dict["PORT"] = listener.getsockname()
        opened.append(copy)
        return copy

    yield connection_at
    for each in opened:
        each.close()


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def relay(listener, monkeypatch):
    """The server of the tests, which listens at no port, at one."""
    monkeypatch.setattr(base, "BREAKER", Breaker())
    folder = connection.settings_dict["OPTIONS"]["host"]

    def take():
        here, _address = listener.accept()
        there = socket.socket(socket.AF_UNIX)
        there.connect(f"{folder}/.s.PGSQL.5432")
        with here, there:
            back = threading.Thread(target=pass_on, args=(there, here), daemon=True)
            back.start()
            pass_on(here, there)
            back.join()  # The server has ended the session: nobody is connected to the tests' database.

    taking = threading.Thread(target=take, daemon=True)
    taking.start()
    yield listener
    taking.join(30)


def test_a_machine_that_is_gone_is_noticed_by_the_socket(relay, at_port):
    """Asked after 10 s and twice more, 5 s apart; what was sent is waited for 20 s."""
    reached = at_port(relay)
    reached.ensure_connection()
    with socket.socket(fileno=os.dup(reached.connection.fileno())) as ours:
        assert ours.family == socket.AF_INET
        assert ours.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        names = ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT")
        options = {name: ours.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)) for name in names}
    assert options == {
        "TCP_KEEPIDLE": 10,
        "TCP_KEEPINTVL": 5,
        "TCP_KEEPCNT": 2,
        "TCP_USER_TIMEOUT": 20_000,
    }


@pytest.mark.parametrize("takes", [True, False], ids=["says nothing", "takes nobody"])
def test_an_address_that_never_answers_is_given_up(listener, at_port, monkeypatch, takes):
    """One that takes the connection and says nothing, and one whose line of those who wait is full."""
    monkeypatch.setattr(base, "BREAKER", Breaker())
    limit_s = connection.settings_dict["OPTIONS"]["connect_timeout"]
    assert limit_s == 5
    waiting = [] if takes else fill_line(listener)
    begun = time.monotonic()
    with pytest.raises(OperationalError, match="timeout"):
        at_port(listener).ensure_connection()
    assert limit_s - 1 < time.monotonic() - begun < 2 * limit_s
    with pytest.raises(OperationalError, match="a moment ago"):
        at_port(listener).ensure_connection()  # Nobody else waits as long.
    for each in waiting:
        each.close()


def fill_line(listener):
    """Connections that nobody takes, until the system answers no more of them."""
    listener.listen(0)
    waiting = []
    while True:
        each = socket.socket()
        each.settimeout(0.2)
        waiting.append(each)
        try:
            each.connect(listener.getsockname())
        except TimeoutError:
            return waiting
