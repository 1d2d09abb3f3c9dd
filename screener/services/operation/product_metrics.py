"""Metrics of the product: queues, ages of data, budgets, failures, scoring, replay, as Prometheus reads them.

They come from the database and the cache, so that every process says the same. Alert rules and a dashboard
that rest on them stand in docs/monitoring/.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.conf import settings
from django.db import Error
from django.db.models import Count, Min, QuerySet

from assets.models import FACT_MODELS, Observation, RefreshRun, RefreshStep
from assets.providers import PROVIDERS, configured
from assets.services.refreshing.activity import failed_steps
from assets.services.refreshing.schedule import calls_left
from assets.sourcing.contract import ProviderError
from screener.models import Scorecard, UnscoredAsset
from screener.services.scoring.replay_scorecards import newest_report

Samples = Mapping[str, float]
WHOLE: Final = ""
"""The only sample of a metric without a label."""


LOOKED_AT: Final = 50_000
"""So many of the newest answers are looked through for unreadable ones."""


class ProductMetric(NamedTuple):
    """A gauge; `label` is "" where it has one sample, named `WHOLE`."""

    name: str
    help: str
    label: str
    read: Callable[[datetime], Samples]


def readings(*, now: datetime) -> Iterator[tuple[ProductMetric, Samples]]:
    """Each metric with its samples; after the database has failed once, nothing more is asked of it."""
    for metric in METRICS:
        try:
            yield metric, metric.read(now)
        except Error:
            yield UP, {WHOLE: 0.0}
            return
    yield UP, {WHOLE: 1.0}


def _waiting(_now: datetime) -> Samples:
    waiting = _of_running().values("run__provider").annotate(count=Count("pk"))
    return dict.fromkeys(_providers(), 0.0) | dict(waiting.values_list("run__provider", "count"))


def _waiting_for(now: datetime) -> Samples:
    oldest = _of_running().values("run__provider").annotate(first=Min("run__created_at"))
    return {name: _seconds(first, now) for name, first in oldest.values_list("run__provider", "first")}


def _failed(_now: datetime) -> Samples:
    failed = failed_steps().order_by().values("run__provider").annotate(count=Count("pk"))
    return dict(failed.values_list("run__provider", "count"))


def _unreadable(now: datetime) -> Samples:
    """Among the newest, so that it costs the same however many there are."""
    newest = Observation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    lately = Observation.objects.order_by().filter(
        pk__gt=newest - LOOKED_AT,
        status=Observation.Status.UNREADABLE,
        known_at__gte=now - timedelta(days=1),
    )
    counted = lately.values("provider").annotate(count=Count("pk"))
    return dict(counted.values_list("provider", "count"))


def _data_age(now: datetime) -> Samples:
    """By the row that was stored last, which is one look-up, however many there are."""
    newest = {
        model.family: model._base_manager.order_by("-pk").values_list("known_at", flat=True).first()
        for model in FACT_MODELS
    }
    return {family: _seconds(known_at, now) for family, known_at in newest.items() if known_at}


def _budget_left(now: datetime) -> Samples:
    left = {}
    for name in settings.ASSAY_REFRESH:
        try:
            left[name] = float(max(0, calls_left(configured(name), now=now)))
        except (ProviderError, LookupError):
            continue  # Its settings are wrong; the checks and the Data page say so.
    return left


def _unscored_steps(_now: datetime) -> Samples:
    return {WHOLE: RefreshStep.objects.filter(unscored=True).count()}


def _scoring_delay(now: datetime) -> Samples:
    waiting = RefreshStep.objects.filter(unscored=True, observation__isnull=False)
    first = waiting.aggregate(first=Min("observation__known_at"))["first"]
    return {WHOLE: _seconds(first, now) if first else 0.0}


def _unjudgeable(_now: datetime) -> Samples:
    return {WHOLE: UnscoredAsset.objects.count()}


def _newest_card(_now: datetime) -> Samples:
    return {WHOLE: Scorecard.objects.order_by("-pk").values_list("pk", flat=True).first() or 0}


def _not_replaying(_now: datetime) -> Samples:
    report = newest_report()
    return {WHOLE: report.different} if report else {}


def _of_running() -> QuerySet[RefreshStep]:
    return RefreshStep.objects.order_by().filter(
        state=RefreshStep.State.WAITING, run__state=RefreshRun.State.RUNNING
    )


def _providers() -> list[str]:
    return [provider.name for provider in PROVIDERS]


def _seconds(moment: datetime, now: datetime) -> float:
    return (now - moment).total_seconds()


UP: Final = ProductMetric("assay_database_up", "1 while the database answers", "", lambda _now: {WHOLE: 1.0})
METRICS: Final = (
    ProductMetric("assay_steps_waiting", "Steps that wait for a provider", "provider", _waiting),
    ProductMetric(
        "assay_steps_waiting_seconds", "Age of the oldest run with waiting steps", "provider", _waiting_for
    ),
    ProductMetric("assay_steps_failed", "Failed steps that the Data page shows", "provider", _failed),
    ProductMetric("assay_answers_unreadable", "Unreadable answers of a day", "provider", _unreadable),
    ProductMetric("assay_data_age_seconds", "Age of the newest facts", "family", _data_age),
    ProductMetric("assay_budget_left_calls", "Calls that may be added now", "provider", _budget_left),
    ProductMetric("assay_scoring_waiting_steps", "Steps with unscored facts", "", _unscored_steps),
    ProductMetric("assay_scoring_delay_seconds", "Age of the oldest unscored facts", "", _scoring_delay),
    ProductMetric("assay_assets_unjudgeable", "Assets that could not be judged", "", _unjudgeable),
    ProductMetric("assay_newest_scorecard", "Number of the newest scorecard", "", _newest_card),
    ProductMetric("assay_replay_differences", "Scorecards of last night's replay", "", _not_replaying),
)
