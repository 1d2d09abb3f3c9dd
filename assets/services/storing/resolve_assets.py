"""Entity resolution: find the asset a row is about by its identifiers, never by its symbol; create new ones.

Two assets that one row names are merged (`merge_assets`).
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, Final

from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from assets.identity.home import home_chain_of
from assets.identity.issuer_names import may_be_same_issuer
from assets.identity.leases import is_lease
from assets.identity.tickers import CUSIP, only_finds
from assets.models import Asset, AssetIdentifier, FormerSlug
from assets.services.reading.prepared import Given, Prepared
from assets.services.reading.rows import AmongPairs
from assets.services.storing.append import append_rows
from assets.services.storing.end_names import CONTRACTS
from assets.services.storing.mark_lookalikes import looks_of, mark_lookalikes
from assets.services.storing.merge_assets import merge_assets
from assets.services.storing.settle_homes import settle_homes
from assets.sourcing.rows import AssetRef, Identifier

Identity = tuple[Identifier, ...]

FILLED_WHEN_EMPTY: Final = ("chain", "venue", "sector", "tags", "links", "major")
"""Name and symbol are filled too, and follow a rename by the provider that gave them first."""

NAMELESS: Final = Asset.slug_for()
"""A name that nobody can see, or that has no Latin letter, makes no address; that of its contract does."""

LENGTHS: Final = {"name": 200, "symbol": 64}
DESCRIBED: Final = ("name", "symbol", "named_by", *FILLED_WHEN_EMPTY)

SELECTED: Final = tuple(name if name in {"tags", "links"} else f"asset__{name}" for name in DESCRIBED)
FILLING: Final = attrgetter(*FILLED_WHEN_EMPTY)
EMPTY: Final = ("", "[]", "{}", False)

Described = dict[str, Any]
"""What is stored of an asset, by field."""


def resolve_assets(
    refs: Iterable[AssetRef],
    *,
    provider: str,
    known_at: datetime | None = None,
    said_at: datetime | None = None,
    ended: Collection[int] = (),
) -> dict[Identity, int]:
    """Return the id of the asset behind each identity, made or completed as needed; not of one that is
    to be found alone, by its names or by word, and is not.

    Names mean whom they meant when they were said (`said_at`; now where nothing is given). `ended` are assets
    of which a name has just ended. Meant for the caller's transaction: two processes that make the same asset
    at once collide on the identifier, the loser's transaction fails and finds the asset on its next try.
    """
    known_at = known_at or timezone.now()
    by_identity = {ref.identifiers: ref for ref in refs}
    owners, former, stored = _owners(by_identity, said_at)
    meant = {identity: _meant(ref, owners, former) for identity, ref in by_identity.items()}
    is_merged = merge_assets(meant.values(), owners, provider=provider, known_at=known_at)
    if is_merged:
        owners, former, stored = _owners(by_identity, said_at)
    found: dict[Identity, int] = {}
    strangers: list[AssetRef] = []
    changed: dict[int, Described] = {}
    for identity, ref in by_identity.items():
        owner = _owner(meant[identity], owners, former)
        if owner is None:
            if not (ref.if_known or all(only_finds(namespace) for namespace, _value in identity)):
                strangers.append(replace(ref, identifiers=meant[identity]))
            continue
        if _is_another(ref, stored[owner], meant[identity], owners):
            continue
        found[identity] = owner
        if changes := _completed(stored[owner], ref, provider=provider):
            stored[owner] |= changes
            changed.setdefault(owner, {}).update(changes)
    made = _make(strangers, provider=provider)
    found |= {
        identity: made[names] for identity, names in meant.items() if names in made and identity not in found
    }
    new = _add_identifiers(
        {meant[identity]: asset_id for identity, asset_id in found.items()},
        owners,
        provider=provider,
        known_at=known_at,
    )
    _save(changed, stored)
    if not all(ref.fictional for ref in by_identity.values()):
        named = {
            asset_id for asset_id, changes in changed.items() if {"name", "symbol", "major"} & {*changes}
        }
        mark_lookalikes({*ended, *made.values(), *named, *new.values()})
    moved = {asset_id for name, asset_id in new.items() if _is_contract(name)} - {*made.values()}
    if is_merged:
        moved |= {asset_id for identity, asset_id in found.items() if len(identity) > 1}
    homes = {found[identity]: ref.home for identity, ref in by_identity.items() if ref.home}
    settle_homes({*ended, *moved}, homes=homes, known_at=known_at)
    return found


def _meant(ref: AssetRef, owners: Mapping[Identifier, int], former: Mapping[Identifier, int]) -> Identity:
    """Without contracts that are an asset's no longer; what is said of such a one is said of it alone.

    Only the register that names all contracts of its coin may go back to an earlier one.
    """
    identity, subject = ref.identifiers, ref.identifiers[0]
    if CONTRACTS in ref.complete or not former:
        return identity
    if subject not in former or subject in owners:
        return tuple(
            each for each in identity if not (each in former and each not in owners and _is_contract(each))
        )
    return (subject,) if _is_contract(subject) or is_lease(subject[0]) else identity


def _owner(names: Identity, owners: Mapping[Identifier, int], former: Mapping[Identifier, int]) -> int | None:
    """Whose names these are. A register's own id that had ended and is listed again is whose it was."""
    for each in names:
        if each in owners:
            return owners[each]
    is_registers_own = not (_is_contract(names[0]) or is_lease(names[0][0]))
    return former.get(names[0]) if is_registers_own else None


def _is_another(
    ref: AssetRef, stored: Mapping[str, Any], names: Identity, owners: Mapping[Identifier, int]
) -> bool:
    """Whether who is called otherwise was found by nothing but a ticker, which has another owner now."""
    by_issue = any(each[0] == CUSIP and each in owners for each in names)
    return bool(ref.called) and not by_issue and not may_be_same_issuer(ref.called, stored["name"])


def _is_meant(said_at: Given | None) -> Q:
    """Which names are meant by what was said at this moment: those of now, and those that were valid then."""
    of_now = Q(valid_until=None)
    if said_at is None:
        return of_now
    begun = Q(valid_from=None) | Q(valid_from__lte=said_at)
    return of_now | (begun & Q(valid_until__gt=said_at))


def _is_contract(identifier: Identifier) -> bool:
    return identifier[0].startswith(CONTRACTS)


def _owners(
    identities: Iterable[Identity], said_at: datetime | None
) -> tuple[dict[Identifier, int], dict[Identifier, int], dict[int, Described]]:
    """Who owns which of these identifiers, who last owned one that has ended, and what is stored of them."""
    wanted = {identifier for identity in identities for identifier in identity}
    rows = _names_and_owners(is_of_now=said_at is None).ask(names=wanted, said_at=said_at)
    of_now_first = sorted(rows, key=_of_now_first, reverse=True)
    owners: dict[Identifier, int] = {}
    former: dict[Identifier, int] = {}
    stored: dict[int, Described] = {}
    for _until, _pk, namespace, value, asset_id, is_meant, *described in of_now_first:
        if is_meant:
            owners[namespace, value] = asset_id
        else:
            former.setdefault((namespace, value), asset_id)
        if asset_id not in stored:
            stored[asset_id] = dict(zip(DESCRIBED, described, strict=True))
    return owners, former, stored


@cache
def _names_and_owners(*, is_of_now: bool) -> Prepared:
    """Of `names` whose they are, whether they were meant `said_at` a moment, and what is stored of those.

    Of lists it only matters whether they are empty: as text they need not be decoded.
    """
    said_at = None if is_of_now else Given("said_at", DateTimeField())
    rows = AssetIdentifier.objects.filter(AmongPairs("namespace", "value", Given("names"))).annotate(
        is_meant=ExpressionWrapper(_is_meant(said_at), BooleanField()),
        tags=Cast("asset__tags", TextField()),
        links=Cast("asset__links", TextField()),
    )
    columns = ("valid_until", "pk", "namespace", "value", "asset_id", "is_meant", *SELECTED)
    return Prepared(rows.order_by().values_list(*columns))


def _of_now_first(row: tuple[Any, ...]) -> tuple[bool, Any, int]:
    """Those that are valid, then the one that ended last; the newest of several.

    To plan this order costs the database's client as much as to read the rows of a page.
    """
    valid_until, pk, *_others = row
    return valid_until is None, valid_until, pk


def _completed(stored: Mapping[str, Any], ref: AssetRef, *, provider: str) -> Described:
    """What this ref has that is not stored yet."""
    changes = {
        name: _plain(value)
        for name, value in zip(FILLED_WHEN_EMPTY, FILLING(ref), strict=True)
        if value and stored[name] in EMPTY
    }
    for name, length in LENGTHS.items():
        text, known = getattr(ref, name), stored[name]
        if (
            text != known
            and text[:length] not in ("", known)
            and (not known or stored["named_by"] == provider)
        ):
            changes[name] = text[:length]
    if ref.fallback_name and not (stored["name"] or "name" in changes):
        changes["name"] = ref.fallback_name[: LENGTHS["name"]]
    return changes


def _make(strangers: list[AssetRef], *, provider: str) -> dict[Identity, int]:
    """Make the assets nobody knows yet; refs that share an identifier become one asset."""
    strangers = [replace(each, name=each.name or each.fallback_name) for each in strangers]
    slugs = _free_slugs(strangers)
    first: dict[Identifier, Asset] = {}
    made: dict[Identity, Asset] = {}
    for ref, slug in zip(strangers, slugs, strict=True):
        asset = next((first[each] for each in ref.identifiers if each in first), None)
        if asset is None:
            asset = Asset(
                kind=ref.kind,
                slug=slug,
                symbol=ref.symbol[:64],
                name=ref.name[:200],
                named_by=provider,
                fictional=ref.fictional,
                **looks_of(ref),
                **{name: _plain(getattr(ref, name)) for name in FILLED_WHEN_EMPTY} | {"chain": _home_of(ref)},
            )
        made[ref.identifiers] = asset
        first |= dict.fromkeys(ref.identifiers, asset)
    new = list({id(asset): asset for asset in made.values()}.values())
    Asset.objects.bulk_create(new, batch_size=500)
    return {identity: asset.pk for identity, asset in made.items()}


def _home_of(ref: AssetRef) -> str:
    """The home among the contracts that are named; else the chain that is said."""
    chains = [each[0].removeprefix(CONTRACTS) for each in ref.identifiers if _is_contract(each)]
    return ref.home or home_chain_of(chains) or ref.chain


def _free_slugs(refs: list[AssetRef]) -> list[str]:
    """A readable slug each; where one is taken, a few letters of the identity's hash follow it."""
    if not refs:
        return []
    wished = [Asset.slug_for(ref.name or ref.symbol) for ref in refs]
    wished = [
        Asset.slug_for(ref.identifiers[0][1]) if slug == NAMELESS else slug
        for ref, slug in zip(refs, wished, strict=True)
    ]
    taken = {
        slug
        for model in (Asset, FormerSlug)
        for slug in model._default_manager.filter(slug__in=set(wished)).values_list("slug", flat=True)
    }
    free = []
    for ref, slug in zip(refs, wished, strict=True):
        if slug in taken:
            identity = "\n".join(f"{namespace}:{value}" for namespace, value in ref.identifiers)
            slug = f"{slug}-{hashlib.sha256(identity.encode()).hexdigest()[:10]}"
        taken.add(slug)
        free.append(slug)
    return free


def _add_identifiers(
    found: Mapping[Identity, int], owners: dict[Identifier, int], *, provider: str, known_at: datetime
) -> dict[Identifier, int]:
    """Learn new names of known assets. A name that another asset holds already stays where it is."""
    new: dict[Identifier, int] = {}
    for identity, asset_id in found.items():
        for identifier in identity:
            if identifier not in owners:
                new.setdefault(identifier, asset_id)
    append_rows(
        AssetIdentifier,
        ("asset_id", "namespace", "value", "provider", "valid_from"),
        ((asset_id, namespace, value, provider, known_at) for (namespace, value), asset_id in new.items()),
    )
    return new


def _save(changed: Mapping[int, Described], stored: Mapping[int, Described]) -> None:
    if not changed:
        return
    assets = Asset.objects.in_bulk(changed)
    for asset_id, asset in assets.items():
        for name, value in changed[asset_id].items():
            setattr(asset, name, value)
    Asset.objects.bulk_update(assets.values(), ["name", "symbol", *FILLED_WHEN_EMPTY], batch_size=500)


def _plain(value: object) -> object:
    """As the model stores it: a tuple of tags is a list in JSON."""
    return list(value) if isinstance(value, tuple) else value
