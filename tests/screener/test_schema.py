import pytest
from django.db import OperationalError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from screener.schema import SchemaDifference, schema_difference


@pytest.fixture
def applied(settings, monkeypatch):
    """The migrations that the database says it has had: all of this program, until a test changes that."""
    settings.MIGRATION_MODULES = {}  # Tests look away from them: tables are made from the models.
    has = dict.fromkeys(MigrationLoader(None).disk_migrations)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _recorder: has)
    return has


def test_a_database_of_this_version_differs_in_nothing(applied):
    assert schema_difference() == SchemaDifference((), ())


def test_what_an_older_one_lacks_is_named(applied):
    newest = max(key for key in applied if key[0] == "screener")
    del applied[newest]
    assert schema_difference() == SchemaDifference((".".join(newest),), ())


def test_a_new_database_lacks_everything(applied):
    applied.clear()
    assert {each.split(".")[0] for each in schema_difference().missing} >= {"assets", "screener", "auth"}


def test_what_only_a_newer_program_knows_is_named(applied):
    applied["assets", "9999_later"] = None
    applied["gone_app", "0001_initial"] = None
    assert schema_difference() == SchemaDifference((), ("assets.9999_later",))


def test_of_a_database_that_does_not_answer_nothing_is_known(monkeypatch):
    def gone(_recorder):
        raise OperationalError("refused")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", gone)
    assert schema_difference() is None
