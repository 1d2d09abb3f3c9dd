import errno
import os

import kombu.exceptions
import psycopg
import pytest
import redis
from django.db import (
    DatabaseError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.http import HttpResponse
from django.test import RequestFactory

from assets.models import Payload
from assets.models.whole_json import DamagedRowError
from screener import outages
from screener.outages import OutageMiddleware, in_plain_words, not_available, note_outage
from screener.schema import SchemaDifference


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (redis.ConnectionError("refused"), "broker"),
        (redis.TimeoutError("slow"), "broker"),
        (kombu.exceptions.OperationalError("refused"), "broker"),
        (redis.OutOfMemoryError("command not allowed when used memory > 'maxmemory'."), "is full"),
        (redis.ResponseError("OOM command not allowed when used memory > 'maxmemory'."), "is full"),
        (redis.AuthenticationError("invalid username-password pair"), "password"),
        (redis.exceptions.NoPermissionError("NOPERM User web has no permissions"), "password"),
        (redis.ResponseError("MISCONF Valkey is configured to save RDB snapshots"), "takes nothing new"),
        (redis.ReadOnlyError("You can't write against a read only replica."), "takes nothing new"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied"), "rights"),
        (OSError(errno.EROFS, "Read-only file system"), "rights"),
        (OperationalError("database is locked"), "busy"),
        (OperationalError("database or disk is full"), "disk is full"),
        (OperationalError('could not extend file "base/1": No space left on device'), "disk is full"),
        (OperationalError("canceling statement due to statement timeout"), "in time"),
        (OperationalError("the server did not answer in time"), "in time"),
        (OperationalError("canceling statement due to lock timeout"), "in time"),
        (OperationalError("deadlock detected"), "busy"),
        (OperationalError("attempt to write a readonly database"), "be written"),
        (OperationalError("unable to open database file"), "can't be opened"),
        (ProgrammingError("permission denied for table assets_asset"), "be written"),
        (DatabaseError("database disk image is malformed"), "damaged"),
        (DatabaseError("file is not a database"), "damaged"),
        (OperationalError("connection to server failed: refused"), "ASSAY_DATABASE_URL"),
        (InterfaceError("connection already closed"), "ASSAY_DATABASE_URL"),
        (OSError(errno.EFBIG, "File too large"), "disk is full"),
        (OSError(errno.EMFILE, "Too many open files"), "files open"),
        (MemoryError(), "out of memory"),
        (redis.ConnectionError("max number of clients reached"), "no connection to spare"),
        (OperationalError("disk I/O error"), "has space"),
        (OperationalError("Could not decode to UTF-8 column 'name'"), "damaged"),
        (OperationalError("FATAL: sorry, too many clients already"), "no connection to spare"),
        (DamagedRowError("a row of x is damaged: figures"), "damaged"),
    ],
)
def test_an_outage_is_told_in_one_sentence(error, words):
    assert words in in_plain_words(error)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("53100", "disk is full"),
        ("53300", "no connection to spare"),
        ("53200", "out of memory"),
        ("25006", "be written"),
        ("XX001", "damaged"),
        ("57014", "in time"),
        ("40P01", "busy"),
        ("58030", "has space"),
    ],
)
def test_postgresql_is_understood_in_whatever_language_it_speaks(state, words):
    error = InternalError("eine Meldung")
    error.__cause__ = psycopg.errors.lookup(state)("eine Meldung")
    assert words in in_plain_words(error)


def test_an_error_of_ours_in_a_transaction_is_no_outage():
    error = InternalError("current transaction is aborted")
    error.__cause__ = psycopg.errors.InFailedSqlTransaction("current transaction is aborted")
    assert in_plain_words(error) is None


@pytest.mark.parametrize("error", [ValueError("x"), OSError(errno.ENOENT, "No such file"), KeyError("x")])
def test_other_errors_are_no_outage(error):
    assert in_plain_words(error) is None


def test_what_raised_an_error_counts_too():
    error = ValueError("x")
    error.__cause__ = redis.ConnectionError("refused")
    assert "broker" in in_plain_words(error)


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        (redis.OutOfMemoryError("command not allowed when used memory > 'maxmemory'."), "is full"),
        (redis.AuthenticationError("Authentication required."), "password"),
        (redis.ResponseError("MISCONF Valkey is configured to save RDB snapshots"), "takes nothing new"),
        (redis.TimeoutError("Timeout reading from socket"), "does not answer"),
    ],
)
def test_what_the_broker_says_to_who_publishes_a_task_is_told(raised, words):
    error = kombu.exceptions.OperationalError(str(raised))
    error.__cause__ = raised
    assert words in in_plain_words(error)


@pytest.mark.parametrize(
    ("missing", "unknown", "words"),
    [
        (("assets.0001_initial",), (), "Run manage.py migrate"),
        ((), ("assets.0999_later",), "newer program"),
        (("assets.0001_initial",), ("assets.0999_later",), "newer program"),
    ],
)
@pytest.mark.parametrize(
    "error",
    [
        OperationalError("no such table: assets_asset"),
        OperationalError("no such column: assets_asset.later"),
        OperationalError("table assets_asset has no column named later"),
        ProgrammingError('relation "assets_asset" does not exist'),
        ProgrammingError('column "later" of relation "assets_asset" does not exist'),
    ],
)
def test_a_schema_of_another_version_is_told_as_such(monkeypatch, missing, unknown, words, error):
    monkeypatch.setattr(outages, "schema_difference", lambda: SchemaDifference(missing, unknown))
    assert words in in_plain_words(error)


def test_a_missing_column_of_the_right_schema_is_an_error_of_ours(monkeypatch):
    monkeypatch.setattr(outages, "schema_difference", lambda: SchemaDifference((), ()))
    assert in_plain_words(ProgrammingError('column "typo" does not exist')) is None


def test_a_database_that_is_away_while_it_is_restored_is_no_error_of_ours(monkeypatch):
    """It is back, and of this version, when it is asked for its schema."""
    monkeypatch.setattr(outages, "schema_difference", lambda: SchemaDifference((), ()))
    error = 'connection failed: connection to server at "::1" failed: FATAL:  database "assay" does not exist'
    assert "ASSAY_DATABASE_URL" in in_plain_words(OperationalError(error))


def gone(*_args, **_options):
    raise OperationalError("connection to server failed: refused")


@pytest.mark.django_db
@pytest.mark.parametrize("is_debug", [False, True])
@pytest.mark.parametrize(
    ("address", "broken"),
    [
        ("/", "django.contrib.sessions.backends.db.SessionStore._get_session_from_db"),
        ("/watchlists/", "screener.services.accounts.readers.ReaderBackend.get_user"),
        ("/", "screener.universe.live.Universe.table"),
    ],
    ids=["session", "person", "page"],
)
def test_whoever_reads_gets_the_sentence_wherever_it_was_noticed(
    client, django_user_model, monkeypatch, settings, address, broken, is_debug
):
    """Sessions and people are read by middleware, out of reach of `process_exception`."""
    settings.ASSAY_DEBUG = is_debug
    client.force_login(django_user_model.objects.create_user("ana"))
    client.raise_request_exception = False
    monkeypatch.setattr(broken, gone)
    answer = client.get(address)
    assert answer.status_code == 503
    assert "The database does not answer" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/healthz").status_code == 200


def test_a_page_that_needs_what_is_gone_answers_503():
    middleware = OutageMiddleware(lambda _request: HttpResponse())
    response = middleware.process_exception(RequestFactory().get("/"), redis.ConnectionError("refused"))
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "does not answer" in response.content.decode()


def test_what_django_turned_into_a_page_is_noted_at_the_request(rf):
    request = rf.get("/")
    try:
        raise redis.ConnectionError("refused")
    except redis.ConnectionError:
        note_outage(request=request)
    assert OutageMiddleware(lambda _request: HttpResponse(status=500))(request).status_code == 503
    assert not_available("A & B").content.decode().count("A &amp; B") == 1


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="Only SQLite can be told that its disk is full")
def test_a_full_disk_is_told_and_over_when_there_is_space_again(client, django_user_model):
    """SQLite's own limit of pages raises the very error of a full disk."""
    user = django_user_model.objects.create_user("ana")
    client.force_login(user)
    form = {"name": "Mine" * 15}

    def free_pages():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA freelist_count")
            return cursor.fetchone()[0]

    def limit_pages(most):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count={most}")

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    limit_pages(pages)
    try:
        # What earlier tests have left free is filled first, however much it is.
        while (free := free_pages()) > 0:
            Payload.keep(os.urandom(100_000 if free > 50 else 2_000))
        answers = [client.post("/watchlists/", form | {"name": f"{n} {form['name']}"}) for n in range(200)]
    finally:
        limit_pages(1_073_741_823)
    refused = next(each for each in answers if each.status_code != 302)
    assert refused.status_code == 503
    assert "The disk is full" in refused.content.decode()
    assert client.post("/watchlists/", {"name": "Later"}).status_code == 302
