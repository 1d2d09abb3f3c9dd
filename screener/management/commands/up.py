"""`manage.py up`: the whole of Assay on this machine with one command."""

import os
import signal
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from assets.services.refreshing.runs import RefreshRefusedError
from screener.outages import in_plain_words
from screener.services.operation.fill_sandbox import fill_sandbox
from screener.services.operation.filling import filling_in_words
from screener.services.operation.first_login import ensure_first_login
from screener.supervisor import services
from screener.supervisor.address import HOST, free_port, port_from
from screener.supervisor.console import Console
from screener.supervisor.local import start_broker
from screener.supervisor.pid_lock import AlreadyRunningError, Announce, pid_lock
from screener.supervisor.supervise import Supervisor

LOOK_S: Final = 0.3
DEFAULT_PORT: Final = "8000"


class Command(BaseCommand):
    help = "Start everything: broker, worker, web server; fill the sandbox market. Ctrl-C ends it all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port",
            default=os.environ.get("PORT") or DEFAULT_PORT,
            help="of the web server (default: the variable PORT, else 8000)",
        )

    def handle(self, *, port: str, **_options: Any) -> None:
        wanted = port_from(port)
        self.console = Console()
        try:
            with pid_lock(settings.STATE_DIR) as announce:
                for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(each, _as_interrupt)
                self._prepare()
                with suppress(KeyboardInterrupt), Supervisor(log=self.console.line) as supervisor:
                    self._run(supervisor, wanted, announce)
        except KeyboardInterrupt:
            pass
        except AlreadyRunningError as other:
            self._say(_where_it_runs(other))
            return
        except Exception as error:
            sentence = in_plain_words(error)
            if sentence is None:
                raise
            raise CommandError(sentence) from error
        self._say("Assay has ended.")

    def _prepare(self) -> None:
        """The database for this version; the static files where the web server does not find them itself."""
        executor = MigrationExecutor(connection)
        if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            applied = _Applied(self.console, len(plan))
            call_command("migrate", verbosity=1, no_color=True, interactive=False, stdout=applied)
            self.console.progress("")
        if not settings.ASSAY_DEBUG:
            self.console.progress("Collecting the static files …")
            call_command("collectstatic", verbosity=0, interactive=False)
            self.console.progress("")

    def _run(self, supervisor: Supervisor, wanted: int, announce: Announce) -> None:
        port = free_port(wanted)
        if port != wanted:
            self._say(f"Port {wanted} is taken; using {port}.")
        self.console.progress("Starting the broker, the worker and the web server …")
        supervisor.start(services.web(port))
        start_broker(supervisor)
        supervisor.start(services.worker())
        supervisor.wait_for("web")
        announce(f"http://{HOST}:{port}/")
        self.console.progress("")
        self.console.notice(list(_welcome(port)))
        self.console.progress("Waiting for the worker …")
        supervisor.wait_for("worker")
        self.console.progress("")
        filling = self._fill()
        while True:
            supervisor.poll()
            next(filling, None)
            time.sleep(LOOK_S)

    def _fill(self) -> Iterator[None]:
        """One glance at the sandbox's filling a step, shown as it goes."""
        is_filled = False
        try:
            for filling in fill_sandbox():
                is_filled = True
                self.console.progress(f"Filling the sandbox: {filling_in_words(filling)}")
                yield
        except RefreshRefusedError as refusal:
            self._say(f"The sandbox can't be filled. {refusal}")
        self.console.progress("")
        if is_filled:
            self._say("The sandbox market is filled and scored.")
        self.console.repeat_notice()
        connection.close()

    def _say(self, text: str) -> None:
        self.console.line("assay", text)


class _Applied(StringIO):
    """What `migrate` writes, as progress."""

    def __init__(self, console: Console, total: int) -> None:
        super().__init__()
        self._console, self._total, self._done = console, total, 0

    def write(self, text: str) -> int:
        if "Applying" in text:
            self._done += 1
            self._console.progress(f"Preparing the database: {self._done} of {self._total} migrations")
        return len(text)


def _welcome(port: int) -> Iterator[str]:
    """What stays last on the screen: the address, how to log in, where the data live."""
    login = ensure_first_login(kept_in=settings.STATE_DIR / "first-login")
    yield f"Assay is ready: http://{HOST}:{port}/   (Ctrl-C ends it)"
    if login is None:
        yield "Log in with your account; manage.py changepassword NAME sets a new password."
    elif login.is_new:
        yield f"Log in as {login.name} with the password {login.password} (kept in {login.kept_in})."
    else:
        yield f"Log in as {login.name}; the password stands in {login.kept_in}."
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        yield f"All data are in {database['NAME']}."
    else:
        yield (
            f"All data are in the database {database['NAME']} at {database['HOST'] or 'this machine'}; "
            f"keys and columns in {settings.STATE_DIR}."
        )


def _where_it_runs(other: AlreadyRunningError) -> str:
    if not other.address:
        return f"Assay is being started by process {other.pid}; its terminal will show the address."
    return (
        f"Assay already runs: {other.address}   (process {other.pid}, data in {settings.STATE_DIR}; "
        "Ctrl-C in its terminal ends it)"
    )


def _as_interrupt(*_args: object) -> None:
    raise KeyboardInterrupt
