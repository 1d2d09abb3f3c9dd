"""Latest events of one asset, as its page lists them: the last word about each, as the score takes it."""

from typing import Any

import pandas as pd

from assets.metrics.precedence import last_words
from assets.models import Asset, FactRow
from assets.services.reading.known_by import KnownBy
from assets.services.reading.rows import read_columns


def event_key(model: type[FactRow]) -> tuple[str, ...]:
    """The columns that tell the events of this model apart, whatever was reported of them."""
    return ("asset_id", *model.row.key)


def latest_events(model: type[FactRow], asset: Asset, *, known: KnownBy, by: str, most: int) -> list[Any]:
    """At most `most` events, the latest first `by` this field."""
    stored = model._default_manager.filter(known.rows(), asset=asset)
    key = event_key(model)
    columns = read_columns(stored.order_by("as_of", "id"), tuple(dict.fromkeys(("pk", by, *key))))
    events = last_words(pd.DataFrame(columns), keys=key).sort_values(by, kind="stable")
    row_ids = events["pk"].tail(most).tolist()[::-1]
    rows = stored.select_related("observation").in_bulk(row_ids)
    return [rows[each] for each in row_ids]
