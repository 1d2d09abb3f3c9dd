import sqlite3

import psycopg
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DataError, OperationalError, connection

from assets.services.refreshing.database_outages import is_database_outage


def wrapped(cause, by=OperationalError):
    """As Django passes on what a driver has raised."""
    error = by(str(cause))
    error.__cause__ = cause
    return error


def of_sqlite(code):
    error = sqlite3.OperationalError("words do not count")
    error.sqlite_errorcode = code
    return wrapped(error)


@pytest.mark.parametrize("state", ["53100", "53300", "57P01", "57P03", "08006", "58030", "25006", "55P03"])
def test_states_of_postgresql_that_pass(state):
    assert is_database_outage(wrapped(psycopg.errors.lookup(state)()))


@pytest.mark.parametrize("state", ["57014", "54000", "0A000"])
def test_states_of_postgresql_that_come_back_each_time(state):
    assert not is_database_outage(wrapped(psycopg.errors.lookup(state)()))


def test_a_connection_that_is_lost_has_no_state():
    assert is_database_outage(wrapped(psycopg.OperationalError("server closed the connection")))


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_CANTOPEN]
)
def test_codes_of_sqlite_that_pass(code):
    assert is_database_outage(of_sqlite(code))


@pytest.mark.parametrize("code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_CORRUPT])
def test_codes_of_sqlite_that_come_back_each_time(code):
    assert not is_database_outage(of_sqlite(code))


@pytest.mark.parametrize(
    "error", [SoftTimeLimitExceeded(), OperationalError("of nobody"), wrapped(psycopg.DataError(), DataError)]
)
def test_nothing_else_is_an_outage(error):
    assert not is_database_outage(error)


@pytest.mark.django_db
def test_what_a_driver_raises_of_a_table_that_is_not_there():
    with pytest.raises(Exception, match="nowhere") as caught, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM nowhere")
    assert not is_database_outage(caught.value)
