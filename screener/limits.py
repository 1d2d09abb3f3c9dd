"""Limits of connections: how long a web request or a task may wait for the database, and what it keeps of it.

Commands have none: a migration takes as long as it takes. Each process that serves says so at its start,
before it connects.
"""

from typing import Final

from django.conf import settings


def limit_statements(seconds: float, *, lock_s: float | None = None) -> None:
    """From the next connection on; on SQLite `lock_s` is how long a writer waits behind others."""
    settings.STATEMENT_LIMIT_S = seconds
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"]["timeout"] = min(seconds, lock_s or settings.LOCK_LIMIT_S)


PAGES_KEPT_KB: Final = 16_000
"""Of a SQLite file, in a thread that makes pages: what all of them read is in the system's own cache."""


def limit_kept_pages(kilobytes: int = PAGES_KEPT_KB) -> None:
    """From the next connection on; 64 MB in each of many threads are a gigabyte."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"]["init_command"] += f"PRAGMA cache_size=-{kilobytes};"
