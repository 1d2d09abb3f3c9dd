import psycopg
import pytest
from django.db import connection

from screener.postgres.base import LIMITED
from screener.postgres.stalled import end_stalled_sessions
from tests.servers.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def copying():
    """Starts a session that stands still within a COPY, under this name."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone has sessions")
    opened = []

    def start(name):
        params = connection.get_connection_params() | {"application_name": name}
        session = psycopg.connect(**params)
        opened.append(session)
        session.execute("CREATE TEMPORARY TABLE rows (n integer)")
        session.pgconn.exec_(b"COPY rows FROM STDIN")
        return session

    yield start
    for session in opened:
        session.pgconn.finish()


def is_there(session):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [session.info.backend_pid])
        return cursor.fetchone()[0] == 1


def test_who_stands_still_within_a_copy_is_ended(copying):
    session = copying(LIMITED)
    assert end_stalled_sessions() == 0, "it has only begun"
    until(lambda: end_stalled_sessions(after_s=0) == 1, "the end of the session")
    until(lambda: not is_there(session), "its connection's end")


def test_a_command_may_take_as_long_as_it_takes(copying):
    session = copying("psql")
    assert end_stalled_sessions(after_s=0) == 0
    assert is_there(session)


def test_a_file_has_no_sessions():
    assert end_stalled_sessions(after_s=0) == 0
