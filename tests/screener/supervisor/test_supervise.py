import os
import signal
import sys
import time
from collections.abc import Callable

import pytest

from screener.supervisor import supervise
from screener.supervisor.child import ServiceError
from screener.supervisor.services import Service
from screener.supervisor.supervise import Supervisor
from tests.servers.waiting import PATIENCE_S


def service(
    script: str, answers: Callable[[], bool] = lambda: True, start_timeout_s: float = PATIENCE_S
) -> Service:
    return Service(
        name="it",
        title="thing",
        argv=(sys.executable, "-c", script),
        answers=answers,
        start_timeout_s=start_timeout_s,
        grace_s=1,
    )


STEADY = "import time; time.sleep(60)"


def test_waiting_ends_when_the_service_answers():
    answers = iter([False, False, True])
    with Supervisor() as supervisor:
        supervisor.start(service(STEADY, lambda: next(answers)))
        supervisor.wait_for("it")


def test_a_service_that_dies_at_once_says_why():
    with Supervisor() as supervisor:
        supervisor.start(service("print('no room left'); raise SystemExit(1)", lambda: False))
        with pytest.raises(
            ServiceError, match=r"The thing could not be started\. Its last lines:\n  no room left"
        ):
            supervisor.wait_for("it")


def test_patience_ends():
    with Supervisor() as supervisor:
        supervisor.start(service(STEADY, lambda: False, start_timeout_s=0.2))
        with pytest.raises(ServiceError, match=r"does not answer after 0\.2 s"):
            supervisor.wait_for("it")


def test_a_killed_service_is_started_again_after_a_moment():
    said: list[str] = []
    with Supervisor(log=lambda _name, line: said.append(line)) as supervisor:
        supervisor.start(service(STEADY))
        first = supervisor.pid_of("it")
        os.kill(first, signal.SIGKILL)
        give_up_at = time.monotonic() + PATIENCE_S
        while supervisor.pid_of("it") == first and time.monotonic() < give_up_at:
            supervisor.poll()
            time.sleep(0.02)
        assert supervisor.pid_of("it") != first
    assert said == ["The thing has died; it is started again in 1 s."]


def test_three_deaths_in_a_row_are_the_end(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(supervise.time, "monotonic", lambda: now)
    with Supervisor() as supervisor:
        supervisor.start(service("print('broken')"))
        for _look in range(5):
            supervisor._processes["it"].child._process.wait(PATIENCE_S)
            supervisor.poll()
            now += 2
            if supervisor._processes["it"].failures == 2 and supervisor._processes["it"].restart_at is None:
                break
        supervisor._processes["it"].child._process.wait(PATIENCE_S)
        with pytest.raises(ServiceError, match=r"The thing has died 3 times in a row, so Assay stops\."):
            supervisor.poll()


def test_a_service_that_ran_for_long_starts_with_a_clean_record(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(supervise.time, "monotonic", lambda: now)
    with Supervisor() as supervisor:
        supervisor.start(service("pass"))
        for _death in range(5):
            now += supervise.STABLE_S + 1
            supervisor._processes["it"].child._process.wait(PATIENCE_S)
            supervisor.poll()
            now += 60
            supervisor.poll()
        assert supervisor._processes["it"].failures == 1
