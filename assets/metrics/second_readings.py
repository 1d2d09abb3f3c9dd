"""Second readings: what another node of the same chain says of a figure whose first word counts.

Two nodes read the same chain, so that their figures can differ by what happened between both readings alone.
Of powers, which are words, whoever reports one is believed (`metrics.denials`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Mask
from assets.metrics.families import POOLS, SUPPLY
from assets.metrics.family import Family
from assets.metrics.precedence import NOBODY, TOLERANCES, Resolution

ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """From which difference on two nodes contradict each other, of readings so far apart at most.

    `difference` is a part of the first one, or of the whole where the figure `is_share`.
    """

    difference: float
    within: timedelta
    is_share: bool = False


OF_LP: Final = Tolerance(difference=0.02, within=timedelta(hours=2), is_share=True)
# Trades move reserves all the time: only readings of the same minutes can contradict. Our judgement.
OF_RESERVES: Final = Tolerance(difference=0.1, within=timedelta(minutes=10))

COMPARED: Final[Mapping[str, Mapping[str, Tolerance]]] = {
    SUPPLY: {"total": Tolerance(difference=TOLERANCES["total"], within=timedelta(hours=2))},
    POOLS: {
        **dict.fromkeys(("base_reserve", "quote_reserve"), OF_RESERVES),
        **dict.fromkeys(
            ("lp_burned_share", "lp_locked_share", "lp_free_share", "lp_largest_free_share"), OF_LP
        ),
    },
}
"""By family the figures that are compared. Limits are our judgement, of supply that of `TOLERANCES`."""


def second_readings(
    rows: pd.DataFrame,
    resolution: Resolution,
    *,
    family: Family,
    known: Mask,
    columns: Sequence[str],
    seconds: Mapping[str, str],
) -> pd.DataFrame | None:
    """Where another node contradicts the figure that counts, as the frame `second_readings`; None if nowhere.

    `rows`, `known` and `columns` are those that were resolved; `seconds` names by the provider that is a
    chain's second node the one that is its first.
    """
    compared = COMPARED.get(family.name, {})
    if not compared or not rows["provider"].isin([*seconds]).any():
        return None
    other_of = {**seconds, **{first: second for second, first in seconds.items()}}
    thing = ["asset_id", *family.place]
    newest = pd.MultiIndex.from_frame(rows[[*thing, "provider"]].iloc[resolution.newest])
    found = []
    for field, tolerance in ((each, compared[each]) for each in columns if each in compared):
        column = columns.index(field)
        place = resolution.source[:, column]
        counts = rows.iloc[place[place != NOBODY]]
        asked = counts[thing].assign(provider=counts["provider"].map(other_of))
        at = newest.get_indexer(pd.MultiIndex.from_frame(asked))
        counts, others = counts.iloc[at >= 0], resolution.newest[at[at >= 0]]
        other = rows.iloc[others]
        holds = known[others, column] & _contradicts(counts, other, field, tolerance)
        found.append(
            pd.DataFrame(
                {
                    "asset_id": counts["asset_id"].to_numpy()[holds],
                    "frame": family.frame,
                    "place": counts["address"].to_numpy()[holds] if family.place else "",
                    "field": field,
                    "against": other[field].to_numpy(dtype=np.float64)[holds],
                }
            )
        )
    found = [each for each in found if len(each)]
    return pd.concat(found, ignore_index=True) if found else None


def _contradicts(counts: pd.DataFrame, other: pd.DataFrame, field: str, tolerance: Tolerance) -> Mask:
    first, second = (each[field].to_numpy(dtype=np.float64) for each in (counts, other))
    moments = (each["as_of"].to_numpy("datetime64[us]") for each in (counts, other))
    apart = np.abs(np.subtract(*moments))
    limit = tolerance.difference * (np.ones(len(first)) if tolerance.is_share else np.abs(first))
    is_far = np.abs(first - second) > limit + ROUNDING
    return np.asarray(is_far & (apart <= np.timedelta64(tolerance.within)), dtype=np.bool_)
