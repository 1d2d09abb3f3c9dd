"""Emptying the database after a test that commits: what Django makes of the models stays.

Content types and permissions are the same for every test. Django would empty their tables as well and fill
them again from all models, which took longer than most of these tests.
"""

from collections.abc import Iterator

import pytest
from django.core.management.commands import flush

MADE_OF_MODELS = frozenset({"auth_permission", "django_content_type"})


def emptying(style, connection, reset_sequences=True, allow_cascade=False):
    """As `django.core.management.sql.sql_flush`, of the tables that a test may have filled."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return connection.ops.sql_flush(
        style,
        [each for each in tables if each not in MADE_OF_MODELS],
        reset_sequences=reset_sequences,
        allow_cascade=allow_cascade,
    )


@pytest.fixture(scope="session", autouse=True)
def _what_is_made_of_models_stays() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", emptying)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_args, **_kwargs: None)
        yield
