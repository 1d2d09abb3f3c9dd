"""Outages in plain words: one sentence, and 503 on a page, when something that Assay stands on is gone."""

import errno
import smtplib
import sys
from collections.abc import Callable, Iterator
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
FULL: Final = (errno.ENOSPC, errno.EDQUOT)
CLOSED: Final = (errno.EROFS, errno.EACCES, errno.EPERM)

BROKER_FULL: Final = ("OOM ", "out of memory")
BROKER_REFUSES: Final = ("NOAUTH", "NOPERM", "WRONGPASS", "invalid username-password", "no permissions")
BROKER_CANNOT_SAVE: Final = ("MISCONF", "READONLY", "read only")

SCHEMA: Final = (
    "no such table",
    "no such column",
    "has no column named",
    "does not exist",
    "undefined column",
)
HANGS: Final = ("statement timeout", "lock timeout", "did not answer in time", "canceling statement")
DISK: Final = ("disk is full", "no space left", "disk full", "disk quota")
UNWRITABLE: Final = ("readonly", "permission denied")
DAMAGED: Final = ("malformed", "not a database", "disk i/o error", "invalid page", "could not read block")


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
        return _("The mail server does not answer. Try again later, or ask whoever runs this server.")
    if isinstance(error, OSError) and error.errno in FULL:
        return _("The disk is full. Free some space, then try again.")
    if isinstance(error, OSError) and error.errno in CLOSED:
        return _("A file or folder of Assay can't be written. Check the rights of the state folder.")
    return None


def _broker_in_plain_words(error: BaseException) -> str | None:
    message = f"{error} {error.__cause__ or ''}"
    if _has(message, BROKER_FULL) or isinstance(error, redis.OutOfMemoryError):
        words = _("The broker at %(address)s is full. Give it more memory; nothing that was stored is lost.")
    elif _has(message, BROKER_REFUSES) or isinstance(error, redis.AuthenticationError):
        words = _("The broker at %(address)s refuses Assay. Check the password in ASSAY_BROKER_URL.")
    elif _has(message, BROKER_CANNOT_SAVE):
        words = _("The broker at %(address)s takes nothing new. Check its disk, and that it is no replica.")
    elif isinstance(error, redis.ConnectionError | redis.TimeoutError | kombu.exceptions.OperationalError):
        words = _(
            "The broker at %(address)s does not answer. Start it again; nothing that was stored is lost."
        )
    else:
        return None
    return words % {"address": settings.BROKER_ADDRESS}


def _database_in_plain_words(error: BaseException) -> str | None:
    message = str(error)
    if _has(message, DISK):
        return _("The disk is full. Free some space, then try again.")
    if _has(message, ("locked", "deadlock", "could not serialize")):
        return _("The database is busy with another change. Try again in a moment.")
    if _has(message, HANGS):
        return _("The database did not answer in time. Try again in a moment.")
    if _has(message, SCHEMA):
        return _schema_in_plain_words()
    if _has(message, ("unable to open",)):
        return _("The database file can't be opened. Check that its folder is there, and the rights of both.")
    if _has(message, UNWRITABLE):
        return _("The database can't be written. Check the rights of its file or of its user.")
    if _has(message, DAMAGED):
        return _("The database file is damaged. Restore the newest backup.")
    if type(error).__name__ in ("OperationalError", "InterfaceError"):
        return _("The database does not answer. Check that it runs and that ASSAY_DATABASE_URL is right.")
    return None


def _schema_in_plain_words() -> str | None:
    difference = schema_difference()
    if difference is None:
        return _("The database does not answer. Check that it runs and that ASSAY_DATABASE_URL is right.")
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

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sentence: str | None = getattr(request, "outage", None)
        return response if sentence is None else not_available(sentence)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        sentence = in_plain_words(error)
        return None if sentence is None else not_available(sentence)


def note_outage(*, request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """Receives `got_request_exception`."""
    error = sys.exc_info()[1]
    sentence = in_plain_words(error) if error is not None else None
    if request is not None and sentence is not None:
        request.outage = sentence  # type: ignore[attr-defined]


got_request_exception.connect(note_outage, dispatch_uid="note_outage")


def not_available(sentence: str) -> HttpResponse:
    # Without the request: what a page shows besides may need just what is gone.
    response = HttpResponse(render_to_string("503.html", {"sentence": sentence}), status=503)
    response["Retry-After"] = str(RETRY_AFTER_S)
    response["Cache-Control"] = "no-store"
    return response
