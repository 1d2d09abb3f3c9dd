"""Marks of likeness: who looks like whom, kept with the asset and renewed when a name or an identity changes.

Whether an asset looks like another one depends on both, so that all of one look are looked at together,
whoever came first.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from django.db.models import F, Q, QuerySet

from assets.identity.leases import is_lease
from assets.identity.likeness import Bearer, likeness_of, skeletons_of
from assets.models import Asset, AssetIdentifier
from assets.services.reading.rows import Among
from assets.sourcing.rows import AssetRef, Identifier

BATCH: Final = 500
OF_NO_REGISTER: Final = ("address:", "sandbox")


def mark_lookalikes(asset_ids: Collection[int]) -> None:
    """Look again at these assets, which are new or have changed, and at all that look like them."""
    looks: set[str] = set()
    changed = {each.pk: each for each in _real().filter(pk__among=sorted(asset_ids))}
    renamed = []
    for asset in changed.values():
        before, now = (asset.symbol_look, asset.name_look), skeletons_of(asset.symbol, asset.name)
        looks |= {*before, *now}
        if now != before:
            asset.symbol_look, asset.name_look = now
            renamed.append(asset)
    Asset.objects.bulk_update(renamed, ["symbol_look", "name_look"], batch_size=BATCH)
    wanted = sorted(looks - {""})
    alike = _real().filter(Q(Among(F("symbol_look"), wanted)) | Q(Among(F("name_look"), wanted)))
    everyone = {each.pk: each for each in alike} | changed
    _mark(everyone)


def looks_of(ref: AssetRef) -> dict[str, str]:
    """The looks of a new asset, by field; the invented market imitates nobody."""
    symbol_look, name_look = ("", "") if ref.fictional else skeletons_of(ref.symbol[:64], ref.name[:200])
    return {"symbol_look": symbol_look, "name_look": name_look}


def _real() -> QuerySet[Asset]:
    return Asset.objects.filter(fictional=False)


def _mark(assets: dict[int, Asset]) -> None:
    names: dict[int, set[Identifier]] = defaultdict(set)
    rows = AssetIdentifier.objects.valid().filter(Among(F("asset_id"), sorted(assets)))
    for asset_id, namespace, value in rows.values_list("asset_id", "namespace", "value"):
        names[asset_id].add((namespace, value))
    bearers = {
        pk: Bearer(
            symbol=asset.symbol,
            name=asset.name,
            identifiers=frozenset(names[pk]),
            is_listed=any(_is_register(namespace) for namespace, _value in names[pk]),
            is_major=asset.major,
        )
        for pk, asset in assets.items()
    }
    listed: dict[str, list[Bearer]] = defaultdict(list)
    for pk, bearer in bearers.items():
        if bearer.is_listed:
            for look in {assets[pk].symbol_look, assets[pk].name_look} - {""}:
                listed[look].append(bearer)
    marked = []
    for pk, asset in assets.items():
        alike = {id(each): each for look in (asset.symbol_look, asset.name_look) for each in listed[look]}
        mark = likeness_of(bearers[pk], alike.values())
        if (asset.likeness, asset.likeness_of) != (mark.kind, mark.of[:200]):
            asset.likeness, asset.likeness_of = mark.kind, mark.of[:200]
            marked.append(asset)
    Asset.objects.bulk_update(marked, ["likeness", "likeness_of"], batch_size=BATCH)


def _is_register(namespace: str) -> bool:
    """Whether names in this namespace are given by somebody who knows who it is."""
    return not (namespace.startswith(OF_NO_REGISTER) or is_lease(namespace))
