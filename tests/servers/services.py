"""Fixtures of the broker and the worker: the real ones, started the way `manage.py up` starts them."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from screener.supervisor import local_services
from screener.supervisor.supervise import Supervisor


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[None]:
    with local_services(worker=False):
        yield


@pytest.fixture
def valkey(valkey_server) -> Iterator[None]:
    """A real Valkey, empty, as broker and cache."""
    with redis.Redis.from_url(settings.BROKER_URL) as broker:
        broker.flushall()
    yield
    cache.close()


@pytest.fixture
def worker(valkey, transactional_db, monkeypatch) -> Iterator[Supervisor]:
    """A real Celery worker in its own processes, on this test's database; `pid_of("worker")` tells its id.

    A test that uses it is marked `broker`.
    """
    monkeypatch.setenv("ASSAY_DATABASE_URL", database_url(connection.settings_dict))
    with local_services() as supervisor:
        yield supervisor


def database_url(database: dict) -> str:
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{quote(str(database['NAME']))}"
    user, password = quote(database["USER"], safe=""), quote(database["PASSWORD"], safe="")
    return f"postgres://{user}:{password}@/{database['NAME']}?host={quote(database['OPTIONS']['host'])}"
