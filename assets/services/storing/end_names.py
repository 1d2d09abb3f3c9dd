"""Ends of names: what a register no longer lists, has replaced or has given to another asset.

A name ends at the moment of the answer that says so; the row stays, and facts known under it stay history.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from django.db.models import F

from assets.identity.leases import is_lease
from assets.identity.tickers import is_ticker, only_finds
from assets.identity.venues import is_currency_code
from assets.models import AssetIdentifier
from assets.services.reading.rows import Among, AmongPairs
from assets.sourcing.listings import Listed, NamesListed
from assets.sourcing.rows import AssetRef, Identifier

log = structlog.get_logger(__name__)

CONTRACTS: Final = "address:"
A_PERSONS: Final = "analyst"
FEW: Final = 1_000
MOST_SHARE: Final = 0.1
"""Of a register of many names no tenth vanishes in an answer: such a list is not believed (our judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A valid name as it is stored."""

    pk: int
    asset_id: int
    identifier: Identifier
    provider: str


def end_names(
    refs: Collection[AssetRef], listed: Iterable[Listed], *, provider: str, known_at: datetime
) -> list[NameRow]:
    """End the names that these answers contradict; returns what has ended. For the caller's transaction."""
    ended = _no_longer_listed(listed)
    complete = [ref for ref in refs if ref.complete]
    if complete:
        ended += _of_known_assets(complete, provider=provider)
    codes = [ref for ref in refs if _gives_codes(ref)]
    if codes:
        ended += _given_to_another(codes, provider=provider)
    rows = {each.pk: each for each in ended}
    if rows:
        AssetIdentifier.objects.filter(pk__among=sorted(rows)).update(valid_until=known_at)
        log.info("names_ended", provider=provider, names=len(rows))
    return list(rows.values())


def _gives_codes(ref: AssetRef) -> bool:
    """Whether it says whose a code is; one that is found by codes itself uses them and gives none."""
    names = ref.identifiers
    if len(names) == 1 or only_finds(names[0][0]):
        return False
    return any(is_lease(namespace) for namespace, _value in names[1:])


def _no_longer_listed(listed: Iterable[Listed]) -> list[NameRow]:
    found = []
    for listing in listed:
        if not isinstance(listing, NamesListed) or not listing.values:
            continue
        known = [
            each
            for each in _rows(namespace=listing.namespace)
            if not (is_lease(listing.namespace) and each.provider == A_PERSONS)
        ]
        gone = [each for each in known if each.identifier[1].partition("/")[0] not in listing.values]
        if len(known) >= FEW and len(gone) > MOST_SHARE * len(known):
            log.warning("listing_not_believed", namespace=listing.namespace, known=len(known), gone=len(gone))
            continue
        found += gone
    return found


def _finding(ref: AssetRef) -> tuple[Identifier, ...]:
    """The names by which the teller knows whom it speaks of: the first one, or any that can only find."""
    return ref.identifiers if only_finds(ref.identifiers[0][0]) else ref.identifiers[:1]


def _of_known_assets(refs: Collection[AssetRef], *, provider: str) -> list[NameRow]:
    """What a register no longer says of its own coins; whose word a name is becomes the register's."""
    owners = _owners({name for ref in refs for name in _finding(ref)})
    by_asset: dict[int, list[NameRow]] = defaultdict(list)
    for row in _rows(asset_id__among=sorted({*owners.values()})):
        by_asset[row.asset_id].append(row)
    ended, confirmed = [], []
    for ref in refs:
        told, asset_id = (
            {*ref.identifiers},
            next((owners[each] for each in _finding(ref) if each in owners), None),
        )
        chains = {namespace for namespace, _value in told}
        for row in by_asset[asset_id] if asset_id else ():
            namespace = row.identifier[0]
            if not namespace.startswith(ref.complete):
                continue
            if row.identifier in told:
                confirmed += [row.pk] if row.provider != provider else []
            elif row.provider == provider or (namespace.startswith(CONTRACTS) and namespace in chains):
                ended.append(row)
    AssetIdentifier.objects.filter(pk__among=confirmed).update(provider=provider)
    return ended


def _given_to_another(refs: Collection[AssetRef], *, provider: str) -> list[NameRow]:
    """Codes of exchanges that the teller, who gave them to one coin, now gives to another; and tickers, of
    which two hosts of one register tell."""
    codes = {name for ref in refs for name in ref.identifiers[1:] if is_lease(name[0])}
    holders = {
        row.identifier: row
        for row in _among(codes)
        if row.provider in {provider, ""} or (is_ticker(row.identifier[0]) and row.provider != A_PERSONS)
    }
    owners = _owners({ref.identifiers[0] for ref in refs})
    are_coins = _are_coins({row.asset_id for row in holders.values()})
    return [
        row
        for ref in refs
        for name in ref.identifiers[1:]
        if (row := holders.get(name))
        and row.asset_id in are_coins
        and row.asset_id != owners.get(ref.identifiers[0])
    ]


def _are_coins(asset_ids: Collection[int]) -> set[int]:
    """Those that are known by more than codes: the others are merged with the coin that a code is said of."""
    rows = _rows(asset_id__among=sorted(asset_ids)) if asset_ids else ()
    return {row.asset_id for row in rows if not is_currency_code(row.identifier[0])}


def _owners(names: Collection[Identifier]) -> Mapping[Identifier, int]:
    return {row.identifier: row.asset_id for row in _among(names)}


def _among(names: Collection[Identifier]) -> list[NameRow]:
    return _rows(AmongPairs("namespace", "value", names))


def _rows(*conditions: object, **wanted: object) -> list[NameRow]:
    if "asset_id__among" in wanted:
        conditions = (*conditions, Among(F("asset_id"), wanted.pop("asset_id__among")))
    rows = AssetIdentifier.objects.valid().filter(*conditions, **wanted)
    return [
        NameRow(pk=pk, asset_id=asset_id, identifier=(namespace, value), provider=provider)
        for pk, asset_id, namespace, value, provider in rows.values_list(
            "pk", "asset_id", "namespace", "value", "provider"
        )
    ]
