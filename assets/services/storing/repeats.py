"""Repeats: rows that say again, word for word, what the row before them said of the same moment.

`only_new` stores none. Earlier versions did, with each answer: of moments ahead of the answer, and on SQLite
of amounts with more than fifteen digits.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.db.models import Count, F, QuerySet

from assets.models import FactRow
from assets.providers import in_parts
from assets.services.reading.rows import Among
from assets.services.reading.validity import contracts_since
from assets.services.storing.known_rows import content_of
from assets.services.storing.row_tables import CHILDREN_OF

ENDED: Final = "ended"


class Repeat(NamedTuple):
    """A row that nothing would miss but what cites its observation."""

    pk: int
    asset_id: int
    observation_id: int


def repeats_of(model: type[FactRow], asset_ids: Sequence[int], *, now: datetime) -> Iterator[Repeat]:
    """Repeats of these assets, those of one asset together, but for the last of each row: that is what counts
    now, as the first says since when it was known.

    Where it matters when a row was told again, none is given: where a person could take it back, another
    contract came to speak for the asset, or a place of it has ended.
    """
    moved = contracts_since(asset_ids, now)
    rows = model._default_manager.filter(
        Among(F("asset_id"), [each for each in asset_ids if each not in moved])
    )
    rows = rows.exclude(provider__in=in_parts())
    if any(field.name == ENDED for field in model._meta.fields):
        rows = rows.exclude(asset__in=rows.order_by().filter(**{ENDED: True}).values("asset"))
    several = rows.order_by().values_list(*_key_of(model)).annotate(rows=Count("pk")).filter(rows__gt=2)
    keys = {tuple(each[:-1]) for each in several}
    for asset_id in sorted({each[0] for each in keys}):
        yield from _of_asset(model, rows.filter(asset=asset_id), keys)


def _key_of(model: type[FactRow]) -> tuple[str, ...]:
    """What rows have in common that say something of the same thing and moment."""
    return ("asset_id", "provider", "as_of", *model.row.key)


def _of_asset(
    model: type[FactRow], rows: "QuerySet[FactRow]", keys: set[tuple[Any, ...]]
) -> Iterator[Repeat]:
    names = _key_of(model)
    below = CHILDREN_OF.get(model.row)
    whole = rows.order_by(*names, "id").prefetch_related(*([below.field] if below else []))
    for key, of_key in groupby(whole, key=lambda row: tuple(getattr(row, name) for name in names)):
        if key not in keys:
            continue
        for _content, same in groupby(of_key, key=lambda row: content_of(model.row, row)):
            for row in [*same][1:-1]:
                yield Repeat(row.pk, row.asset_id, row.observation_id)
