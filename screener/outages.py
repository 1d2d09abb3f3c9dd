"""Outages in plain words: one sentence, and 503 on a page, when something that Assay stands on is gone."""

import errno
import smtplib
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import kombu.exceptions
import redis
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from screener.schema import schema_difference

RETRY_AFTER_S: Final = 10
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CLOSED: Final = (errno.EROFS, errno.EACCES, errno.EPERM)
TOO_MANY_FILES: Final = (errno.EMFILE, errno.ENFILE)

BROKER_FULL: Final = ("OOM ", "out of memory")
BROKER_REFUSES: Final = ("NOAUTH", "NOPERM", "WRONGPASS", "invalid username-password", "no permissions")
BROKER_CANNOT_SAVE: Final = ("MISCONF", "READONLY", "read only")
BROKER_CROWDED: Final = ("max number of clients",)

STATES: Final[Mapping[str, str]] = {
    "53100": "full",
    "53200": "memory",
    "53300": "crowded",
    "25006": "unwritable",
    "42501": "unwritable",
    "40001": "busy",
    "40P01": "busy",
    "55P03": "hangs",
    "57014": "hangs",
    "25P03": "hangs",
    "58030": "failing",
    "58P01": "damaged",
    "XX001": "damaged",
    "XX002": "damaged",
}
"""What PostgreSQL's SQLSTATE says, in whatever language its messages are.

https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

SIGNS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("full", ("disk is full", "no space left", "disk full", "disk quota", "file too large")),
    ("busy", ("locked", "deadlock", "could not serialize")),
    ("hangs", ("statement timeout", "lock timeout", "did not answer in time", "canceling statement")),
    ("crowded", ("too many clients", "too many connections", "connection slots")),
    ("damaged", ("malformed", "not a database", "invalid page", "could not read block", "damaged")),
    ("damaged", ("could not decode to utf-8", "missing chunk number", "data is corrupt")),
    ("unopened", ("unable to open",)),
    ("unwritable", ("readonly", "read-only", "permission denied")),
    ("failing", ("disk i/o error", "input/output error")),
    ("memory", ("out of memory",)),
    (
        "silent",
        ("connection failed", "connection to server"),
    ),  # Also where the database itself "does not exist".
    ("schema", ("no such table", "no such column", "has no column named")),
    ("schema", ("does not exist", "undefined column")),
)
"""What the messages of both databases say, the first that fits."""


def in_plain_words(error: BaseException) -> str | None:
    """What is wrong and what to do, when it is an outage; None for any other error.

    What raised it counts too: a library may wrap the error in one of its own.
    """
    return next((words for each in _chain(error) if (words := _sentence(each))), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        yield each
        seen.add(id(each))
        each = each.__cause__


def _sentence(error: BaseException) -> str | None:
    if isinstance(error, redis.RedisError | kombu.exceptions.OperationalError):
        return _broker_in_plain_words(error)
    if isinstance(error, DatabaseError | InterfaceError):
        return _database_in_plain_words(error)
    if isinstance(error, smtplib.SMTPException):
        return _("The mail server does not answer. Try again later, or ask the operator of this server.")
    if isinstance(error, OSError) and error.errno in FULL:
        return _("The disk is full. Free some space, then try again.")
    if isinstance(error, OSError) and error.errno in TOO_MANY_FILES:
        return _("This server has too many files open. Let it open more (ulimit -n), then start it again.")
    if isinstance(error, MemoryError):
        return _("This server is out of memory. Try again in a moment, or give it more.")
    if isinstance(error, OSError) and error.errno in CLOSED:
        return _("A file or folder of Assay can't be written. Check the rights of the state folder.")
    return None


def _broker_in_plain_words(error: BaseException) -> str | None:
    """Kombu wraps what redis-py raised, whose text may lack the word by which the broker said it."""
    raised = (error, error.__cause__)
    message = f"{error} {error.__cause__ or ''}"
    if _has(message, BROKER_FULL) or any(isinstance(each, redis.OutOfMemoryError) for each in raised):
        words = _("The broker at %(address)s is full. Give it more memory; nothing that was stored is lost.")
    elif _has(message, BROKER_REFUSES) or any(isinstance(each, redis.AuthenticationError) for each in raised):
        words = _("The broker at %(address)s refuses Assay. Check the password in ASSAY_BROKER_URL.")
    elif _has(message, BROKER_CANNOT_SAVE):
        words = _("The broker at %(address)s takes nothing new. Check its disk, and that it is no replica.")
    elif _has(message, BROKER_CROWDED):
        words = _("The broker at %(address)s has no connection to spare. Let it have more (maxclients).")
    elif isinstance(error, redis.ConnectionError | redis.TimeoutError | kombu.exceptions.OperationalError):
        words = _(
            "The broker at %(address)s does not answer. Start it again; nothing that was stored is lost."
        )
    else:
        return None
    return words % {"address": settings.BROKER_ADDRESS}


def _database_in_plain_words(error: BaseException) -> str | None:
    kind = _kind_of_database_error(error)
    if kind == "schema":
        return _schema_in_plain_words()
    if kind is None and type(error).__name__ in ("OperationalError", "InterfaceError"):
        kind = "silent"
    return None if kind is None else _sentences()[kind]


def _kind_of_database_error(error: BaseException) -> str | None:
    state = STATES.get(getattr(error.__cause__, "sqlstate", None) or "")
    return state or next((kind for kind, signs in SIGNS if _has(str(error), signs)), None)


def _sentences() -> Mapping[str, str]:
    """By kind, in the reader's language."""
    return {
        "full": _("The disk is full. Free some space, then try again."),
        "busy": _("The database is busy with another change. Try again in a moment."),
        "hangs": _("The database did not answer in time. Try again in a moment."),
        "crowded": _("The database has no connection to spare. Close others, or let it have more."),
        "silent": _("The database does not answer. Check that it runs and that ASSAY_DATABASE_URL is right."),
        "memory": _("The database is out of memory. Try again in a moment, or give it more."),
        "damaged": _("The database file is damaged. Restore the newest backup."),
        "unopened": _(
            "The database file can't be opened. Check that its folder is there, and the rights of both."
        ),
        "unwritable": _(
            "The database can't be written. Check that it is no replica, and the rights of its file or user."
        ),
        "failing": _("The disk of the database can't be read or written. Check that it works and has space."),
    }


def _schema_in_plain_words() -> str | None:
    difference = schema_difference()
    if difference is None:
        return _sentences()["silent"]
    if difference.unknown:
        return _("The database is of a newer version than this program. Start the newer program.")
    if difference.missing:
        return _("The database is not set up for this version. Run manage.py migrate.")
    return None


def _has(message: str, signs: tuple[str, ...]) -> bool:
    return any(sign.lower() in message.lower() for sign in signs)


class OutageMiddleware:
    """Answers 503 where a page needs what is gone; pages that don't need it never notice.

    It stands outside of the middleware that reads sessions and people: what is raised there Django turns
    into a page of its own, and only tells of it by a signal.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        not_available("")  # Its template is read now: it may be files that can't be opened then.

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sentence: str | None = getattr(request, "outage", None)
        return response if sentence is None else not_available(sentence, theme=_theme_of(request))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        sentence = in_plain_words(error)
        return None if sentence is None else not_available(sentence, theme=_theme_of(request))


def _theme_of(request: HttpRequest) -> str:
    return request.COOKIES.get("theme", "")


def note_outage(*, request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """Receives `got_request_exception`."""
    error = sys.exc_info()[1]
    sentence = in_plain_words(error) if error is not None else None
    if request is not None and sentence is not None:
        request.outage = sentence  # type: ignore[attr-defined]


got_request_exception.connect(note_outage, dispatch_uid="note_outage")


def not_available(sentence: str, *, theme: str = "") -> HttpResponse:
    # Without the request: what a page shows besides may need just what is gone.
    context = {"sentence": sentence, "theme": theme}
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(RETRY_AFTER_S)
    response["Cache-Control"] = "no-store"
    return response
