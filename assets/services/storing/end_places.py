"""Ends of places: a pool or an order book that its provider no longer lists ends by the answer that lacks it.

The end is a row like any other, of the observation that says so: a later answer may list the place again, and
a past moment can be read as it was known.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max, Q

from assets.identity.venues import CURRENCY, is_currency_code, title_of
from assets.metrics.families import BOOKS, FAMILY_OF, POOLS
from assets.models import RESOLVED_MODEL_OF, AssetIdentifier, FactRow, Observation
from assets.services.storing.end_names import CONTRACTS, NameRow
from assets.sourcing.listings import Listed, PlacesListed

Place = tuple[str, ...]


def end_places(listed: Iterable[Listed], *, observation: Observation) -> list[int]:
    """End what this provider had of an asset and no longer lists; returns the assets concerned."""
    concerned = []
    for listing in listed:
        if not isinstance(listing, PlacesListed):
            continue
        name = AssetIdentifier.objects.valid().filter(
            namespace=listing.asset.identifiers[0][0], value=listing.asset.identifiers[0][1]
        )
        asset_id = name.values_list("asset_id", flat=True).first()
        if asset_id is not None:
            concerned += _end(
                listing.family,
                asset_id,
                _within(listing.within, asset_id),
                by=observation,
                of=observation.provider,
                listed=listing.places,
            )
    return concerned


def end_places_of(names: Iterable[NameRow], *, observation: Observation) -> list[int]:
    """End the pools of contracts and the books of codes that an asset has no longer, whoever lists them."""
    concerned = []
    for name in names:
        namespace, value = name.identifier
        if namespace.startswith(CONTRACTS):
            chain = namespace.removeprefix(CONTRACTS)
            concerned += _end(POOLS, name.asset_id, _within({"chain": chain}, name.asset_id), by=observation)
        elif is_currency_code(namespace):
            pairs = Q(pair=value) if "/" in value else Q(pair__startswith=f"{value}/")
            venue = title_of(namespace.removeprefix(CURRENCY))
            concerned += _end(BOOKS, name.asset_id, pairs & Q(venue=venue), by=observation)
    return concerned


def _within(narrowed: Mapping[str, str], asset_id: int) -> Q:
    """These places; pools that were stored without their chain are on the only one that the asset has had."""
    within = Q(**narrowed)
    if chain := narrowed.get("chain"):
        chains = AssetIdentifier.objects.filter(asset=asset_id, namespace__startswith=CONTRACTS)
        if {*chains.values_list("namespace", flat=True)} <= {CONTRACTS + chain}:
            within |= Q(chain="")
    return within


def _end(
    family: str,
    asset_id: int,
    within: Q,
    *,
    by: Observation,
    of: str = "",
    listed: Iterable[Place] = (),
) -> list[int]:
    """Append an end to each living place of the asset that is not listed."""
    model, place = RESOLVED_MODEL_OF[family], FAMILY_OF[family].place
    rows = model._default_manager.filter(within, asset=asset_id, known_at__lt=by.known_at)
    living = [row for row in _newest(rows.filter(provider=of) if of else rows, place) if not row.ended]
    kept = {*listed}
    gone = [row for row in living if tuple(getattr(row, name) for name in place) not in kept]
    model._default_manager.bulk_create(_end_of(row, by=by) for row in gone)
    return [asset_id] if gone else []


def _newest(rows: Any, place: tuple[str, ...]) -> list[Any]:
    """Of each place the row that was learnt last, by whomever."""
    last = rows.order_by().values(*place).annotate(last=Max("known_at"))
    moments = {tuple(each[name] for name in place): each["last"] for each in last}
    newest = {}
    for row in rows.filter(known_at__in={*moments.values()}).order_by("pk"):
        key = tuple(getattr(row, name) for name in place)
        if row.known_at == moments[key]:
            newest[key] = row
    return list(newest.values())


def _end_of(row: Any, *, by: Observation) -> FactRow:
    """A row that says nothing of the place but which one it is and that it has ended."""
    kept = {
        name: getattr(row, name)
        for name in ("address", "chain", "dex", "venue", "pair")
        if hasattr(row, name)
    }
    end: FactRow = type(row)(
        **kept,
        asset_id=row.asset_id,
        observation=by,
        provider=by.provider,
        as_of=by.known_at,
        known_at=by.known_at,
        ended=True,
    )
    return end
