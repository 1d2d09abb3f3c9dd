"""Fixtures that every test may use; servers and browsers stand in `tests/servers`."""

import gc

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from screener.admission.lanes import DOWNLOADS
from tests.servers.sockets import only_local_sockets

pytest_plugins = ["tests.servers.emptying", "tests.servers.services", "tests.servers.browser"]


@pytest.fixture(scope="session", autouse=True)
def _no_network():
    """No test reaches the network: what is not on this machine is refused."""
    with only_local_sockets():
        yield


@pytest.fixture(autouse=True)
def _cheap_settings(request, settings):
    """Passwords that cost nothing, and a cache in memory unless the test asks for the broker."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if not {"valkey", "worker"} & set(request.fixturenames):
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(autouse=True)
def _english_again():
    """A request in another language leaves it active in its thread."""
    yield
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _no_downloads_left():
    """A download that a test has not read to its end holds its place until it is collected."""
    yield
    if DOWNLOADS.is_busy:
        gc.collect()


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """For fixtures of a module: what they store is there for each of its tests, which leave it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def universe_at_rest(monkeypatch):
    """A page that takes over a second asks the universe for news, which a count of queries leaves out."""
    monkeypatch.setattr("screener.universe.live.LOOK_AGAIN_S", 3_600.0)


@pytest.fixture
def migrate_to(transactional_db, settings):
    """Take the database to a migration of an app; gives its models. Afterwards it is at the newest again."""
    settings.MIGRATION_MODULES = {}
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    if not MigrationExecutor(connection).loader.applied_migrations:  # The tables were made without them.
        MigrationExecutor(connection).migrate(newest, fake=True)
    yield lambda app, name: MigrationExecutor(connection).migrate([(app, name)]).apps
    MigrationExecutor(connection).migrate(newest)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings_parallel_suffix):
    """Tests with a worker of their own need a database that another process can open.

    Pages never get one: beside the browser's threads, emptying such a file crashed in SQLite itself.
    """
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and any(
        item.get_closest_marker("broker") and not item.get_closest_marker("page")
        for item in request.session.items
    ):
        database.setdefault("TEST", {})["NAME"] = str(django_settings.STATE_DIR / "test.sqlite3")
