"""Refresh runs: starting, stopping, retrying, and resuming what was left undone.

A run is a set of steps, one request each (`refreshing.steps`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assets.identity.repositories import repository_of
from assets.metrics.families import FILINGS, OWNERSHIP
from assets.metrics.filing_events import INDEXED
from assets.models import (
    Asset,
    AssetIdentifier,
    DisclosureSnapshot,
    FiledDocument,
    FilingEvent,
    OwnershipReport,
    PoolSnapshot,
    RefreshRun,
    RefreshStep,
)
from assets.providers import configured
from assets.services.refreshing.steps import add_steps, facts_stored, steps_ready
from assets.sourcing.contract import Need, Provider, ProviderError, Request, UnsupportedError
from assets.sourcing.messages import MessageError
from assets.sourcing.rows import Identifier

Asked = tuple[Request, Sequence[int]]
"""A request and the ids of the assets that it asks about by name."""


ORDERED = 4
"""The priority of what a person has ordered: above all that is scheduled (1 to 3)."""

MOST_DOCUMENTS = 20
"""Documents of one company that are asked for at a time, the newest first."""

DOCUMENTS_COUNT_FOR = timedelta(days=733)
"""Two years with a leap day: readers say of the 732 days before they have read that all was read."""

READ_IN: Mapping[str, type[OwnershipReport] | type[FilingEvent]] = {
    OWNERSHIP: OwnershipReport,
    FILINGS: FilingEvent,
}
"""By family the rows that say which documents its provider has read for it."""

NOT_READ: Mapping[str, Mapping[str, str]] = {FILINGS: {"event": INDEXED}}
"""Of these rows those that only name a document."""

MOST_POOLS = 30
"""Pools of one asset that are asked for at a time, those that hold most."""

POOLS_COUNT_FOR = timedelta(days=7)


class RefreshRefusedError(MessageError):
    """A refresh that makes no sense; the text says why and what to do."""


# Starting, stopping, retrying ---------------------------------------------------


def start_run(
    *,
    provider: str,
    family: str,
    identifiers: Sequence[Identifier] | None = None,
    limit: int | None = None,
    asset_ids: Sequence[int] | None = None,
    priority: int = ORDERED,
    user: User | None = None,
) -> RefreshRun:
    """Plan a run and hand out its first steps; `RefreshRefusedError` says why if there is nothing to ask.

    `identifiers` name one asset, known or not; `asset_ids` several known ones, in the order in
    which they are to be asked about; without both the provider's whole universe is asked for.
    """
    vendor = _vendor(provider)
    requests = _first_requests(vendor, family, identifiers=identifiers, asset_ids=asset_ids, limit=limit)
    if not requests:
        raise RefreshRefusedError(
            "There is nothing to ask %(provider)s about %(family)s: no known asset has a name there yet. "
            "Refresh its listing, market or pools first.",
            provider=vendor.title,
            family=family,
        )
    now = timezone.now()
    with transaction.atomic():
        run = RefreshRun.objects.create(
            provider=provider,
            family=family,
            asset=Asset.objects.identified_by(*identifiers[0]).first() if identifiers else None,
            limit=limit,
            is_walk=not identifiers and asset_ids is None and limit is None,
            priority=priority,
            base_url=vendor.base_url,
            started_by=user,
            created_at=now,
            progressed_at=now,
        )
        add_steps(run, requests)
    run.refresh_from_db()
    return run


def stop_run(run: RefreshRun) -> None:
    """Take no further step of this run. What is stored stays."""
    RefreshRun.objects.filter(pk=run.pk, state=RefreshRun.State.RUNNING).update(
        state=RefreshRun.State.STOPPED, finished_at=timezone.now()
    )


def retry_failed(run: RefreshRun) -> int:
    """Put the failed and left-over steps of a run that is over back in line; returns how many."""
    with transaction.atomic():
        again = list(
            run.steps.filter(state__in=(RefreshStep.State.FAILED, RefreshStep.State.WAITING)).values_list(
                "pk", flat=True
            )
        )
        if not again:
            return 0
        run.steps.filter(pk__in=again).update(
            state=RefreshStep.State.WAITING, attempts=0, problem="", next_try_at=None
        )
        RefreshRun.objects.filter(pk=run.pk).update(
            state=RefreshRun.State.RUNNING,
            steps_failed=0,
            problem="",
            finished_at=None,
            progressed_at=timezone.now(),
        )
        transaction.on_commit(lambda: steps_ready.send(sender=RefreshStep, provider=run.provider))
    return len(again)


def resume_runs() -> int:
    """Wake those who work for providers with waiting steps, and who judges; returns for how many providers.

    The broker may have lost its queue, or a worker may have died between a commit and its message.
    """
    waiting = RefreshStep.objects.filter(run__state=RefreshRun.State.RUNNING, state=RefreshStep.State.WAITING)
    providers = list(waiting.order_by().values_list("run__provider", flat=True).distinct())
    for provider in providers:
        steps_ready.send(sender=RefreshStep, provider=provider)
    if RefreshStep.objects.filter(unscored=True).exists():
        facts_stored.send(sender=RefreshStep)
    return len(providers)


# What to ask ------------------------------------------------------------------------


def _vendor(provider: str) -> Provider:
    try:
        return configured(provider)
    except ProviderError as error:
        raise RefreshRefusedError(str(error)) from error


def _first_requests(
    vendor: Provider,
    family: str,
    *,
    identifiers: Sequence[Identifier] | None,
    asset_ids: Sequence[int] | None,
    limit: int | None,
) -> list[Asked]:
    """The first calls: one need for a universe, one for each known asset where the family asks for it."""
    try:
        vendor.check_family(family)
        if identifiers:
            asked = list(Asset.objects.identified_by(*identifiers[0]))
            names = (*identifiers, *_named_by_others(vendor, family, asked))
            need = Need(family=family, identifiers=names, limit=limit)
            asked_ids = [asset.pk for asset in asked]
            return [(request, asked_ids) for request in vendor.requests(need)]
        if asset_ids is None and family not in vendor.per_asset:
            return [(request, ()) for request in vendor.requests(Need(family=family, limit=limit))]
    except UnsupportedError as error:
        raise RefreshRefusedError(str(error)) from error
    return list(_requests_by_asset(vendor, family, asset_ids=asset_ids, limit=limit))


def _requests_by_asset(
    vendor: Provider, family: str, *, asset_ids: Sequence[int] | None, limit: int | None
) -> Iterable[Asked]:
    """One need for each asset or batch that this provider knows; who can't be asked about is left out."""
    names_there = AssetIdentifier.objects.valid().filter(namespace__in=vendor.namespaces)
    known = Asset.objects.filter(pk__in=names_there.values("asset_id"))
    assets = known.order_by("pk").prefetch_related("identifiers")
    if asset_ids is None:
        wanted = list(assets[:limit])
    else:
        among = assets.in_bulk(list(asset_ids))
        wanted = [among[each] for each in asset_ids if each in among][:limit]
    reasons: set[str] = set()
    is_asked = False
    size = vendor.in_batches.get(family, 1)
    for start in range(0, len(wanted), size):
        batch = wanted[start : start + size]
        names = tuple(name for asset in batch for name in asset.names)
        names += _named_by_others(vendor, family, batch)
        try:
            for request in vendor.requests(Need(family=family, identifiers=names)):
                is_asked = True
                yield request, [asset.pk for asset in batch]
        except UnsupportedError as error:
            reasons.add(str(error))
    if not is_asked and len(reasons) == 1:  # A missing key, or what is in the way of this one asset.
        raise RefreshRefusedError(*reasons)


def _named_by_others(vendor: Provider, family: str, assets: Sequence[Asset]) -> tuple[Identifier, ...]:
    """What a provider reads of these assets beside their names, as far as others have told where it is."""
    readers = (_documents_of, _pools_of, _repositories_of)
    return tuple(name for read in readers for name in read(vendor, family, assets))


def _repositories_of(vendor: Provider, family: str, assets: Sequence[Asset]) -> tuple[Identifier, ...]:
    if family not in vendor.reads_repositories:
        return ()
    found = named_repositories(assets)
    return tuple(dict.fromkeys(name for asset in assets for name in found.get(asset.pk, ())))


def named_repositories(assets: Sequence[Asset]) -> Mapping[int, tuple[Identifier, ...]]:
    """By asset the repositories that its project names, the newest word first."""
    rows = DisclosureSnapshot.objects.filter(asset__in=assets, channels__has_key="github")
    found: dict[int, dict[Identifier, None]] = {}
    for asset_id, channels in rows.order_by("-as_of", "-pk").values_list("asset_id", "channels"):
        if repository := repository_of(channels["github"]):
            found.setdefault(asset_id, {})[("github", repository)] = None
    return {asset_id: tuple(names) for asset_id, names in found.items()}


def _pools_of(vendor: Provider, family: str, assets: Sequence[Asset]) -> tuple[Identifier, ...]:
    """The pools of these assets that somebody named lately, those that hold most first."""
    if family not in vendor.reads_pools:
        return ()
    lately = timezone.now() - POOLS_COUNT_FOR
    rows = PoolSnapshot.objects.filter(asset__in=assets, ended=False, as_of__gte=lately)
    named = rows.exclude(chain="").order_by(F("reserve_usd").desc(nulls_last=True), "pk")
    pools = dict.fromkeys(named.values_list("chain", "address"))
    return tuple((f"pool:{chain}", address) for chain, address in pools)[:MOST_POOLS]


def _documents_of(vendor: Provider, family: str, assets: Sequence[Asset]) -> tuple[Identifier, ...]:
    """What these companies filed lately and nobody has read yet for this family, the newest first."""
    if family not in vendor.reads_documents:
        return ()
    table = READ_IN[family]
    rows = table.objects.filter(asset__in=assets, provider=vendor.name).exclude(**NOT_READ.get(family, {}))
    read = frozenset(rows.values_list("accession", flat=True).distinct())
    lately = timezone.now().date() - DOCUMENTS_COUNT_FOR
    filed = FiledDocument.objects.filter(asset__in=assets, filed_on__gte=lately).order_by("-filed_on", "-pk")
    return vendor.documents(filed, family=family, read=read)[:MOST_DOCUMENTS]
