import os
import signal
import subprocess
import sys

from screener.supervisor.watchdog import Watchdog, end_group, reap
from tests.servers.waiting import PATIENCE_S, until

PARENT_OF_ONE = "import subprocess; print(subprocess.Popen(['sleep', '60']).pid, flush=True); input()"


def started(script: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def is_gone(pid: int) -> bool:
    """Waits until the process has ended; one that waits to be reaped has."""
    return until(lambda: has_ended(pid), f"the end of process {pid}")


def has_ended(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123 - /proc is read in one go
            return stat.read().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_closing_the_watchdog_ends_children_and_grandchildren():
    watchdog = Watchdog()
    with started(PARENT_OF_ONE) as parent:
        grandchild = int(parent.stdout.readline())
        watchdog.watch(parent.pid)
        watchdog.close()
        assert parent.wait(PATIENCE_S) == -signal.SIGKILL
    assert is_gone(grandchild)


def test_an_unwatched_group_is_left_alone():
    watchdog = Watchdog()
    with started("input()") as process:
        watchdog.watch(process.pid)
        watchdog.unwatch(process.pid)
        watchdog.close()
        assert process.poll() is None
        process.communicate("\n")


def test_killing_the_supervisor_outright_leaves_nothing():
    script = (
        "import subprocess, time; from screener.supervisor.watchdog import Watchdog; watchdog = Watchdog();"
        "child = subprocess.Popen(['sh', '-c', 'sleep 60 & echo $!; wait'], stdout=subprocess.PIPE,"
        " text=True, start_new_session=True); watchdog.watch(child.pid);"
        "print(child.pid, child.stdout.readline().strip(), watchdog._process.pid, flush=True); time.sleep(60)"
    )
    with started(script) as supervisor:
        everybody = [int(each) for each in supervisor.stdout.readline().split()]
        os.kill(supervisor.pid, signal.SIGKILL)
    assert all(is_gone(pid) for pid in everybody)


def test_commands_are_followed_to_the_end(monkeypatch):
    ended: list[int] = []
    monkeypatch.setattr("screener.supervisor.watchdog.end_group", ended.append)
    reap(["+1\n", "+2\n", "-1\n", "+3\n"])
    assert sorted(ended) == [2, 3]


def test_ending_a_group_that_is_gone_is_no_mistake():
    process = started("")
    process.communicate()
    end_group(process.pid)
