"""Schema version of a database: the migrations it has had, and its tables with their columns."""

from collections.abc import Collection

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.exceptions import BadMigrationError, InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from screener.services.backup.archive import BackupError

Migrations = tuple[tuple[str, str], ...]


def applied_migrations(connection: BaseDatabaseWrapper) -> Migrations:
    return tuple(sorted(MigrationRecorder(connection).applied_migrations()))


def tables_of(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    """Every table with its columns, views left out."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_list(cursor)
        return {
            table.name: tuple(
                column.name for column in connection.introspection.get_table_description(cursor, table.name)
            )
            for table in sorted(found)
            if table.type in {"t", "p"}
        }


def is_filled(connection: BaseDatabaseWrapper, tables: Collection[str]) -> bool:
    """Whether it has what somebody would miss: an asset, an answer, a card or a person."""
    missed = {"assets_asset", "assets_observation", "screener_scorecard", "auth_user"} & set(tables)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in sorted(missed):
            cursor.execute(f"SELECT 1 FROM {quote(table)} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                return True
    return False


def refuse_newer(migrations: Migrations) -> None:
    """An archive whose migrations this code doesn't know is of a newer version."""
    known = MigrationLoader(None, ignore_no_migrations=True)
    ours = set(known.disk_migrations) | set(known.replacements)
    unknown = [f"{app}.{name}" for app, name in migrations if (app, name) not in ours]
    if unknown and known.disk_migrations:
        raise BackupError(
            f"The backup is of a newer Assay: this one does not know {', '.join(unknown[:3])}. "
            "Install the version that made it."
        )


def migrate_to(connection: BaseDatabaseWrapper, migrations: Migrations) -> None:
    """Make the tables as they were after exactly these migrations, in a database that has none."""
    executor = MigrationExecutor(connection)
    wanted = set(migrations)
    graph = executor.loader.graph
    leaves = [
        key
        for key in sorted(wanted & set(graph.nodes))
        if not any(child.key in wanted and child.key[0] == key[0] for child in graph.node_map[key].children)
    ]
    try:
        executor.migrate(leaves)
    except (BadMigrationError, InconsistentMigrationHistory) as error:
        raise BackupError(f"The tables of the backup can't be made: {error}.") from error
