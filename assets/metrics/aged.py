"""Aged fields: what only an answer knows that is older than its family may be, and than the main answer.

A family is as old as the answer whose word counts most; others fill in what that one does not know, however
old they are (`metrics.precedence`). What rests on such a field is as old as the field, not as the family.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.facts import Facts
from assets.metrics.family import Family
from assets.metrics.precedence import Resolution

WHOLE: Final = ""
"""In place of a field: all rows of the asset in this frame, known as a whole (`Family.children`)."""


def aged_fields(
    rows: pd.DataFrame,
    resolution: Resolution,
    columns: Sequence[str],
    *,
    family: Family,
    owner: str,
    kinds: "pd.Series[str]",
    now: datetime,
) -> pd.DataFrame | None:
    """The aged fields of a family's resolved rows, as `Facts.aged`; None where there are none.

    `rows` and `columns` are what was resolved; `kinds` is each asset's kind by its id. `owner` is the column
    that stands for the family's children.
    """
    limits = _oldest_by_kind(family, now=now)
    if family.place or not limits or not len(rows):
        return None
    oldest = kinds.reindex(rows["asset_id"]).map(limits).to_numpy("datetime64[us]")
    as_of = rows["as_of"].to_numpy("datetime64[us]")
    is_old = as_of < oldest
    if not is_old.any():
        return None
    places = {columns.index(name): (family.frame, name) for name in family.columns if name in columns}
    if family.children and owner in columns:
        places[columns.index(owner)] = (family.children.frame, WHOLE)
    source = resolution.source[:, [*places]]
    is_older = np.append(as_of, np.datetime64("NaT"))[source] < as_of[resolution.main][:, None]
    thing, field = np.nonzero(np.append(is_old, False)[source] & is_older)
    if not len(thing):
        return None
    giving = source[thing, field]
    frames, fields = (np.array(each, dtype=object)[field] for each in zip(*places.values(), strict=True))
    return pd.DataFrame(
        {
            "asset_id": rows["asset_id"].to_numpy()[giving],
            "frame": frames,
            "field": fields,
            "as_of": rows["as_of"].array[giving],
        }
    )


def without_aged(facts: Facts) -> Facts:
    """The assets with aged fields alone, as if nobody knew these fields."""
    mine = facts.among(facts.aged["asset_id"].unique())
    frames: dict[str, Any] = {}
    for (name, field), rows in facts.aged.groupby(["frame", "field"], sort=False):
        name, field = str(name), str(field)
        current = frames.get(name, getattr(mine, name))
        if field == WHOLE:
            frames[name] = current[~current["asset_id"].isin(rows["asset_id"])]
        else:
            is_aged = np.asarray(current.index.isin(rows["asset_id"]), dtype=np.bool_)
            frames[name] = current.assign(**{field: _masked(current[field], is_aged)})
    return replace(mine, **frames)


def _oldest_by_kind(family: Family, *, now: datetime) -> Mapping[str, np.datetime64]:
    limits: dict[str, timedelta] = {
        kind: limit for kind in family.kinds if (limit := family.limit(kind)) is not None
    }
    return {kind: np.datetime64((now - limit).replace(tzinfo=None), "us") for kind, limit in limits.items()}


def _masked(values: "pd.Series[Any]", is_aged: npt.NDArray[np.bool_]) -> "pd.Series[Any]":
    """What is not known is "" of a text, else the type's own "not known"."""
    return values.mask(is_aged, "") if values.dtype == "str" else values.mask(is_aged)
