"""Find the asset that a row speaks of, by its identifiers and never by its symbol; make it when it is new."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from assets.models import Asset, AssetIdentifier
from assets.sourcing.rows import AssetRef, Identifier

Identity = tuple[Identifier, ...]

TOLD_ONCE = ("chain", "venue", "sector", "tags", "links")
"""Filled when empty. Name and symbol also follow a rename by the provider that gave them first."""


def identify(refs: Iterable[AssetRef], *, provider: str) -> dict[Identity, Asset]:
    """Return the asset behind each identity, made or completed as needed.

    Meant for the caller's transaction: two processes that make the same asset at once
    collide on the identifier, the loser's transaction fails and finds the asset on its next try.
    """
    by_identity = {ref.identifiers: ref for ref in refs}
    owners = _owners(by_identity)
    found: dict[Identity, Asset] = {}
    strangers: list[AssetRef] = []
    for identity, ref in by_identity.items():
        owner = next((owners[each] for each in identity if each in owners), None)
        if owner is None:
            strangers.append(ref)
        else:
            found[identity] = owner
            _complete(owner, ref, provider=provider)
    found |= _make(strangers, owners, provider=provider)
    _add_identifiers(found, owners)
    Asset.objects.bulk_update(
        [asset for asset in set(found.values()) if getattr(asset, "_completed", False)],
        ["name", "symbol", *TOLD_ONCE],
        batch_size=500,
    )
    return found


def _owners(identities: Iterable[Identity]) -> dict[Identifier, Asset]:
    """Who owns which of these identifiers: one query a namespace."""
    values: dict[str, set[str]] = defaultdict(set)
    for identity in identities:
        for namespace, value in identity:
            values[namespace].add(value)
    owners: dict[Identifier, Asset] = {}
    for namespace, wanted in values.items():
        rows = AssetIdentifier.objects.filter(namespace=namespace, value__in=wanted).select_related("asset")
        assets: dict[int, Asset] = {asset.pk: asset for asset in owners.values()}
        for row in rows:
            owners[row.namespace, row.value] = assets.setdefault(row.asset_id, row.asset)
    return owners


def _make(
    strangers: list[AssetRef], owners: dict[Identifier, Asset], *, provider: str
) -> dict[Identity, Asset]:
    """Make the assets nobody knows yet; refs that share an identifier become one asset."""
    slugs = _free_slugs(strangers)
    made: dict[Identity, Asset] = {}
    for ref, slug in zip(strangers, slugs, strict=True):
        asset = next((owners[each] for each in ref.identifiers if each in owners), None)
        if asset is None:
            asset = Asset(
                kind=ref.kind,
                slug=slug,
                symbol=ref.symbol[:64],
                name=ref.name[:200],
                named_by=provider,
                fictional=ref.fictional,
                **{name: _plain(getattr(ref, name)) for name in TOLD_ONCE},
            )
        made[ref.identifiers] = asset
        owners |= dict.fromkeys(ref.identifiers, asset)
    new = list({id(asset): asset for asset in made.values() if asset.pk is None}.values())
    Asset.objects.bulk_create(new, batch_size=500)
    return made


def _free_slugs(refs: list[AssetRef]) -> list[str]:
    """A readable slug each; where one is taken, a few letters of the identity's hash follow it."""
    wished = [Asset.slug_for(ref.name or ref.symbol) for ref in refs]
    taken = set(Asset.objects.filter(slug__in=set(wished)).values_list("slug", flat=True))
    free = []
    for ref, slug in zip(refs, wished, strict=True):
        if slug in taken:
            identity = "\n".join(f"{namespace}:{value}" for namespace, value in ref.identifiers)
            slug = f"{slug}-{hashlib.sha256(identity.encode()).hexdigest()[:10]}"
        taken.add(slug)
        free.append(slug)
    return free


def _complete(asset: Asset, ref: AssetRef, *, provider: str) -> None:
    changes = {name: _plain(getattr(ref, name)) for name in TOLD_ONCE if not getattr(asset, name)}
    for name, limit in (("name", 200), ("symbol", 64)):
        told = getattr(ref, name)[:limit]
        if told and (asset.named_by == provider or not getattr(asset, name)):
            changes[name] = told
    for name, value in changes.items():
        if value and getattr(asset, name) != value:
            setattr(asset, name, value)
            asset._completed = True  # type: ignore[attr-defined]


def _add_identifiers(found: dict[Identity, Asset], owners: dict[Identifier, Asset]) -> None:
    """Learn new names of known assets. A name that another asset holds already stays where it is."""
    stored = set(
        AssetIdentifier.objects.filter(asset__in=set(found.values())).values_list("namespace", "value")
    )
    missing = {
        identifier: asset
        for identity, asset in found.items()
        for identifier in identity
        if identifier not in stored and owners.get(identifier, asset) is asset
    }
    AssetIdentifier.objects.bulk_create(
        (
            AssetIdentifier(asset=asset, namespace=namespace, value=value)
            for (namespace, value), asset in missing.items()
        ),
        batch_size=500,
    )


def _plain(value: object) -> object:
    """As the model stores it: a tuple of tags is a list in JSON."""
    return list(value) if isinstance(value, tuple) else value
