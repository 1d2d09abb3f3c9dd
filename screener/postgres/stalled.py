"""Stalled sessions: those whose client stands still in the midst of a COPY, and holds its locks meanwhile.

The server's own limits do not reach them: while it waits for the rows of a COPY it heeds neither
`statement_timeout` nor `transaction_timeout`, only a termination.
"""

from typing import Final

import structlog
from django.conf import settings
from django.db import connection

from screener.postgres.base import LIMITED, SHORTEST_IDLE_S

log = structlog.get_logger(__name__)

END_STALLED: Final = """
SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = %s AND datname = current_database() AND usename = current_user
  AND state = 'active' AND wait_event = 'ClientRead' AND query_start < clock_timestamp() - %s * interval '1 s'
"""


def end_stalled_sessions(*, after_s: float | None = None) -> int:
    """Terminate sessions of pages and tasks that have waited for their client this long; gives how many.

    Without `after_s` that is what their limits allow, or a live one would be taken for a stalled one.
    """
    if connection.vendor != "postgresql":
        return 0  # Whoever holds a file holds it: nobody else could end that.
    longest_s = max(settings.CELERY_TASK_TIME_LIMIT, SHORTEST_IDLE_S)
    with connection.cursor() as cursor:
        cursor.execute(END_STALLED, [LIMITED, longest_s if after_s is None else after_s])
        ended = cursor.fetchall()
    for pid, _ in ended:
        log.warning("stalled session ended", pid=pid)
    return len(ended)
