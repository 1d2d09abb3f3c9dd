"""Emptying the database after a test that commits: what Django makes of the models stays.

Content types and permissions are the same for every test. Django would empty their tables as well and fill
them again from all models, which took longer than most of these tests.

PostgreSQL gives each table that it truncates, and each index of it, a new file, even where nothing was
written: few rows are deleted sooner. Nothing is asked of foreign keys meanwhile, for all of them go.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import pytest
from django.core.management.commands import flush

MADE_OF_MODELS: Final = frozenset({"auth_permission", "django_content_type"})


def emptying(style, connection, reset_sequences=True, allow_cascade=False):
    """As `django.core.management.sql.sql_flush`, of the tables that a test may have filled."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    filled = [each for each in tables if each not in MADE_OF_MODELS]
    if connection.vendor == "postgresql" and not reset_sequences:
        return [deletion(map(connection.ops.quote_name, filled))]
    return connection.ops.sql_flush(
        style, filled, reset_sequences=reset_sequences, allow_cascade=allow_cascade
    )


def deletion(tables: Iterable[str]) -> str:
    """As one command: each takes its way to the server and back."""
    deletions = [f"DELETE FROM {each};" for each in tables]  # noqa: S608 - names of our own tables
    return "".join(["SET LOCAL session_replication_role = replica;", *deletions])


@pytest.fixture(scope="session", autouse=True)
def _what_is_made_of_models_stays() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", emptying)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_args, **_kwargs: None)
        yield
