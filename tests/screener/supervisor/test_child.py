import sys
import threading
from collections.abc import Iterator

import pytest

from screener.supervisor.child import ChildProcess, ServiceError
from screener.supervisor.watchdog import Watchdog
from tests.servers.waiting import PATIENCE_S


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    watchdog = Watchdog()
    yield watchdog
    watchdog.close()


def python(script: str, watchdog: Watchdog, lines: list[tuple[str, str]] | None = None) -> ChildProcess:
    heard = [] if lines is None else lines
    return ChildProcess(
        "it", [sys.executable, "-c", script], watchdog=watchdog, log=lambda *line: heard.append(line)
    )


def test_lines_are_passed_on_and_the_last_ones_kept(watchdog):
    lines: list[tuple[str, str]] = []
    child = python("import sys; print('one'); print(); print('two', file=sys.stderr)", watchdog, lines)
    child._process.wait(PATIENCE_S)
    child.end(grace_s=1)
    assert sorted(lines) == [("it", "one"), ("it", "two")]
    assert sorted(child.last_lines) == ["one", "two"]


def test_the_last_lines_of_a_dead_process_are_waited_for(watchdog):
    """A machine under load runs whoever reads them later than whoever asks."""
    read = threading.Event()

    def slow(*_line):
        read.wait(PATIENCE_S)

    child = ChildProcess(
        "it", [sys.executable, "-c", "print('one'); print('two')"], watchdog=watchdog, log=slow
    )
    child._process.wait(PATIENCE_S)
    threading.Timer(0.2, read.set).start()
    assert child.last_lines == ("one", "two")
    child.end(grace_s=1)


def test_a_child_that_does_not_listen_is_killed(watchdog):
    lines: list[tuple[str, str]] = []
    script = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    child = python(script, watchdog, lines)
    while not child.last_lines:
        assert child.is_alive
    child.end(grace_s=0.1)
    assert not child.is_alive
    assert "killed" in lines[-1][1]


def test_ending_twice_is_no_mistake(watchdog):
    child = python("pass", watchdog)
    child.end(grace_s=5)
    child.end(grace_s=5)
    assert not child.is_alive


def test_a_program_that_is_not_there_is_named(watchdog):
    with pytest.raises(ServiceError, match="/no/such/program could not be started: No such file"):
        ChildProcess("it", ["/no/such/program"], watchdog=watchdog)
