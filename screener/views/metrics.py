"""Metrics for Prometheus: requests of all web processes together, and the product's own figures."""

import threading
from collections.abc import Iterator
from datetime import datetime
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
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from screener.cache import SCHEDULER_HEARTBEAT_KEY
from screener.services.backup.back_up import newest_backup_at
from screener.services.operation.product_metrics import WHOLE, readings
from screener.tasks import HEARTBEAT_KEY

KEPT_S: Final = 10
"""Figures are read from the database this often at most, however often somebody asks."""
HEARTBEATS: Final = {"worker": HEARTBEAT_KEY, "scheduler": SCHEDULER_HEARTBEAT_KEY}


class ProductCollector(Collector):
    """The product's figures as gauges."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from _gauges()


@cache_control(no_store=True)
@require_safe
def metrics(_request: HttpRequest) -> HttpResponse:
    registry = CollectorRegistry()
    if settings.METRICS_DIR is not None:
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
    """Nothing where nothing is known: an alert is for what is absent as well."""
    try:
        left = cache.get_many(HEARTBEATS.values())
    except (OSError, redis.RedisError):
        return {}
    return {
        process: (now - datetime.fromisoformat(left[key])).total_seconds()
        for process, key in HEARTBEATS.items()
        if key in left
    }
