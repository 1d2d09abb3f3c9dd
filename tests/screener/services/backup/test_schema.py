import pytest
from django.db import connection, connections

from screener.services.backup.archive import BackupError
from screener.services.backup.back_up import back_up
from screener.services.backup.restore import restore
from screener.services.backup.schema import (
    applied_migrations,
    is_filled,
    migrate_to,
    refuse_newer,
    tables_of,
)
from tests.factories.market import NOW, score_one

NEW = "new"


def test_tables_have_their_columns(db):
    tables = tables_of(connection)
    assert {"assets_asset", "screener_scorecard", "auth_user"} <= set(tables)
    assert {"id", "asset_id", "digest"} <= set(tables["screener_scorecard"])


@pytest.mark.django_db
def test_what_somebody_would_miss_makes_a_database_filled():
    assert not is_filled(connection, tables_of(connection))
    assert not is_filled(connection, {})
    score_one()
    assert is_filled(connection, tables_of(connection))


def test_a_migration_that_this_code_does_not_know_is_of_a_newer_version(settings):
    settings.MIGRATION_MODULES = {}
    refuse_newer((("assets", "0001_facts"), ("auth", "0001_initial")))
    with pytest.raises(BackupError, match=r"screener\.9999_later"):
        refuse_newer((("assets", "0001_facts"), ("screener", "9999_later")))


@pytest.fixture
def new(transactional_db, settings, tmp_path):
    """A database without tables beside that of the tests."""
    settings.MIGRATION_MODULES = {}
    other = connections["default"].copy(alias=NEW)
    is_file = other.vendor == "sqlite"
    other.settings_dict["TEST"]["NAME"] = str(tmp_path / "new.sqlite3") if is_file else None
    name = other.settings_dict["NAME"]
    other.settings_dict["NAME"] = other.creation._create_test_db(verbosity=0, autoclobber=True)
    other.ensure_connection()
    connections.databases[NEW] = other.settings_dict
    connections[NEW] = other
    yield other
    other.creation.destroy_test_db(name, verbosity=0)
    del connections[NEW], connections.databases[NEW]


@pytest.mark.slow("assets/migrations", "screener/migrations", "screener/services/backup")
def test_a_backup_of_an_earlier_version_brings_its_tables_along(new, tmp_path):
    earlier = (("auth", "0001_initial"), ("contenttypes", "0001_initial"), ("sessions", "0001_initial"))
    migrate_to(new, earlier)
    assert applied_migrations(new) == earlier
    assert "assets_asset" not in tables_of(new)
    backup = back_up(new, folder=tmp_path, now=NOW)
    migrate_to(new, (*earlier, ("admin", "0001_initial")))
    assert "django_admin_log" in tables_of(new)
    done = restore(new, backup.path, folder=tmp_path, replace=False, now=NOW)
    assert (applied_migrations(new), done.to_migrate) == (earlier, True)
    assert "django_admin_log" not in tables_of(new)
    with new.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM auth_permission")
        assert cursor.fetchone() == (0,)
