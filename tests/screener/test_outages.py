import errno

import kombu.exceptions
import pytest
import redis
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from screener.outages import OutageMiddleware, in_plain_words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (redis.ConnectionError("refused"), "broker"),
        (redis.TimeoutError("slow"), "broker"),
        (kombu.exceptions.OperationalError("refused"), "broker"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (OperationalError("database is locked"), "busy"),
        (OperationalError("database or disk is full"), "disk is full"),
        (OperationalError("no such table: assets_asset"), "manage.py migrate"),
        (OperationalError('relation "assets_asset" does not exist'), "manage.py migrate"),
        (OperationalError("attempt to write a readonly database"), "opened for writing"),
        (OperationalError("unable to open database file"), "opened for writing"),
        (OperationalError("connection to server failed: refused"), "ASSAY_DATABASE_URL"),
        (InterfaceError("connection already closed"), "ASSAY_DATABASE_URL"),
    ],
)
def test_an_outage_is_told_in_one_sentence(error, words):
    assert words in in_plain_words(error)


@pytest.mark.parametrize("error", [ValueError("x"), OSError(errno.ENOENT, "No such file"), KeyError("x")])
def test_other_errors_are_no_outage(error):
    assert in_plain_words(error) is None


def test_a_page_that_needs_what_is_gone_answers_503():
    middleware = OutageMiddleware(lambda _request: HttpResponse())
    response = middleware.process_exception(RequestFactory().get("/"), redis.ConnectionError("refused"))
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "does not answer" in response.content.decode()


def test_other_errors_are_left_to_django():
    middleware = OutageMiddleware(lambda _request: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), ValueError("x")) is None


@pytest.mark.django_db
def test_without_the_broker_asking_for_a_password_says_so_and_other_pages_work(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    refused = client.post("/accounts/password/reset/", {"email": "somebody@example.com"})
    assert refused.status_code == 503
    assert "The broker" in refused.content.decode()
    assert client.post("/accounts/login/", {"login": "somebody", "password": "wrong"}).status_code == 200
    assert client.get("/healthz").status_code == 200
