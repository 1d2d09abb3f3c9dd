"""Make one asset of several, when a provider names them in one breath.

A token is found by its contract before any register lists it under an id of its own, and an
exchange knows it by a code. Each makes an asset; whoever tells two of these names together
says that they are one. Its facts, its names and what people keep of it then belong together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import structlog
from django.apps import apps
from django.db.models import Case, F, Model, Value, When
from django.dispatch import Signal
from django.utils import timezone

from assets.identity.venues import is_currency_code
from assets.models import Asset, AssetIdentifier, FactRow, FormerSlug, RefreshRun, RequestLog
from assets.services.reading.rows import Among
from assets.sourcing.rows import Identifier

log = structlog.get_logger(__name__)

assets_united = Signal()
"""Sent within the transaction with `became`, by id of an asset that will be gone the one it is now."""

BATCH: Final = 200

FILLED: Final = ("name", "symbol", "chain", "venue", "sector", "tags")
"""What the asset that stays takes over where it has nothing of its own."""

Became = Mapping[int, int]
"""By id of an asset that is gone the id of the one it is now."""


@dataclass(frozen=True, slots=True)
class Known:
    """What tells whether two assets can be one."""

    kind: str
    fictional: bool
    names: frozenset[Identifier]

    @property
    def namespaces(self) -> frozenset[str]:
        return frozenset(namespace for namespace, _value in self.names)

    @property
    def by_codes_alone(self) -> bool:
        return all(map(is_currency_code, self.namespaces))


def unite_named_together(
    identities: Iterable[tuple[Identifier, ...]], owners: Mapping[Identifier, int], *, provider: str
) -> bool:
    """Unite the assets that one identity names, the younger with the older; says whether there were any.

    Meant for the caller's transaction. Two processes that unite the same assets at once collide
    on the former address, and the loser finds a single asset on its next try.
    """
    several = (each for each in identities if len(each) > 1)
    spanning = [each for each in several if len({owners[name] for name in each if name in owners}) > 1]
    if not spanning:
        return False
    known = _known({owners[name] for identity in spanning for name in identity if name in owners})
    became = one_of_several(spanning, owners, known)
    gone = sorted(became)
    for start in range(0, len(gone), BATCH):
        _unite({each: became[each] for each in gone[start : start + BATCH]}, provider=provider)
    return bool(became)


def one_of_several(
    spanning: Iterable[tuple[Identifier, ...]], owners: Mapping[Identifier, int], known: Mapping[int, Known]
) -> dict[int, int]:
    """Which assets are which others, by id."""
    became: dict[int, int] = {}
    now = dict(known)

    def present(asset_id: int) -> int:
        while asset_id in became:
            asset_id = became[asset_id]
        return asset_id

    for identity in spanning:
        first, *others = (name for name in identity if name in owners)
        for name in others:
            stays, other = present(owners[first]), present(owners[name])
            if stays == other:
                continue
            if not are_one(now[stays], now[other], by=name):
                log.warning("identity_contradicted", asset=stays, other=other, name=":".join(name))
                continue
            # The older one has the longer history; what an exchange listed has none of its own.
            stays, gone = sorted((stays, other), key=lambda each: (now[each].by_codes_alone, each))
            now[stays] = replace(now[stays], names=now[stays].names | now[gone].names)
            became[gone] = stays
    return {gone: present(gone) for gone in became}


def are_one(first: Known, other: Known, *, by: Identifier) -> bool:
    """Whether nothing speaks against it: neither the kind, nor a second name in one registry.

    `by` is the name of the other. An exchange gives the code of a delisted coin to another: by a code
    alone joins only what is known by codes alone.
    """
    if (first.kind, first.fictional) != (other.kind, other.fictional):
        return False
    if first.namespaces & other.namespaces:
        return False
    return other.by_codes_alone or not is_currency_code(by[0])


def now_of(became: Became) -> Case:
    """The id that an `asset_id` of these has now, for an update."""
    return Case(*(When(asset_id=gone, then=Value(kept)) for gone, kept in became.items()))


def _known(asset_ids: Iterable[int]) -> dict[int, Known]:
    ids = sorted(asset_ids)
    names: dict[int, set[Identifier]] = {each: set() for each in ids}
    told = AssetIdentifier.objects.filter(Among(F("asset_id"), ids))
    for asset_id, namespace, value in told.values_list("asset_id", "namespace", "value"):
        names[asset_id].add((namespace, value))
    assets = Asset.objects.filter(Among(F("pk"), ids)).values_list("pk", "kind", "fictional")
    return {pk: Known(kind, fictional, frozenset(names[pk])) for pk, kind, fictional in assets}


def _unite(became: Became, *, provider: str) -> None:
    assets = Asset.objects.in_bulk([*became, *became.values()])
    _complete(assets, became)
    for model in _belonging():
        model._default_manager.filter(asset_id__in=list(became)).update(asset_id=now_of(became))
    _join_request_logs(became)
    FormerSlug.objects.bulk_create(
        FormerSlug(slug=assets[gone].slug, asset_id=kept, merged_by=provider, merged_at=timezone.now())
        for gone, kept in became.items()
    )
    assets_united.send(sender=Asset, became=became)
    # Its scorecards and cases go with it: they judged one half of what is known.
    Asset.objects.filter(pk__in=list(became)).delete()
    log.info("assets_united", provider=provider, assets=len(became))


def _belonging() -> list[type[Model]]:
    """Whatever belongs to an asset and can simply change hands."""
    facts = [model for model in apps.get_app_config("assets").get_models() if issubclass(model, FactRow)]
    return [AssetIdentifier, FormerSlug, RefreshRun, *facts]


def _complete(assets: Mapping[int, Asset], became: Became) -> None:
    """What is not known of the asset that stays, as the other one told it."""
    for gone, kept in became.items():
        stays, other = assets[kept], assets[gone]
        if not stays.name:
            stays.named_by = other.named_by
        for name in FILLED:
            setattr(stays, name, getattr(stays, name) or getattr(other, name))
        stays.links = other.links | stays.links
    staying = [assets[each] for each in {*became.values()}]
    Asset.objects.bulk_update(staying, ["named_by", "links", *FILLED])


def _join_request_logs(became: Became) -> None:
    """Of two about one family of one provider the later stays, with the last answer of both."""
    stays: dict[tuple[int, str, str], RequestLog] = {}
    superseded = []
    concerned = RequestLog.objects.filter(asset_id__in=[*became, *became.values()])
    for request_log in concerned.order_by("asked_at", "pk"):
        request_log.asset_id = became.get(request_log.asset_id, request_log.asset_id)
        key = request_log.asset_id, request_log.provider, request_log.family
        if earlier := stays.get(key):
            answers = filter(None, (earlier.answered_at, request_log.answered_at))
            request_log.answered_at = max(answers, default=None)
            superseded.append(earlier.pk)
        stays[key] = request_log
    RequestLog.objects.filter(pk__in=superseded).delete()
    RequestLog.objects.bulk_update(stays.values(), ["asset", "answered_at"])
