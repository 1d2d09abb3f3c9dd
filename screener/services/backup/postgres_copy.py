"""PostgreSQL backup: every table by COPY in one snapshot, and back in one transaction; needs no pg_dump.

A reader sees the database before the restore or after it, nothing between; a restore that breaks off has
changed nothing.
"""

from collections.abc import Sequence
from typing import Any, Final
from zipfile import ZipFile

from django.db import Error, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from screener.services.backup.archive import (
    ArchivedTable,
    ArchiveWriter,
    BackupError,
    Manifest,
    blocks_of,
    names_of,
)
from screener.services.backup.schema import applied_migrations, migrate_to, tables_of

LONGEST_WAIT: Final = "30s"
"""For readers to let go of a table that is to be replaced."""


def copy_out(connection: BaseDatabaseWrapper, archive: ArchiveWriter) -> list[ArchivedTable]:
    """Every table's rows as they are in the snapshot of the transaction around it."""
    return [_table_out(connection, archive, *table) for table in tables_of(connection).items()]


def begin_snapshot(connection: BaseDatabaseWrapper) -> None:
    """What follows in this transaction sees one moment, and changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")


def sequences_of(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """The last number that each sequence has given.

    Asked of each: pg_sequences says nothing of one that was restarted, as by a restore, and not used since.
    """
    statement = sql.SQL("SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {}")
    found = {}
    with connection.cursor() as cursor:
        for name in _sequence_names(connection):
            cursor.execute(statement.format(sql.Identifier(name)))
            (found[name],) = cursor.fetchone()
    return found


def others_connected(connection: BaseDatabaseWrapper) -> list[str]:
    """Who else uses this database, as PostgreSQL names them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(nullif(application_name, ''), 'process') || ' ' || pid FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        return [name for (name,) in cursor.fetchall()]


def copy_in(connection: BaseDatabaseWrapper, packed: ZipFile, manifest: Manifest) -> None:
    """Put the archived rows in the place of this database's; its tables too, if of another version."""
    try:
        with transaction.atomic(using=connection.alias):
            _begin_restore(connection)
            _empty_tables(connection, manifest)
            for table in manifest.tables:
                _table_in(connection, packed, table)
            _restart_sequences(connection, manifest)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM django_session")
    except Error as error:
        reason = " ".join(str(error).split())
        raise BackupError(f"PostgreSQL refused, and the database is as it was: {reason}") from error


def _begin_restore(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")


def _empty_tables(connection: BaseDatabaseWrapper, manifest: Manifest) -> None:
    """Leave the archive's tables, empty."""
    present = tables_of(connection)
    if applied_migrations(connection) != manifest.migrations or not present:
        _execute(connection, sql.SQL("DROP TABLE {} CASCADE"), present)
        migrate_to(connection, manifest.migrations)
        present = tables_of(connection)
    missing = [
        table.name for table in manifest.tables if set(present.get(table.name, ())) != set(table.columns)
    ]
    if missing:
        raise BackupError(f"The backup does not fit these tables: {', '.join(missing)}.")
    _execute(connection, sql.SQL("TRUNCATE {}"), names_of(manifest.tables))


def _execute(connection: BaseDatabaseWrapper, statement: sql.SQL, tables: Any) -> None:
    if tables:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(sql.SQL(", ").join(map(sql.Identifier, tables))))


def _table_out(
    connection: BaseDatabaseWrapper, archive: ArchiveWriter, name: str, columns: Sequence[str]
) -> ArchivedTable:
    part = f"tables/{name}"
    statement = _copy("COPY {} ({}) TO STDOUT", name, columns)
    rows = 0
    with archive.part(part) as write, connection.cursor() as cursor, cursor.copy(statement) as copied:
        for block in copied:
            data = bytes(block)
            rows += data.count(b"\n")  # One a row: within a row it is written as two characters.
            write(data)
    return ArchivedTable(name, tuple(columns), rows, part)


def _table_in(connection: BaseDatabaseWrapper, packed: ZipFile, table: ArchivedTable) -> None:
    statement = _copy("COPY {} ({}) FROM STDIN", table.name, table.columns)
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copied:
            for block in blocks_of(packed, table.part):
                copied.write(block)
        if cursor.rowcount != table.rows:
            raise BackupError(f"{table.name} has {cursor.rowcount} rows where the backup has {table.rows}.")


def _restart_sequences(connection: BaseDatabaseWrapper, manifest: Manifest) -> None:
    """Unlike setval() this is undone with the transaction."""
    statement = sql.SQL("ALTER SEQUENCE {} RESTART WITH {}")
    with connection.cursor() as cursor:
        for name in _sequence_names(connection):
            following = manifest.sequences.get(name, 0) + 1
            cursor.execute(statement.format(sql.Identifier(name), sql.Literal(following)))


def _sequence_names(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()")
        return [name for (name,) in cursor.fetchall()]


def _copy(statement: str, table: str, columns: Sequence[str]) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL(statement).format(sql.Identifier(table), listed)
