"""Time limits of statements: what a web request or a task may wait for the database.

Commands have none: a migration takes as long as it takes. Each process that serves says so at its start,
before it connects.
"""

from django.conf import settings


def limit_statements(seconds: float) -> None:
    """From the next connection on."""
    settings.STATEMENT_LIMIT_S = seconds
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A writer waits so long behind others, before "database is locked".
        database["OPTIONS"]["timeout"] = min(seconds, settings.LOCK_LIMIT_S)
