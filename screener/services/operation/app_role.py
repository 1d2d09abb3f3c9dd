"""Database role of web and workers: reads and writes rows, and changes no table.

Migrations run as the owner of the tables. Whoever gets into a web process by a hole of ours can then
neither drop a table nor add a trigger, and reads no file of the database's machine.
"""

from typing import Final

from django.db import DatabaseError, connection
from psycopg import sql

from screener.services.operation.readiness import Health

ROWS: Final = sql.SQL("SELECT, INSERT, UPDATE, DELETE")
NUMBERS: Final = sql.SQL("USAGE, SELECT")


def grant(role: str, password: str) -> None:
    """Make the role, or set its password anew, and give it the rows of all tables, those to come included."""
    name, schema = sql.Identifier(role), sql.SQL("SCHEMA public")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
        limits = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD")
        cursor.execute(sql.SQL("{} ROLE {} {} {}").format(verb, name, limits, sql.Literal(password)))
        cursor.execute(sql.SQL("REVOKE CREATE ON {} FROM PUBLIC, {}").format(schema, name))
        cursor.execute(sql.SQL("GRANT USAGE ON {} TO {}").format(schema, name))
        for kind, rights in ((sql.SQL("TABLES"), ROWS), (sql.SQL("SEQUENCES"), NUMBERS)):
            now = sql.SQL("GRANT {} ON ALL {} IN {} TO {}").format(rights, kind, schema, name)
            later = sql.SQL("ALTER DEFAULT PRIVILEGES IN {} GRANT {} ON {} TO {}")
            cursor.execute(now)
            cursor.execute(later.format(schema, rights, kind, name))


def role() -> Health:
    """Whether this process could change tables."""
    if connection.vendor != "postgresql":
        return Health("ok", "A database file has no roles.")
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolname, rolsuper OR has_schema_privilege(current_user, 'public', 'CREATE')"
                " FROM pg_roles WHERE rolname = current_user"
            )
            name, may_change = cursor.fetchone()
    except DatabaseError:
        return Health("failing", "Nothing is known of the role while the database does not answer.")
    if may_change:
        return Health("warning", f"The role {name} may change tables; see manage.py grant_role.")
    return Health("ok", f"The role {name} reads and writes rows alone.")
