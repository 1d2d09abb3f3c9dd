"""Is it alive, and can it work: for load balancers, containers and whoever is on call."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from assets.models import Observation
from screener.admission.page_headers import headers_of_every_answer
from screener.broker import broker_answers
from screener.models import UnscoredAsset
from screener.services.operation import app_role, readiness
from screener.services.operation.readiness import AHEAD, Health, in_units
from screener.tasks import HEARTBEAT_KEY

LATE_HEARTBEAT: Final = timedelta(seconds=4 * settings.HEARTBEAT_S)
OLD_DATA: Final = timedelta(hours=24)


@cache_control(no_store=True)
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing of anybody else: a restart would not bring a lost database back."""
    return JsonResponse({"status": "ok"}, headers=headers_of_every_answer())


class HealthMiddleware:
    """Answers `/healthz` before anything reads a session or a person, which stand in the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return healthz(request) if request.path_info == "/healthz" else self.get_response(request)


@cache_control(no_store=True)
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Everything that a working Assay needs, each with one sentence; 503 when a part is failing."""
    found = {name: look() for name, look in LOOKS.items()}
    statuses = {health.status for health in found.values()}
    overall = next(each for each in ("failing", "warning", "ok") if each in statuses)
    checks = {name: health._asdict() for name, health in found.items()}
    return JsonResponse({"status": overall, "checks": checks}, status=503 if overall == "failing" else 200)


def database() -> Health:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return Health("failing", "The database does not answer.")
    return Health("ok", "The database answers.")


def broker() -> Health:
    if broker_answers():
        return Health("ok", "The broker answers.")
    return Health("failing", "The broker does not answer.")


def worker() -> Health:
    """A task that the scheduler sends every few seconds leaves the time at which a worker took it."""
    try:
        told = cache.get(HEARTBEAT_KEY)
    except (OSError, redis.RedisError):
        return Health("failing", "Nothing is known of the worker while the broker does not answer.")
    if told is None:
        return Health("failing", "No worker has taken a task yet.")
    try:
        age = timezone.now() - datetime.fromisoformat(told)
    except (TypeError, ValueError):
        return Health("failing", "What the worker left in the broker is no time.")
    if age < -AHEAD:
        return Health("failing", f"A worker last took a task {in_units(-age)} in the future; see the clock.")
    age = max(age, timedelta(0))
    sentence = f"A worker last took a task {age.total_seconds():.0f} s ago."
    return Health("ok" if age <= LATE_HEARTBEAT else "failing", sentence)


def data() -> Health:
    try:
        newest = Observation.objects.order_by("-pk").values_list("known_at", flat=True).first()
    except Error:
        return Health("failing", "Nothing is known of the data while the database does not answer.")
    if newest is None:
        return Health("warning", "There is no data yet; start a refresh.")
    age = timezone.now() - newest
    if age < -AHEAD:
        return Health("warning", f"The newest data is dated {in_units(-age)} in the future; see the clock.")
    age = max(age, timedelta(0))
    sentence = f"The newest data came {age.total_seconds() / 3600:.1f} h ago."
    return Health("ok" if age <= OLD_DATA else "warning", sentence)


def scoring() -> Health:
    """An asset that can't be judged holds up no other, and somebody should look at why."""
    try:
        unscored = UnscoredAsset.objects.count()
    except Error:
        return Health("failing", "Nothing is known of the scoring while the database does not answer.")
    if unscored:
        return Health("warning", f"Assets that could not be judged: {unscored}. The Data page says why.")
    return Health("ok", "No asset is set aside.")


LOOKS: Final[dict[str, Callable[[], Health]]] = {
    "database": database,
    "broker": broker,
    "worker": worker,
    "data": data,
    "scoring": scoring,
    **readiness.LOOKS,
    "role": app_role.role,
}
