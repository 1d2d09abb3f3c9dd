"""Metrics for Prometheus: requests of all web processes together, and the product's own figures."""

import os
import re
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import redis
from cachetools import TTLCache, cached
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from screener.cache import SCHEDULER_HEARTBEAT_KEY
from screener.services.backup.back_up import newest_backup_at
from screener.services.operation.product_metrics import WHOLE, readings
from screener.tasks import HEARTBEAT_KEY

KEPT_S: Final = 10
"""Figures are read from the database this often at most, however often somebody asks."""
HEARTBEATS: Final = {"worker": HEARTBEAT_KEY, "scheduler": SCHEDULER_HEARTBEAT_KEY}


OF_A_PROCESS: Final = re.compile(r"_(\d+)\.db$")


class ProductCollector(Collector):
    """The product's figures as gauges."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from _gauges()


@cache_control(no_store=True)
@require_safe
def metrics(_request: HttpRequest) -> HttpResponse:
    registry = CollectorRegistry()
    if settings.METRICS_DIR is not None:
        _forget_the_dead(settings.METRICS_DIR)
        MultiProcessCollector(registry, path=str(settings.METRICS_DIR))
    registry.register(ProductCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


@cached(TTLCache(maxsize=1, ttl=KEPT_S), lock=threading.Lock())
def _gauges() -> list[GaugeMetricFamily]:
    now = timezone.now()
    gauges = [
        _gauge(metric.name, metric.help, metric.label, samples) for metric, samples in readings(now=now)
    ]
    ages = _heartbeat_ages(now)
    gauges.append(_gauge("assay_heartbeat_age_seconds", "Since the last sign of life", "process", ages))
    backup_at = newest_backup_at(settings.BACKUP_DIR)
    age = {WHOLE: (now - backup_at).total_seconds()} if backup_at else {}
    gauges.append(_gauge("assay_backup_age_seconds", "Age of the newest backup", "", age))
    return gauges


def _gauge(name: str, text: str, label: str, samples: Any) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, text, labels=[label] if label else None)
    for value_of, value in samples.items():
        gauge.add_metric([value_of] if label else [], value)
    return gauge


def _heartbeat_ages(now: datetime) -> dict[str, float]:
    """Nothing where nothing is known: an alert is for what is absent as well. Below zero by a wrong clock."""
    try:
        left = cache.get_many(HEARTBEATS.values())
    except (OSError, redis.RedisError):
        return {}
    ages = {}
    for process, key in HEARTBEATS.items():
        try:
            ages[process] = (now - datetime.fromisoformat(left[key])).total_seconds()
        except (LookupError, TypeError, ValueError):
            continue  # Absent, or no time: `/readyz` says which.
    return ages


def _forget_the_dead(folder: Path) -> None:
    """What a process said of itself ends with it; what it counted stays."""
    for file in folder.glob("gauge_live*.db"):
        if (named := OF_A_PROCESS.search(file.name)) and not _lives(int(named[1])):
            mark_process_dead(int(named[1]), path=str(folder))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
