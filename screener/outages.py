"""Outages in plain words: one sentence, and 503 on a page, when something that Assay stands on is gone."""

import errno
import smtplib
from collections.abc import Callable

import kombu.exceptions
import redis
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

RETRY_AFTER_S = 10


def in_plain_words(error: BaseException) -> str | None:
    """What is wrong and what to do, when it is an outage; None for any other error."""
    if isinstance(error, redis.ConnectionError | redis.TimeoutError | kombu.exceptions.OperationalError):
        return _(
            "The broker at %(address)s does not answer. Start it again; nothing that was stored is lost."
        ) % {"address": settings.BROKER_ADDRESS}
    if isinstance(error, smtplib.SMTPException):
        return _("The mail server does not answer. Try again later, or ask whoever runs this server.")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full. Free some space, then try again.")
    if isinstance(error, OperationalError | InterfaceError):
        return _database_in_plain_words(str(error).lower())
    return None


def _database_in_plain_words(message: str) -> str:
    if "locked" in message:
        return _("The database is busy with another change. Try again in a moment.")
    if "disk is full" in message or "no space left" in message:
        return _("The disk is full. Free some space, then try again.")
    if "no such table" in message or "does not exist" in message:
        return _("The database is not set up for this version. Run manage.py migrate.")
    if "readonly" in message or "unable to open" in message:
        return _("The database file can't be opened for writing. Check the rights of the state folder.")
    return _("The database does not answer. Check that it runs and that ASSAY_DATABASE_URL is right.")


class OutageMiddleware:
    """Answers 503 where a page needs what is gone; pages that don't need it never notice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        sentence = in_plain_words(error)
        if sentence is None:
            return None
        # Without the request: what a page shows besides may need just what is gone.
        response = HttpResponse(render_to_string("503.html", {"sentence": sentence}), status=503)
        response["Retry-After"] = str(RETRY_AFTER_S)
        return response
