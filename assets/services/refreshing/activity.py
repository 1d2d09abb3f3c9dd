"""Activity of the providers: what was requested lately and how it went. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, When
from django.utils import timezone

from assets.models import Asset, Observation, RefreshRun, RefreshStep
from assets.network.pacing import PacingError, Pause, SharedPacer
from assets.providers import PROVIDERS, configured
from assets.sourcing.contract import Provider, ProviderError, Rate

FAILURES_COUNT_FOR: Final = timedelta(days=30)
"""What failed longer ago was asked again since, or nobody misses it."""

RATE_OVER_STEPS: Final = 20
"""The rate of a run is that of its latest steps: a run that was stopped and went on is not slow."""

FEWEST_STEPS_FOR_A_RATE: Final = 3

NAMED: Final = 2
"""So many of the assets that a step asks about are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyActivity:
    """What one provider gave of one family; `last_read_at` is the newest answer that could be read."""

    family: str
    observations: int = 0
    last_read_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderActivity:
    """One provider: where it is, what it gave, how its latest run went. `problem` is about its settings, and
    `accepted` whether they accept its terms, where it has some to accept."""

    provider: type[Provider]
    host: str
    problem: str
    accepted: bool
    rate: Rate
    families: tuple[FamilyActivity, ...]
    last_run: RefreshRun | None
    pause: Pause | None = None

    @property
    def observations(self) -> int:
        return sum(each.observations for each in self.families)

    @property
    def last_read_at(self) -> datetime | None:
        return max((each.last_read_at for each in self.families if each.last_read_at), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is. `steps_a_minute` and `seconds_left` are None until a few steps have ended;
    `most_a_minute` is what the provider lets us ask, None where its settings make no sense."""

    run: RefreshRun
    steps_a_minute: float | None = None
    most_a_minute: float | None = None
    seconds_left: float | None = None


def activity_of_providers(*, pauses: Mapping[str, Pause] | None = None) -> list[ProviderActivity]:
    """Every provider of the registry, asked or not; `pauses` are those that are left alone for a while."""
    by_family = {(row.pop("provider"), row["family"]): row for row in _observations_by_family()}
    newest = RefreshRun.objects.filter(provider=OuterRef("provider")).order_by("-pk").values("pk")[:1]
    runs = {run.provider: run for run in RefreshRun.objects.filter(pk=Subquery(newest))}
    return [
        ProviderActivity(
            provider=provider,
            families=tuple(
                FamilyActivity(**by_family.get((provider.name, family), {"family": family}))
                for family in provider.families
            ),
            last_run=runs.get(provider.name),
            pause=(pauses or {}).get(provider.name),
            **_address(provider),
        )
        for provider in PROVIDERS
    ]


def pauses_of_providers(broker_url: str) -> dict[str, Pause]:
    """Those that are left alone for a while; nobody when the broker can't be asked."""
    try:
        return SharedPacer(broker_url).pauses([provider.name for provider in PROVIDERS])
    except PacingError:
        return {}


def _observations_by_family() -> QuerySet[Observation, Any]:
    """Counted along the index; the newest readable one is one look-up a family."""
    read = Observation.objects.filter(
        provider=OuterRef("provider"), family=OuterRef("family"), status=Observation.Status.PARSED
    )
    return (
        Observation.objects.order_by()
        .values("provider", "family")
        .annotate(
            observations=Count("pk"),
            last_read_at=Subquery(read.order_by("-known_at").values("known_at")[:1]),
        )
    )


def _address(provider: type[Provider]) -> dict[str, Any]:
    """The host alone: paths, user names and keys are nobody's business."""
    try:
        vendor = configured(provider.name)
    except ProviderError as error:
        return {"host": "", "problem": str(error), "accepted": False, "rate": provider.rate}
    host = urlsplit(vendor.base_url).netloc.rpartition("@")[2]
    return {"host": host, "problem": "", "accepted": vendor.accepted, "rate": vendor.rate}


def runs_under_way_first() -> QuerySet[RefreshRun]:
    """All runs, the newest first within those under way and those over."""
    is_over = Case(When(state=RefreshRun.State.RUNNING, then=0), default=1)
    return RefreshRun.objects.select_related("asset").order_by(is_over, "-id")


def progress_of(run: RefreshRun) -> Progress:
    """The pace of a run that is under way is that of its latest steps; else that of the whole run."""
    most = _most_a_minute(run.provider)
    if run.is_over:
        return Progress(run=run, steps_a_minute=_pace_of_whole(run), most_a_minute=most)
    moments = list(
        Observation.objects.filter(pk__in=_latest_observations(run))
        .order_by("known_at")
        .values_list("known_at", flat=True)
    )
    if len(moments) < FEWEST_STEPS_FOR_A_RATE:
        return Progress(run=run, most_a_minute=most)
    seconds = max((timezone.now() - moments[0]).total_seconds(), 0.001)
    a_second = len(moments) / seconds
    return Progress(
        run=run,
        steps_a_minute=60 * a_second,
        most_a_minute=most,
        seconds_left=(run.steps_total - run.steps_ended) / a_second,
    )


def _pace_of_whole(run: RefreshRun) -> float | None:
    """Steps a minute from its start to its end, with every wait; None of a few steps."""
    if run.finished_at is None or run.steps_ended < FEWEST_STEPS_FOR_A_RATE:
        return None
    return 60 * run.steps_ended / max((run.finished_at - run.created_at).total_seconds(), 1.0)


def _most_a_minute(provider: str) -> float | None:
    try:
        rate = configured(provider).rate
    except ProviderError:
        return None
    return 60 * rate.calls / rate.per_s


def _latest_observations(run: RefreshRun) -> list[int]:
    steps = run.steps.exclude(observation=None).order_by("-observation_id")
    return list(steps.values_list("observation_id", flat=True)[:RATE_OVER_STEPS])


def steps_of(run: RefreshRun) -> QuerySet[RefreshStep]:
    """The steps of a run, the failed ones first."""
    return run.steps.order_by(Case(When(state=RefreshStep.State.FAILED, then=0), default=1), "pk")


def name_assets(steps: Iterable[RefreshStep]) -> None:
    """Give each step the first assets that it asks about (`asked_about`), and how many more there are."""
    steps = list(steps)
    wanted = {asset_id for step in steps for asset_id in step.asked_ids[:NAMED]}
    assets = Asset.objects.only("name", "symbol", "slug").in_bulk(wanted) if wanted else {}
    for step in steps:
        named = [assets[each] for each in step.asked_ids[:NAMED] if each in assets]
        step.asked_about, step.asked_beyond = named, len(step.asked_ids[NAMED:])  # type: ignore[attr-defined]


def failed_steps(*, provider: str = "") -> QuerySet[RefreshStep]:
    """What failed for good in the last weeks, in runs that are over; the newest first."""
    failed = RefreshStep.objects.filter(
        state=RefreshStep.State.FAILED, run__created_at__gte=timezone.now() - FAILURES_COUNT_FOR
    ).exclude(run__state=RefreshRun.State.RUNNING)
    return (failed.filter(run__provider=provider) if provider else failed).order_by("-pk")


def reasons_of(steps: QuerySet[RefreshStep]) -> QuerySet[RefreshStep, Any]:
    """Each reason with its cause once, with `count`, the commonest first."""
    counted = steps.order_by().values("problem", "cause").annotate(count=Count("pk"))
    return counted.order_by("-count", "problem", "cause")


def problems_of(run: RefreshRun) -> QuerySet[RefreshStep, Any]:
    """Why steps of a run failed: each reason once, with `count`, the commonest first."""
    return reasons_of(run.steps.filter(state=RefreshStep.State.FAILED))
