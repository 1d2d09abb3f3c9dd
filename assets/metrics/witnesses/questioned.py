"""Questioned figures: those that a witness contradicts, taken out of the facts with the reason kept.

Done once, where facts have been resolved, so that criteria, columns, filters, tiers and exports all see
"not known" by the same way.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from assets.metrics.facts import MANY_ROWS_AN_ASSET, MEASURES_FRAME, ONE_ROW_AN_ASSET, Facts, frame, typed
from assets.metrics.ruled import BEHIND, unsettled
from assets.metrics.witnesses import WITNESSES
from assets.metrics.witnesses.witness import Doubt, Witness

PLACES: Final = {
    "pools": ("address",),
    "books": ("venue", "pair"),
    "candles": ("opened_at",),
    "positions": ("holder_type",),
    "unlocks": ("unlock_at",),
}
"""What tells the rows of an asset apart, in frames that have several."""


RULED: Final = ("asset_id", "frame", "field")
"""Fields that a person has decided: columns of the frame `ruled`."""


def questioned(
    facts: Facts,
    *,
    witnesses: Sequence[Witness] = WITNESSES,
    ruled: pd.DataFrame | None = None,
    heard: pd.DataFrame | None = None,
) -> Facts:
    """The same facts without the figures that these witnesses contradict; `questions` has both values.

    `ruled` has the fields that a person has told whatever others say, as `RULED`; `heard` the questions that
    a person has settled, as `ruled.HEARD`.
    """
    doubts = [(each, doubt) for each in witnesses for doubt in each.doubts(facts) if len(doubt.rows)]
    if not doubts:
        return facts
    decided = _decided(ruled)
    told = ((witness, _rows(facts, witness.id, doubt)) for witness, doubt in doubts)
    asked = pd.concat(
        [_unanswered(rows, decided, heard) if witness.yields else rows for witness, rows in told]
    )
    asked = asked[asked["asset_id"].isin(facts.asset_ids) & asked["value"].notna()]
    asked = asked.sort_values(["asset_id", "frame", "row", "field"], kind="stable").reset_index(drop=True)
    return _masked(replace(facts, questions=asked), asked)


def believed(facts: Facts) -> Facts:
    """The questioned assets alone, with their questioned figures as if nobody had contradicted them."""
    return restored(facts).among(facts.questions["asset_id"].unique())


def restored(facts: Facts) -> Facts:
    """The same facts before anything was questioned."""
    frames: dict[str, Any] = _written(facts, facts.questions, lambda of_field: of_field["value"].to_numpy())
    return replace(facts, **frames, questions=frame("questions", ()))


def _masked(facts: Facts, asked: pd.DataFrame) -> Facts:
    frames: dict[str, Any] = _written(facts, asked, lambda _of_field: np.nan)
    return replace(facts, **frames)


def _written(
    facts: Facts, asked: pd.DataFrame, values: Callable[[pd.DataFrame], Any]
) -> dict[str, pd.DataFrame]:
    """The frames that are asked about, with these values in place of what is asked about."""
    frames: dict[str, pd.DataFrame] = {}
    for name in (each for each in asked["frame"].unique() if each != MEASURES_FRAME):
        frames[name] = getattr(facts, name).copy()
        rows = asked[asked["frame"] == name]
        for field in rows["field"].unique():
            of_field = rows[rows["field"] == field]
            place: Any = frames[name].columns.get_loc(field)
            frames[name].iloc[of_field["row"].to_numpy(), place] = values(of_field)
    return frames


def _decided(ruled: pd.DataFrame | None) -> pd.MultiIndex:
    """What a person has decided, the measures that rest on it included."""
    fields = pd.DataFrame(columns=[*RULED]) if ruled is None else ruled[[*RULED]]
    of_supply = fields[fields["frame"] == "supply"]
    measures = [
        of_supply[of_supply["field"].isin(behind)].assign(frame=MEASURES_FRAME, field=measure)
        for measure, behind in BEHIND.items()
    ]
    return pd.MultiIndex.from_frame(pd.concat([fields, *measures]))


def _unanswered(asked: pd.DataFrame, decided: pd.MultiIndex, heard: pd.DataFrame | None) -> pd.DataFrame:
    """Without what a person has answered."""
    if len(decided):
        asked = asked[~pd.MultiIndex.from_frame(asked[[*RULED]]).isin(decided)]
    return asked if heard is None else unsettled(asked, heard)


def _rows(facts: Facts, witness: str, doubt: Doubt) -> pd.DataFrame:
    if doubt.frame == MEASURES_FRAME:
        asset_ids, values = facts.asset_ids[doubt.rows], doubt.values
        place = [""] * len(doubt.rows)
    else:
        rows = getattr(facts, doubt.frame).iloc[doubt.rows]
        asset_ids = rows.index if doubt.frame in ONE_ROW_AN_ASSET else rows["asset_id"]
        values, place = rows[doubt.field], _places(rows, PLACES.get(doubt.frame, ()))
    columns = {
        "asset_id": np.asarray(asset_ids),
        "row": doubt.rows,
        "place": place,
        "value": np.asarray(values, dtype=np.float64),
        "against": doubt.against,
    }
    told = pd.DataFrame(columns).assign(frame=doubt.frame, field=doubt.field, witness=witness)
    return typed("questions", told[[*MANY_ROWS_AN_ASSET["questions"]]])


def _places(rows: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """The place of each row as one text; a moment by its day."""
    parts = [
        rows[name].dt.strftime("%Y-%m-%d") if rows[name].dtype.kind == "M" else rows[name] for name in names
    ]
    return [" ".join(each) for each in zip(*parts, strict=True)] if parts else [""] * len(rows)
