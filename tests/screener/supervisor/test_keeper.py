import os
import signal
import subprocess
import sys
import time

from screener.supervisor.keeper import Keeper, end_group, keep

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
    """Whether the process ends within a moment; one that waits to be reaped has ended."""
    give_up_at = time.monotonic() + 5
    while time.monotonic() < give_up_at:
        try:
            with open(f"/proc/{pid}/stat") as told:  # noqa: PTH123 - /proc is read in one go
                if told.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_closing_the_keeper_ends_children_and_grandchildren():
    keeper = Keeper()
    with started(PARENT_OF_ONE) as parent:
        grandchild = int(parent.stdout.readline())
        keeper.adopt(parent.pid)
        keeper.close()
        assert parent.wait(5) == -signal.SIGKILL
    assert is_gone(grandchild)


def test_a_released_group_is_left_alone():
    keeper = Keeper()
    with started("input()") as process:
        keeper.adopt(process.pid)
        keeper.release(process.pid)
        keeper.close()
        assert process.poll() is None
        process.communicate("\n")


def test_killing_the_supervisor_outright_leaves_nothing():
    script = (
        "import subprocess, time; from screener.supervisor.keeper import Keeper; keeper = Keeper();"
        "child = subprocess.Popen(['sh', '-c', 'sleep 60 & echo $!; wait'], stdout=subprocess.PIPE,"
        " text=True, start_new_session=True); keeper.adopt(child.pid);"
        "print(child.pid, child.stdout.readline().strip(), keeper._process.pid, flush=True); time.sleep(60)"
    )
    with started(script) as supervisor:
        everybody = [int(each) for each in supervisor.stdout.readline().split()]
        os.kill(supervisor.pid, signal.SIGKILL)
    assert all(is_gone(pid) for pid in everybody)


def test_orders_are_followed_to_the_end(monkeypatch):
    ended: list[int] = []
    monkeypatch.setattr("screener.supervisor.keeper.end_group", ended.append)
    keep(["+1\n", "+2\n", "-1\n", "+3\n"])
    assert sorted(ended) == [2, 3]


def test_ending_a_group_that_is_gone_is_no_mistake():
    process = started("")
    process.communicate()
    end_group(process.pid)
