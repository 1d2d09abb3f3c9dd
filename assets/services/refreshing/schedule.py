"""Scheduler: what is due is requested next, most useful first, within each provider's free calls."""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from assets.identity.tickers import only_finds
from assets.metrics.families import FAMILY_NAMES, FAMILY_OF, FILINGS
from assets.metrics.family import REST, SCREENED, WATCHED
from assets.metrics.filing_events import INDEXED
from assets.models import Asset, AssetIdentifier, FilingEvent, Observation, RefreshRun, RequestLog
from assets.providers import PROVIDERS, configured
from assets.scheduling.intervals import (
    CLOCKS_APART,
    WALK_WEIGHT,
    Allotment,
    Demand,
    allot,
    priority,
    usefulness,
)
from assets.services.reading.rows import Among
from assets.services.refreshing import runs
from assets.services.refreshing.step_queue import waiting_steps
from assets.sourcing.contract import Provider, ProviderError

AHEAD: Final = timedelta(minutes=3)
"""Calls are scheduled so far ahead: workers never run dry, and what becomes urgent waits no longer."""

BURST_SHARE: Final = 0.1
"""The part of a day's calls that may be spent ahead of the clock."""

MOST_AT_ONCE: Final = 500

Interest = Mapping[int, int]
"""By asset the tier of interest in it, for those above `REST`."""


OpenShares = Callable[[Provider, Collection[int]], Mapping[tuple[int, str], float]]
"""By asset and family of a provider the part of the checklist that is open and that a call could answer;
nothing where it could answer nothing."""


def nothing_open(_vendor: Provider, _asset_ids: Collection[int]) -> Mapping[tuple[int, str], float]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRefresh:
    """Something worth asking: a family of one asset, or of a provider's universe (`asset_id` None)."""

    provider: str
    family: str
    tier: int
    usefulness: float
    asset_id: int | None = None


def schedule_runs(
    names: Sequence[str], *, interest: Interest, now: datetime, open_shares: OpenShares = nothing_open
) -> list[RefreshRun]:
    """Start the runs that are worth starting now at these providers. Returns them.

    A provider's calls go first where somebody looks and where they could answer most.
    """
    started = []
    for name in names:
        try:
            vendor = configured(name)
        except ProviderError:
            continue  # Its settings are wrong; the checks and the Data page say so.
        room = calls_left(vendor, now=now)
        if room > 0:
            due = list(due_at(vendor, interest=interest, now=now))
            started += _start(name, _in_order(vendor, due, open_shares)[:room])
    return started


def _in_order(vendor: Provider, due: Sequence[DueRefresh], open_shares: OpenShares) -> list[DueRefresh]:
    looked_at = {each.asset_id for each in due if each.asset_id is not None and each.tier != REST}
    shares = open_shares(vendor, looked_at) if looked_at else {}
    return sorted(
        due,
        key=lambda each: -priority(each.usefulness, shares.get((each.asset_id or 0, each.family), 0.0)),
    )


def calls_left(vendor: Provider, *, now: datetime) -> int:
    """How many calls may be added to what waits already: of the next minutes, and of the day."""
    waiting = waiting_steps(vendor.name).count()
    a_second = vendor.rate.calls / vendor.rate.per_s
    room = min(MOST_AT_ONCE, math.ceil(a_second * AHEAD.total_seconds())) - waiting
    if vendor.daily_calls is None:
        return room
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    part_of_day = (now - midnight) / timedelta(days=1)
    allowed = vendor.daily_calls * min(1.0, part_of_day + BURST_SHARE)
    made = Observation.objects.filter(provider=vendor.name, known_at__gte=midnight, reparse_of=None).count()
    return min(room, math.floor(allowed) - made - waiting)


def due_at(vendor: Provider, *, interest: Interest, now: datetime) -> Iterable[DueRefresh]:
    """What is due at this provider, in no order."""
    for family in vendor.families:
        if family not in vendor.per_asset and (due := _due_universe(vendor, family, now=now)):
            yield due
        if family in vendor.per_asset or family in vendor.in_batches:
            yield from _due_assets(vendor, family, interest=interest, now=now)


def _due_universe(vendor: Provider, family: str, *, now: datetime) -> DueRefresh | None:
    """A walk is due by the start of the last one; one that is under way is not started again.

    Who calls assets by names that only find them is not walked before somebody has given such names: all that
    it tells would be left out.
    """
    if all(map(only_finds, vendor.namespaces)) and not _known_to(vendor).exists():
        return None
    last = (
        RefreshRun.objects.filter(provider=vendor.name, family=family, is_walk=True).order_by("-pk").first()
    )
    if last is not None and not last.is_over:
        return None
    worth = usefulness(family, REST, now - last.created_at if last else None)
    if not worth:
        return None
    return DueRefresh(provider=vendor.name, family=family, tier=SCREENED, usefulness=worth * WALK_WEIGHT)


def _due_assets(vendor: Provider, family: str, *, interest: Interest, now: datetime) -> Iterable[DueRefresh]:
    """Of whom somebody is interested in all that are due; of the rest those that waited longest. What a
    company filed since it was last asked about is due at once where somebody is interested in it."""
    asked = RequestLog.objects.filter(asset=OuterRef("pk"), provider=vendor.name, family=family)
    known = _known_to(vendor).annotate(last_asked_at=Subquery(asked.values("asked_at")[:1]))
    under_way = waiting_steps(vendor.name).filter(run__family=family)
    waiting = {asset_id for asked in under_way.values_list("asked_ids", flat=True) for asset_id in asked}
    interesting = known.filter(Among(F("pk"), list(interest)))
    by_tier = list(_with_news(interesting, family).values_list("pk", "last_counted_at"))
    rest = known.exclude(Among(F("pk"), list(interest)))
    is_for_all = family in vendor.per_asset and family not in vendor.for_interest
    if is_for_all and (wished := FAMILY_OF[family].refresh_every.get(REST)):
        is_from_ahead = Q(last_asked_at__gt=now + CLOCKS_APART)
        late = rest.filter(Q(last_asked_at=None) | Q(last_asked_at__lte=now - wished) | is_from_ahead)
        longest = late.order_by(F("last_asked_at").asc(nulls_first=True), "pk")
        by_tier += longest.values_list("pk", "last_asked_at")[:MOST_AT_ONCE]
    for asset_id, last_asked_at in by_tier:
        tier = interest.get(asset_id, REST)
        worth = usefulness(family, tier, now - last_asked_at if last_asked_at else None)
        if worth and asset_id not in waiting:
            yield DueRefresh(
                provider=vendor.name, family=family, tier=tier, usefulness=worth, asset_id=asset_id
            )


def _with_news(known: QuerySet[Asset], family: str) -> QuerySet[Any]:
    """`last_counted_at`: when it was last asked, None where a day's index names a later filing."""
    if family != FILINGS:
        return known.annotate(last_counted_at=F("last_asked_at"))
    news = FilingEvent.objects.filter(
        asset=OuterRef("pk"), event=INDEXED, known_at__gt=OuterRef("last_asked_at")
    )
    return known.annotate(
        last_counted_at=Case(When(Exists(news), then=Value(None)), default=F("last_asked_at"))
    )


def _known_to(vendor: Provider) -> QuerySet[Asset]:
    names = AssetIdentifier.objects.valid().filter(namespace__in=vendor.namespaces)
    return Asset.objects.filter(pk__in=names.values("asset_id"))


def _start(provider: str, chosen: Sequence[DueRefresh]) -> list[RefreshRun]:
    """One run for each family and tier, of the assets in the order of their usefulness."""
    together: dict[tuple[str, int, bool], list[int]] = defaultdict(list)
    for due in chosen:
        assets = together[due.family, due.tier, due.asset_id is None]
        if due.asset_id is not None:
            assets.append(due.asset_id)
    started = []
    for (family, tier, is_walk), assets in together.items():
        try:
            started.append(
                runs.start_run(
                    provider=provider,
                    family=family,
                    asset_ids=None if is_walk else assets,
                    priority=tier,
                )
            )
        except runs.RefreshRefusedError:
            continue  # Nobody among them can be asked about; their pages say what is not known.
    return started


# What it costs ------------------------------------------------------------------------


def forecast(
    vendor: Provider, *, assets: int | None, watched: int, screened: int
) -> tuple[list[Allotment], float]:
    """What each family would get a day and how old its facts would become; and the calls there are a day.

    `assets` is a supposed number of assets that the provider knows; None counts them.
    """
    known = _known_to(vendor).count() if assets is None else assets
    sizes = {WATCHED: min(watched, known), SCREENED: min(screened, known)}
    sizes[REST] = max(0, known - sum(sizes.values()))
    demands = []
    for family in FAMILY_NAMES:
        if family not in vendor.families:
            continue
        if family not in vendor.per_asset:
            a_call = vendor.assets_a_call.get(family, 1)
            demands.append(Demand(family=family, tier=REST, assets=known, assets_a_call=a_call))
        if family in vendor.per_asset or family in vendor.in_batches:
            is_for_all = family in vendor.per_asset and family not in vendor.for_interest
            tiers = (WATCHED, SCREENED, REST) if is_for_all else (WATCHED, SCREENED)
            a_call = vendor.in_batches.get(family, 1)
            demands += [
                Demand(family=family, tier=tier, assets=sizes[tier], assets_a_call=a_call)
                for tier in tiers
                if tier in FAMILY_OF[family].refresh_every and sizes[tier]
            ]
    a_day = vendor.rate.calls / vendor.rate.per_s * 86_400
    calls = float(a_day if vendor.daily_calls is None else min(a_day, vendor.daily_calls))
    return allot(demands, calls_a_day=calls), calls


def automatic(names: Sequence[str]) -> tuple[str, ...]:
    """Those of these names that are providers, in the registry's order."""
    return tuple(each.name for each in PROVIDERS if each.name in names)
