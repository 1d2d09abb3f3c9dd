import pytest
from django.db import connection, connections, transaction

from screener.services.backup import postgres_copy
from screener.services.backup.archive import BackupError
from screener.services.backup.back_up import back_up
from screener.services.backup.postgres_copy import others_connected, sequences_of
from screener.services.backup.restore import restore
from tests.factories.market import NOW, score_one
from tests.servers.waiting import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="It is about PostgreSQL."),
]


@pytest.fixture
def other():
    """A second connection to the same database, as a web process has one."""
    other = connections["default"].copy(alias="other")
    other.ensure_connection()
    yield other
    other.close()


def test_a_restore_is_refused_while_somebody_uses_the_database(other, tmp_path):
    score_one()
    backup = back_up(connection, folder=tmp_path, now=NOW)
    assert len(others_connected(connection)) == 1
    with pytest.raises(BackupError, match="in use"):
        restore(connection, backup.path, folder=tmp_path, replace=True, now=NOW)
    other.close()
    until(lambda: not others_connected(connection), "The end of the other connection")
    done = restore(connection, backup.path, folder=tmp_path, replace=True, now=NOW)
    assert done.manifest.rows == backup.rows


def test_sequences_go_on_where_the_backup_left_them(tmp_path):
    card = score_one()
    before = sequences_of(connection)
    backup = back_up(connection, folder=tmp_path, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE screener_scorecard_id_seq RESTART WITH 900")
    restore(connection, backup.path, folder=tmp_path, replace=True, now=NOW)
    card.pk = None
    card.save()
    assert card.pk == before["screener_scorecard_id_seq"] + 1


def test_a_backup_of_what_was_restored_knows_sequences_that_nobody_used_since(tmp_path):
    card = score_one()
    before = sequences_of(connection)
    for number in range(2):
        backup = back_up(connection, folder=tmp_path, now=NOW, path=tmp_path / f"{number}.zip")
        restore(connection, backup.path, folder=tmp_path, replace=True, now=NOW)
        assert sequences_of(connection) == before
    card.pk = None
    card.save()
    assert card.pk == before["screener_scorecard_id_seq"] + 1


def test_a_backup_sees_one_moment_whatever_is_written_meanwhile(other, tmp_path, monkeypatch):
    score_one()
    table_out = postgres_copy._table_out

    def then_delete(connection, archive, name, columns):
        table = table_out(connection, archive, name, columns)
        with other.cursor() as cursor:
            cursor.execute("DELETE FROM screener_case")
            cursor.execute("DELETE FROM screener_scorecard")
        return table

    monkeypatch.setattr(postgres_copy, "_table_out", then_delete)
    backup = back_up(connection, folder=tmp_path, now=NOW)
    other.close()
    until(lambda: not others_connected(connection), "The end of the other connection")
    restore(connection, backup.path, folder=tmp_path, replace=True, now=NOW)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM screener_scorecard")
        assert cursor.fetchone() == (1,)
