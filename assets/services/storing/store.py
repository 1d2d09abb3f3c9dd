"""Idempotent insert of what a parser read: assets, rows of facts and what hangs below them.

Everything happens in the caller's transaction.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from assets.models import MODEL_OF, Observation, RequestLog
from assets.services.reading.validity import asked_by_contract
from assets.services.storing.append import append_rows
from assets.services.storing.end_names import CONTRACTS, NameRow, end_names
from assets.services.storing.end_places import end_places, end_places_of
from assets.services.storing.follow_prices import follow_prices
from assets.services.storing.known_rows import Owned, only_new
from assets.services.storing.resolve_assets import resolve_assets
from assets.services.storing.row_tables import CHILDREN_OF, PLAIN_FIELDS, derived_of, said_in
from assets.services.storing.speak_for_assets import said_of_assets
from assets.sourcing.listings import Listed
from assets.sourcing.progress import STORING, report
from assets.sourcing.rows import ListingRow, Row

BATCH: Final = 500
REPORTED: Final = 5_000
"""So many rows are appended between two reports of how far it is."""


def store_rows(
    *,
    observation: Observation,
    rows: Sequence[Row],
    listed: Sequence[Listed] = (),
    said_at: datetime | None = None,
) -> tuple[int, list[int]]:
    """Append what is new, and end what `listed` no longer holds.

    Returns how many rows were added and the ids of all assets they speak of. An answer that is read again was
    `said_at` an earlier moment: its names mean whom they meant then, nothing ends by it, and what later ones
    have said of the same moments stands.

    A row that this provider has given before, of the same moment and with the same content,
    teaches nothing: a refresh brings months of candles and years of filings again.
    """
    refs = [*{row.asset.identifiers: row.asset for row in rows}.values()]
    provider, known_at = observation.provider, observation.known_at
    listed = () if said_at else listed
    ended = [] if said_at else end_names(refs, listed, provider=provider, known_at=known_at)
    ended += [] if said_at else follow_prices(rows, provider=provider, known_at=known_at)
    concerned = {each.asset_id for each in ended}
    _ask_again(ended)
    assets = resolve_assets(refs, provider=provider, known_at=known_at, said_at=said_at, ended=concerned)
    rows = [row for row in rows if row.asset.identifiers in assets]
    by_type: dict[type[Row], list[Owned]] = defaultdict(list)
    for row in said_of_assets(rows, assets, provider=provider):
        by_type[type(row)].append((assets[row.asset.identifiers], row))
    stored = 0
    for kind, batch in by_type.items():
        if kind is ListingRow:
            continue
        new = only_new(kind, batch, observation=observation, said_at=said_at)
        for start in range(0, len(new), REPORTED):
            report(STORING, stored, len(rows))
            some = new[start : start + REPORTED]
            stored += _append(kind, some, observation=observation)
    report(STORING, stored, len(rows))
    concerned |= {
        *end_places_of(ended, observation=observation),
        *end_places(listed, observation=observation),
    }
    return stored, sorted({*assets.values(), *concerned})


def _ask_again(ended: Sequence[NameRow]) -> None:
    """Who was asked by a contract that is the asset's no longer has not been asked about the asset."""
    moved = {each.asset_id for each in ended if each.identifier[0].startswith(CONTRACTS)}
    if moved:
        RequestLog.objects.filter(asset__in=moved, provider__in=asked_by_contract()).delete()


def _append(kind: type[Row], batch: Sequence[Owned], *, observation: Observation) -> int:
    """Append the rows and, where a row brings them, the rows below it."""
    names = PLAIN_FIELDS[kind]
    provenance = (observation.pk, observation.provider, observation.known_at)
    derived = derived_of(batch[0][1]) if batch else {}
    columns = ("observation_id", "provider", "known_at", "asset_id", "as_of", *names, *derived)
    said = said_in(names)
    rows = [
        (*provenance, asset_id, row.as_of, *said(row), *(derived_of(row).values() if derived else ()))
        for asset_id, row in batch
    ]
    if kind not in CHILDREN_OF:
        append_rows(MODEL_OF[kind], columns, rows)
        return len(rows)
    below = CHILDREN_OF[kind]
    parents = MODEL_OF[kind]._default_manager.bulk_create(
        (MODEL_OF[kind](**dict(zip(columns, row, strict=True))) for row in rows), batch_size=BATCH
    )
    said_below = said_in(below.names)
    append_rows(
        below.model,
        (f"{below.parent}_id", *below.names),
        (
            (stored.pk, *said_below(each))
            for (_asset_id, row), stored in zip(batch, parents, strict=True)
            for each in getattr(row, below.field) or ()
        ),
    )
    return len(rows)
