"""`manage.py up`: the whole of Assay on this machine with one command."""

import os
import signal
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from assets.models import RefreshRun
from assets.services.refreshing.runs import RefreshRefusedError
from screener.outages import in_plain_words
from screener.services.operation.fill_sandbox import fill_sandbox
from screener.services.operation.first_login import ensure_first_login
from screener.supervisor import services
from screener.supervisor.address import HOST, free_port, port_from
from screener.supervisor.console import Console
from screener.supervisor.local import start_broker
from screener.supervisor.pid_lock import pid_lock
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
            with pid_lock(settings.STATE_DIR):
                for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(each, _as_interrupt)
                self._prepare()
                with suppress(KeyboardInterrupt), Supervisor(log=self.console.line) as supervisor:
                    self._run(supervisor, wanted)
        except KeyboardInterrupt:
            pass
        except Exception as error:
            sentence = in_plain_words(error)
            if sentence is None:
                raise
            raise CommandError(sentence) from error
        self._say("Assay has ended.")

    def _prepare(self) -> None:
        """The database for this version; the static files where the web server does not find them itself."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("Preparing the database …")
            call_command("migrate", verbosity=0, interactive=False)
        if not settings.DEBUG:
            call_command("collectstatic", verbosity=0, interactive=False)

    def _run(self, supervisor: Supervisor, wanted: int) -> None:
        port = free_port(wanted)
        if port != wanted:
            self._say(f"Port {wanted} is taken; using {port}.")
        supervisor.start(services.web(port))
        start_broker(supervisor)
        supervisor.start(services.worker())
        supervisor.wait_for("web")
        self._welcome(port)
        supervisor.wait_for("worker")
        filling = self._fill()
        while True:
            supervisor.poll()
            next(filling, None)
            time.sleep(LOOK_S)

    def _welcome(self, port: int) -> None:
        login = ensure_first_login(kept_in=settings.STATE_DIR / "first-login")
        self._say(f"Assay is ready: http://{HOST}:{port}/   (Ctrl-C ends it)")
        if login is None:
            self._say("Log in with your account; manage.py changepassword NAME sets a new password.")
        elif login.is_new:
            self._say(f"Log in as {login.name} with the password {login.password} (kept in {login.kept_in}).")
        else:
            self._say(f"Log in as {login.name}; the password stands in {login.kept_in}.")

    def _fill(self) -> Iterator[None]:
        """One glance at the sandbox's runs a step, shown as they go and reported when they end."""
        if not settings.ASSAY_SANDBOX_ASSETS:
            return
        reported: set[int] = set()
        try:
            for run in fill_sandbox():
                if run.is_over and run.pk not in reported:
                    reported.add(run.pk)
                    self.console.progress("")
                    self._say(f"Sandbox: {describe(run)}.")
                else:
                    self.console.progress(f"Filling the sandbox: {describe(run)}")
                yield
        except RefreshRefusedError as refusal:
            self._say(f"The sandbox can't be filled. {refusal}")
        if reported:
            self._say("The sandbox market is filled and scored.")
        connection.close()

    def _say(self, text: str) -> None:
        self.console.line("assay", text)


def describe(run: RefreshRun) -> str:
    failed = f", {run.steps_failed} failed" if run.steps_failed else ""
    return (
        f"{run.family}, {run.steps_ended} of {run.steps_total} calls{failed}, "
        f"{run.rows_stored:,} rows, {run.assets_scored:,} scores"
    )


def _as_interrupt(*_args: object) -> None:
    raise KeyboardInterrupt
