"""The whole command, as a process of its own, started, looked at and ended."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers.waiting import PATIENCE_S, until

ROOT = Path(__file__).resolve().parents[4]
STARTS = (
    *(
        "assets/providers/sandbox.py",
        "assets/sandbox",
        "assets/tasks.py",
        "screener/celery.py",
        "screener/settings.py",
    ),
    *(
        "screener/management/commands/up.py",
        "screener/services/operation",
        "screener/supervisor",
        "screener/tasks.py",
    ),
)
"""What `manage.py up` starts, and with what."""

READY = re.compile(r"Assay is ready: http://127\.0\.0\.1:(\d+)/")


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Up:
    """A running `manage.py up` whose output is read line by line."""

    def __init__(self, state: Path, **environ: str) -> None:
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("ASSAY_", "DJANGO_"))
        }
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env={
                **clean,
                "ASSAY_ENV_FILE": os.devnull,
                "ASSAY_STATE_DIR": str(state),
                "ASSAY_SANDBOX_ASSETS": "0",
                **environ,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def until(self, wanted: str) -> re.Match[str]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if found := re.search(wanted, line):
                return found
        raise AssertionError("".join(self.lines))

    def rest(self) -> str:
        assert self.process.stdout is not None
        self.process.wait(PATIENCE_S)
        return "".join(self.lines) + self.process.stdout.read()


@pytest.fixture
def up(tmp_path) -> Iterator[Callable[..., Up]]:
    running: list[Up] = []

    def start(**environ: str) -> Up:
        running.append(Up(tmp_path / "state", **environ))
        return running[-1]

    yield start
    for each in running:
        each.process.kill()
        each.process.communicate()


def processes_in(state: Path) -> set[int]:
    """Every process whose command line or environment names this state folder."""
    found = set()
    for each in Path("/proc").iterdir():
        if each.name.isdecimal():
            try:
                process = (each / "cmdline").read_bytes() + (each / "environ").read_bytes()
            except OSError:
                continue
            if os.fsencode(state) in process:
                found.add(int(each.name))
    return found


def nobody_left(state: Path) -> bool:
    return until(lambda: not processes_in(state), "the end of every process")


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


@pytest.mark.broker
@pytest.mark.slow(*STARTS)
def test_everything_is_started_and_ended(up, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        running = up(PORT=str(wanted))
        port = int(running.until(READY.pattern)[1])
    assert f"Port {wanted} is taken; using {port}." in "".join(running.lines)
    password = running.until(r"with the password (\S+) ")[1]
    assert (tmp_path / "state" / "first-login").read_text() == f"analyst {password}\n"
    running.until(rf"All data are in {tmp_path / 'state' / 'assay.sqlite3'}")
    until(lambda: (tmp_path / "state" / "beat-schedule.json").exists(), "the worker")
    assert get(port, "/accounts/login/")[0] == 200
    assert len(processes_in(tmp_path / "state")) >= 5
    assert {line.partition("|")[0].strip() for line in running.lines} == {"assay"}, "it is quiet"
    running.process.send_signal(signal.SIGINT)
    assert "Assay has ended." in running.rest()
    assert running.process.returncode == 0
    assert nobody_left(tmp_path / "state")


@pytest.mark.broker
@pytest.mark.slow(*STARTS)
def test_being_killed_outright_leaves_nobody(up, tmp_path):
    running = up(PORT=str(free()))
    running.until(READY.pattern)
    running.process.kill()
    running.process.wait()
    assert nobody_left(tmp_path / "state")


@pytest.mark.broker
@pytest.mark.slow(*STARTS)
def test_a_second_start_says_who_is_there(up):
    running = up(PORT=str(free()))
    running.until(READY.pattern)
    second = up(PORT=str(free()))
    address = READY.search("".join(running.lines))
    said = second.rest()
    assert f"Assay already runs: http://127.0.0.1:{address[1]}/   (process {running.process.pid}, " in said
    assert second.process.returncode == 0


@pytest.mark.slow(*STARTS)
@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"PORT": "70000"}, "whole number from 1 to 65535"),
        ({"ASSAY_BROKER_URL": "redis://:secret@127.0.0.1:1/0"}, "redis://:…@127.0.0.1:1/0 does not answer"),
        ({"ASSAY_DATABASE_URL": "postgres://a:secret@127.0.0.1:1/a"}, "The database does not answer"),
        ({"ASSAY_DATABASE_URL": "sqlite:////no/such/folder/a.sqlite3"}, "can't be opened"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(up, environ, sentence):
    running = up(**{"PORT": str(free()), **environ})
    output = running.rest()
    assert sentence in output
    assert "Traceback" not in output
    assert "secret" not in output
    assert running.process.returncode == 1
