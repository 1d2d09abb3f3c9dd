"""Witness, doubt: a check of figures against other figures of the same asset, and what it found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import A_DAY, Column, Mask, Places
from assets.metrics.facts import MEASURES_FRAME, Facts
from assets.metrics.families import EQUITY, FAMILY_OF, TOKEN

EPOCH: Final = np.datetime64(0, "us")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Figures of one field that a witness contradicts.

    `rows` are places in the frame of facts of this name, `against` what the witness says of each of them
    in the field's unit (NaN where it only says that the value can't be). Where the frame is
    `MEASURES_FRAME`, no fact is wrong by itself but a measure made of them: `field` is its name, `rows` are
    places in the batch, and `values` what it comes to.
    """

    frame: str
    field: str
    rows: Places
    against: Column
    values: Column | None = None

    @classmethod
    def of_assets(cls, facts: Facts, frame: str, field: str, mask: Mask, against: Column) -> "Doubt":
        """Of a frame with one row an asset; mask and column stand in the order of the batch."""
        if not mask.any():
            return cls(frame=frame, field=field, rows=np.empty(0, dtype=np.intp), against=against[:0])
        rows = getattr(facts, frame).index.get_indexer(facts.asset_ids[mask])
        is_there = rows >= 0
        return cls(frame=frame, field=field, rows=rows[is_there], against=against[mask][is_there])

    @classmethod
    def of_measure(cls, field: str, mask: Mask, values: Column, against: Column) -> "Doubt":
        """Of a measure; mask and columns stand in the order of the batch."""
        return cls(
            frame=MEASURES_FRAME,
            field=field,
            rows=np.flatnonzero(mask),
            against=against[mask],
            values=values[mask],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One check. Scorecards keep its `id`; `reason` is a sentence for pages, translated there, in which
    `{value}` and `{against}` stand for both figures.

    `contradicts` looks at facts as they were resolved, none of them masked yet, so that the order of the
    witnesses changes nothing. What is not known contradicts nothing.

    `yields` to a person: what an analyst has looked up and told (`RULED`) is not questioned by it. A figure
    that is impossible by itself is questioned whoever tells it.

    `of` names the frames without which it contradicts nothing: where one of them has no row, as of most
    families of a few assets, it need not look.
    """

    id: str
    reason: str
    contradicts: Callable[[Facts], Iterable[Doubt]]
    yields: bool = True
    of: tuple[str, ...] = ()

    def doubts(self, facts: Facts) -> Iterable[Doubt]:
        """What it contradicts in these facts."""
        return self.contradicts(facts) if all(len(getattr(facts, each)) for each in self.of) else ()


def phrase(text: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return text


def days_of(moments: "pd.Series[pd.Timestamp]") -> Column:
    """Days since 1970-01-01 with their fractions; NaN where none is known."""
    since = moments.to_numpy("datetime64[us]") - EPOCH
    return np.asarray(since / A_DAY, dtype=np.float64)


def limit_days(facts: Facts, family: str) -> Column:
    """By asset how old a fact of this family may be: figures further apart are of different times."""
    limits = {kind: FAMILY_OF[family].limit(kind) or timedelta.max for kind in (TOKEN, EQUITY)}
    is_company = (facts.assets["kind"] == EQUITY).to_numpy(dtype=np.bool_)
    return np.where(is_company, limits[EQUITY].days, limits[TOKEN].days).astype(np.float64)


def of_one_time(value: Column, moments: Column, others: Column, *, within_days: Column | float) -> Column:
    """The value where both days are no further apart; NaN where they are, so that it contradicts nothing.

    What no provider dated (figures of a labelled set) is of the batch's own moment.
    """
    return np.where(np.abs(moments - others) > within_days, np.nan, value)


def differs(value: Column | float, other: Column | float, *, factor: Column | float) -> Mask:
    """Whether the larger of two is more than `factor` times the smaller; not where one is not known."""
    return np.asarray(_times(value, other) > factor, dtype=np.bool_)


def agrees(value: Column | float, other: Column | float, *, factor: float) -> Mask:
    """Whether both are known and no further apart than this."""
    return np.asarray(_times(value, other) <= factor, dtype=np.bool_)


def _times(value: Column | float, other: Column | float) -> Column:
    """How many times the smaller the larger is; NaN where either is not known."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.asarray(np.maximum(value / other, other / value), dtype=np.float64)
