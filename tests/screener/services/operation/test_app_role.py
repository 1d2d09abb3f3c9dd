import psycopg
import pytest
from django.db import DatabaseError, connection

from screener.services.operation.app_role import grant, role

pytestmark = pytest.mark.django_db(transaction=True)
on_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no roles")


@pytest.fixture
def app():
    """A connection as the role of web and workers."""
    grant("assay_app", "first")
    grant("assay_app", "it's; another")
    params = connection.get_connection_params() | {"user": "assay_app", "password": "it's; another"}
    with psycopg.connect(**params, autocommit=True) as asked:
        yield asked
    with connection.cursor() as cursor:
        cursor.execute("DROP OWNED BY assay_app; DROP ROLE assay_app")


@on_postgres
def test_it_reads_and_writes_rows(app):
    app.execute("INSERT INTO django_session VALUES ('k', 'd', now())")
    app.execute("UPDATE django_session SET session_data = 'e'")
    assert app.execute("SELECT session_data FROM django_session").fetchall() == [("e",)]
    app.execute("DELETE FROM django_session")
    assert app.execute("SELECT nextval('assets_asset_id_seq')").fetchone()


@on_postgres
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "ALTER TABLE assets_asset ADD COLUMN mine int",
        "DROP TABLE assets_asset CASCADE",
        "TRUNCATE assets_asset CASCADE",
        "CREATE INDEX mine ON assets_asset (id)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE another",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY assets_asset TO PROGRAM 'true'",
    ],
)
def test_it_changes_no_table_and_reaches_no_file(app, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement)


@on_postgres
def test_tables_to_come_are_its_own_too(app):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id serial)")
        try:
            app.execute("INSERT INTO later DEFAULT VALUES")
        finally:
            cursor.execute("DROP TABLE later")


@on_postgres
def test_an_owner_that_serves_pages_is_worth_a_look(app):
    assert role().status == "warning"
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE assay_app")
    try:
        assert role().sentence == "The role assay_app reads and writes rows alone."
    finally:
        connection.close()


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL has roles")
def test_a_file_has_no_roles():
    assert role().status == "ok"


def test_without_the_database_nothing_is_known(monkeypatch):
    def gone(*_args, **_options):
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    assert role().status == ("failing" if connection.vendor == "postgresql" else "ok")
