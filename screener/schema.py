"""Schema: whether the database has been migrated as far as this program, and no further."""

from typing import NamedTuple

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader


class SchemaDifference(NamedTuple):
    """Migrations by "app.name": those that the database lacks, and those that this program does not know."""

    missing: tuple[str, ...]
    unknown: tuple[str, ...]


def schema_difference() -> SchemaDifference | None:
    """None where the database does not answer. Migrations that others replace are not missed."""
    try:
        loader = MigrationLoader(connection)
    except DatabaseError:
        return None
    applied, known = set(loader.applied_migrations), set(loader.disk_migrations)
    replaced = {each for migration in loader.disk_migrations.values() for each in migration.replaces}
    unknown = {key for key in applied - known - replaced if key[0] in loader.migrated_apps}
    return SchemaDifference(
        missing=tuple(sorted(".".join(key) for key in set(loader.graph.nodes) - applied)),
        unknown=tuple(sorted(".".join(key) for key in unknown)),
    )
