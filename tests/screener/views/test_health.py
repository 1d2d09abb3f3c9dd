from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone

from assets.models import Asset
from screener.services.scoring.failures import set_aside
from screener.tasks import HEARTBEAT_KEY
from screener.views import health
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db


def beat(*, seconds_ago: float) -> None:
    cache.set(HEARTBEAT_KEY, (timezone.now() - timedelta(seconds=seconds_ago)).isoformat())


def ask(client) -> tuple[int, dict]:
    response = client.get("/readyz")
    assert "no-store" in response["Cache-Control"]
    return response.status_code, response.json()


def test_alive_needs_nothing(client, settings, django_assert_num_queries):
    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.usefixtures("valkey")
def test_everything_there_is_ready(client):
    beat(seconds_ago=5)
    status, told = ask(client)
    assert status == 200
    assert {name: check["status"] for name, check in told["checks"].items()} == {
        "database": "ok",
        "broker": "ok",
        "worker": "ok",
        "data": "warning",
        "scoring": "ok",
        "schema": "ok",
        "disk": told["checks"]["disk"]["status"],
        "clock": "ok",
        "memory": "ok",
        "columns": "ok",
        "backup": "warning",
        "steps": "ok",
        "role": "warning" if connection.vendor == "postgresql" else "ok",
    }
    assert told["checks"]["data"]["sentence"] == "There is no data yet; start a refresh."
    assert told["status"] == "warning"


@pytest.mark.usefixtures("valkey")
def test_a_worker_that_is_silent_is_not_ready(client):
    assert ask(client)[1]["checks"]["worker"]["sentence"] == "No worker has taken a task yet."
    beat(seconds_ago=120)
    status, told = ask(client)
    assert status == 503
    assert told["checks"]["worker"]["status"] == "failing"
    assert "120 s ago" in told["checks"]["worker"]["sentence"]


def test_a_broker_that_is_gone_is_not_ready(client, settings):
    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": settings.BROKER_URL,
        }
    }
    status, told = ask(client)
    assert status == 503
    assert told["status"] == "failing"
    assert told["checks"]["broker"]["sentence"] == "The broker does not answer."
    assert told["checks"]["worker"]["status"] == "failing"
    assert told["checks"]["database"]["status"] == "ok"


def test_a_database_that_is_gone_is_not_ready(monkeypatch):
    def gone(*_args, **_kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    assert health.database() == health.Health("failing", "The database does not answer.")
    assert health.data().status == "failing"


@pytest.mark.parametrize(("hours", "status"), [(1, "ok"), (30, "warning")])
def test_old_data_is_worth_a_look(hours, status):
    known_at = timezone.now() - timedelta(hours=hours)
    observed(provider="sandbox", as_of=known_at, known_at=known_at)
    assert health.data() == health.Health(status, f"The newest data came {hours}.0 h ago.")


def test_data_of_the_future_are_a_fault_and_no_negative_age():
    known_at = timezone.now() + timedelta(days=1, minutes=1)
    observed(provider="sandbox", as_of=known_at, known_at=known_at)
    assert health.data() == health.Health(
        "warning", "The newest data is dated 24 h in the future; see the clock."
    )


@pytest.mark.parametrize("left", [7, "soon", {"at": 1}])
def test_what_is_no_time_is_no_heartbeat(left):
    cache.set(HEARTBEAT_KEY, left)
    assert health.worker().status == "failing"


def test_a_heartbeat_of_the_future_is_a_fault_and_no_negative_age():
    beat(seconds_ago=-86_460)
    assert health.worker() == health.Health(
        "failing", "A worker last took a task 24 h in the future; see the clock."
    )


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_is_not_sent_to_https(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code in {200, 503}


def test_only_reading_is_allowed(client):
    assert client.post("/healthz").status_code == 405


def test_metrics_are_off_unless_asked_for(client):
    assert client.get("/metrics").status_code == 404


@pytest.mark.usefixtures("valkey")
def test_an_asset_that_could_not_be_judged_is_a_warning(client):
    beat(seconds_ago=5)
    asset = Asset.objects.create(kind="token", slug="a", name="A")
    set_aside(asset.pk, ValueError("no"), now=timezone.now())
    status, body = ask(client)
    assert status == 200
    assert body["checks"]["scoring"] == {
        "status": "warning",
        "sentence": "Assets that could not be judged: 1. The Data page says why.",
    }
