"""Entity resolution: merge the assets that a provider names as one.

A token is found by its contract before any register lists it under an id of its own, and an
exchange knows it by a code. Each makes an asset; a row that names two of them together says
that they are one. Their facts, their identifiers and what people keep of them then belong together.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import structlog
from django.apps import apps
from django.db.models import Case, F, Model, Value, When
from django.dispatch import Signal
from django.utils import timezone

from assets.identity.merging import KnownAsset, Merges, find_merges
from assets.models import Asset, AssetIdentifier, FactRow, FormerSlug, RefreshRun, RequestLog
from assets.services.reading.rows import Among
from assets.sourcing.rows import Identifier

log = structlog.get_logger(__name__)

assets_merged = Signal()
"""Sent within the transaction with `merges`: by id of an asset that will be gone the one that stays."""

BATCH: Final = 200

FILLED: Final = ("name", "symbol", "chain", "venue", "sector", "tags", "major")
"""What the asset that stays takes over where it has nothing of its own."""


def merge_assets(
    identities: Iterable[tuple[Identifier, ...]],
    owners: Mapping[Identifier, int],
    *,
    provider: str,
    known_at: datetime | None = None,
) -> bool:
    """Merge the assets that one identity names, the younger into the older; says whether there were any.

    Meant for the caller's transaction. Two processes that merge the same assets at once collide
    on the former slug, and the loser finds a single asset on its next try.
    """
    several = (each for each in identities if len(each) > 1)
    spanning = [each for each in several if len({owners[name] for name in each if name in owners}) > 1]
    if not spanning:
        return False
    known = known_assets({owners[name] for identity in spanning for name in identity if name in owners})
    merges, conflicts = find_merges(spanning, owners, known)
    for each in conflicts:
        log.warning(
            "identity_contradicted",
            asset=each.asset_id,
            other=each.other_id,
            identifier=":".join(each.identifier),
        )
    gone = sorted(merges)
    for start in range(0, len(gone), BATCH):
        batch = {each: merges[each] for each in gone[start : start + BATCH]}
        merge_into(batch, provider=provider, known_at=known_at or timezone.now())
    return bool(merges)


def id_after(merges: Merges) -> Case:
    """The id that an `asset_id` of the merged assets has now, for an update."""
    return Case(*(When(asset_id=gone, then=Value(stays)) for gone, stays in merges.items()))


def known_assets(asset_ids: Iterable[int]) -> dict[int, KnownAsset]:
    """What decides whether these can be one: their names of today."""
    ids = sorted(asset_ids)
    identifiers: dict[int, set[Identifier]] = {each: set() for each in ids}
    rows = AssetIdentifier.objects.valid().filter(Among(F("asset_id"), ids))
    for asset_id, namespace, value in rows.values_list("asset_id", "namespace", "value"):
        identifiers[asset_id].add((namespace, value))
    assets = Asset.objects.filter(Among(F("pk"), ids)).values_list("pk", "kind", "fictional")
    return {pk: KnownAsset(kind, fictional, frozenset(identifiers[pk])) for pk, kind, fictional in assets}


def merge_into(merges: Merges, *, provider: str, known_at: datetime) -> None:
    """Make each asset part of the one that stays."""
    assets = Asset.objects.in_bulk([*merges, *merges.values()])
    _complete(assets, merges)
    _part_facts(merges, known_at)
    for model in _belonging():
        model._default_manager.filter(asset_id__in=list(merges)).update(asset_id=id_after(merges))
    _join_request_logs(merges)
    FormerSlug.objects.bulk_create(
        FormerSlug(slug=assets[gone].slug, asset_id=stays, merged_by=provider, merged_at=timezone.now())
        for gone, stays in merges.items()
    )
    assets_merged.send(sender=Asset, merges=merges)
    # Its scorecards and cases go with it: they judged one half of what is known.
    Asset.objects.filter(pk__in=list(merges)).delete()
    log.info("assets_merged", provider=provider, assets=len(merges))


def _part_facts(merges: Merges, known_at: datetime) -> None:
    """Remember when contracts of two assets became one: what was said before may be about either."""
    contracts = AssetIdentifier.objects.filter(namespace__startswith="address:")
    concerned = contracts.filter(Among(F("asset_id"), [*merges, *merges.values()]))
    owners = {merges.get(each.asset_id, each.asset_id): set[int]() for each in concerned}
    for each in concerned:
        owners[merges.get(each.asset_id, each.asset_id)].add(each.asset_id)
    several = {asset_id for together in owners.values() if len(together) > 1 for asset_id in together}
    contracts.filter(Among(F("asset_id"), sorted(several))).update(alone_until=known_at)


def _belonging() -> list[type[Model]]:
    """Whatever belongs to an asset and can simply change hands."""
    facts = [model for model in apps.get_app_config("assets").get_models() if issubclass(model, FactRow)]
    return [AssetIdentifier, FormerSlug, RefreshRun, *facts]


def _complete(assets: Mapping[int, Asset], merges: Merges) -> None:
    """Fill what is not known of the asset that stays from the one that goes."""
    for gone_id, kept_id in merges.items():
        kept, gone = assets[kept_id], assets[gone_id]
        if not kept.name:
            kept.named_by = gone.named_by
        for name in FILLED:
            setattr(kept, name, getattr(kept, name) or getattr(gone, name))
        kept.links = gone.links | kept.links
    kept_assets = [assets[each] for each in {*merges.values()}]
    Asset.objects.bulk_update(kept_assets, ["named_by", "links", *FILLED])


def _join_request_logs(merges: Merges) -> None:
    """Of two about one family of one provider the later stays, with the last answer of both."""
    newest: dict[tuple[int, str, str], RequestLog] = {}
    superseded = []
    concerned = RequestLog.objects.filter(asset_id__in=[*merges, *merges.values()])
    for request_log in concerned.order_by("asked_at", "pk"):
        request_log.asset_id = merges.get(request_log.asset_id, request_log.asset_id)
        key = request_log.asset_id, request_log.provider, request_log.family
        if earlier := newest.get(key):
            answers = filter(None, (earlier.answered_at, request_log.answered_at))
            request_log.answered_at = max(answers, default=None)
            superseded.append(earlier.pk)
        newest[key] = request_log
    RequestLog.objects.filter(pk__in=superseded).delete()
    RequestLog.objects.bulk_update(newest.values(), ["asset", "answered_at"])
