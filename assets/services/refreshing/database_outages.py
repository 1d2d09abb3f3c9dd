"""Outages of the database that a step waits for: of disk, memory, connections, rights, the server itself."""

import sqlite3
from typing import Final

import psycopg
from django.db import OperationalError

CLASSES: Final = ("08", "53", "58")
STATES: Final = ("25006", "57P01", "57P02", "57P03", "57P05", "55P03")
"""SQLSTATEs of connections, resources, the system; of a replica, a server that ends or begins, a lock.

A statement that took too long (57014) is not among them: it may be too long each time.
https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

CODES: Final = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
    }
)
"""Of SQLite. https://www.sqlite.org/rescode.html"""

PRIMARY: Final = 0xFF
"""The part of an extended result code that says its kind."""


def is_database_outage(error: BaseException) -> bool:
    """Whether it says nothing of what was to be stored, so that it can be stored when the outage is over."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if isinstance(cause, psycopg.Error):
        state = cause.sqlstate
        return state is None or state[:2] in CLASSES or state in STATES
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & PRIMARY in CODES
    return False
