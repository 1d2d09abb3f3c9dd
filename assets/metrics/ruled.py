"""Ruling: a person's decision between the values of a questioned figure, and for which facts it stands. Pure.

A ruling is about the values that were on the table, and holds while these stay: as long as the answers state
what was seen then, within the tolerance of the field, and each witness says what it said then. Another value,
another period or another witness is a new fact, and the figure is judged without the ruling.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.columns import Mask
from assets.metrics.facts import MEASURES_FRAME
from assets.metrics.family import Family
from assets.metrics.precedence import NOBODY, TOLERANCES, Resolution, resolve

BEHIND: Final[Mapping[str, tuple[str, ...]]] = {
    "market_cap_usd": ("circulating",),
    "fully_diluted_usd": ("maximum", "total"),
    "float_share": ("circulating", "maximum", "total"),
}
"""Measures that are questioned by themselves: the figures of the supply by which a person decides them."""
IN_PROPORTION: Final = frozenset({"market_cap_usd", "fully_diluted_usd"})
"""Those that grow with the figure of the supply behind them."""
USUAL_TOLERANCE: Final = 0.02
HEARD_FACTOR: Final = 2.0
"""A witness says the same as long as it moves by less than this: its own figures move from day to day, and
those that question are as coarse (`CAP_FACTOR`; our judgement)."""
HEARD: Final = ("asset_id", "frame", "field", "witness", "ruled", "says")
"""Columns of the frame `heard`: the questions that rulings have settled, and what each witness said then."""

Question = tuple[str, str, str]
"""Frame, field and witness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledFigure:
    """`seen`: what the answers and the witnesses said of the field; `heard`: by question what the witness
    said, in the field's unit where it is in proportion to it, None where only that the value can't be."""

    observation_id: int
    field: str
    seen: tuple[float, ...]
    heard: Mapping[Question, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What rulings make of rows, which are named by their places.

    `counts`: not the rows of rulings that have lapsed or that an answer repeats. `as_of`: a ruling that
    gives a value competes like the answer that it overrules, however often that one is repeated. `holding`:
    of each ruling that holds the place of its row. `weighed`: the rows that rulings were held against.
    """

    counts: Mask
    as_of: "pd.Series[Any]"
    holding: Mapping[int, RuledFigure]
    weighed: npt.NDArray[np.intp]


def standing(
    rows: pd.DataFrame,
    rulings: Collection[RuledFigure],
    *,
    family: Family,
    providers: Sequence[str],
    known: Mask,
    denied: Mask,
    columns: Sequence[str],
    in_parts: Collection[str] = (),
    stand_ins: Collection[str] = (),
) -> Standing:
    """Which of these rulings hold, by what would count without any.

    `rows` has what `precedence.resolve` takes, `observation_id` and, as numbers, the fields that are ruled.
    """
    if not rulings:
        every = np.ones(len(rows), dtype=np.bool_)
        return Standing(counts=every, as_of=rows["as_of"], holding={}, weighed=np.empty(0, dtype=np.intp))
    of_observation = {each.observation_id: each for each in rulings}
    observations = rows["observation_id"].tolist()
    ruled = {place: of_observation[each] for place, each in enumerate(observations) if each in of_observation}
    counts, as_of = np.ones(len(rows), dtype=np.bool_), rows["as_of"].copy()
    counts[[*ruled]] = False
    concerned = rows["asset_id"].isin(rows["asset_id"].iloc[[*ruled]]).to_numpy(np.bool_)
    others = np.flatnonzero(concerned & counts)
    without = resolve(
        rows.iloc[others].reset_index(drop=True),
        family=family,
        providers=providers,
        known=known[others],
        denied=denied[others],
        columns=columns,
        in_parts=in_parts,
        stand_ins=stand_ins,
    )
    holding, weighed = dict[int, RuledFigure](), [others[without.main]]
    for place, ruling in _last_words(rows, ruled).items():
        main, source = _without(rows, place, ruling.field, others, without, columns)
        if main != NOBODY and _of_another_basis(rows, place, main, family):
            continue
        if source != NOBODY:
            weighed.append(np.array([source]))
            tolerance = TOLERANCES.get(ruling.field, USUAL_TOLERANCE)
            stated, value = (float(rows[ruling.field].iloc[each]) for each in (source, place))
            repeats = near(stated, value, tolerance)
            if not repeats and not any(near(stated, each, tolerance) for each in ruling.seen):
                continue
            counts[place] = not repeats
            as_of.iloc[place] = max(as_of.iloc[place], as_of.iloc[source])
        else:
            counts[place] = True
        holding[place] = ruling
    return Standing(counts=counts, as_of=as_of, holding=holding, weighed=np.concatenate(weighed))


def near(value: float, other: float, tolerance: float) -> bool:
    return abs(value - other) <= tolerance * max(abs(value), abs(other))


def witness_says(question: Mapping[Any, Any], value: float) -> float | None:
    """What the witness of a question says of a figure that has this value; of a measure in proportion to
    the figure, what the figure has to be for it. None where it only says that the value can't be."""
    against: float | None = question["against"]
    if against is None or against != against:
        return None
    if question["frame"] != MEASURES_FRAME:
        return against
    in_proportion = question["field"] in IN_PROPORTION and question["value"]
    return value * against / question["value"] if in_proportion else None


def heard_of(holding: Mapping[int, RuledFigure], rows: pd.DataFrame, *, family: Family) -> pd.DataFrame:
    """The questions that these rulings settle, as `HEARD`."""
    listed = [
        (rows["asset_id"].iloc[place], *question, float(rows[ruling.field].iloc[place]), says)
        for place, ruling in holding.items()
        for question, says in ruling.heard.items()
        if question[0] in (family.frame, MEASURES_FRAME)
    ]
    return pd.DataFrame(listed, columns=[*HEARD])


def unsettled(asked: pd.DataFrame, heard: pd.DataFrame) -> pd.DataFrame:
    """The questions that no ruling has settled, or whose witness says something else now."""
    if heard.empty or asked.empty:
        return asked
    names = ["asset_id", "frame", "field", "witness"]
    of_question = {tuple(each[:4]): each[4:] for each in heard[[*HEARD]].itertuples(index=False, name=None)}
    is_settled = [
        key in of_question and _says_the_same(question, *of_question[key])
        for key, question in zip(
            asked[names].itertuples(index=False, name=None), asked.to_dict("records"), strict=True
        )
    ]
    return asked[~np.array(is_settled, dtype=np.bool_)]


def _says_the_same(question: Mapping[Any, Any], ruled: float, says: float | None) -> bool:
    now, before = witness_says(question, ruled), None if says is None or says != says else says
    if now is None or before is None:
        return now is before
    if now == before:
        return True
    return now * before > 0 and 1 / HEARD_FACTOR <= now / before <= HEARD_FACTOR


def _last_words(rows: pd.DataFrame, ruled: Mapping[int, RuledFigure]) -> dict[int, RuledFigure]:
    """The latest ruling on each figure of an asset."""
    latest: dict[tuple[int, str], int] = {}
    for place in sorted(ruled, key=lambda place: int(rows["pk"].iloc[place])):
        latest[int(rows["asset_id"].iloc[place]), ruled[place].field] = place
    return {place: ruled[place] for place in latest.values()}


def _without(
    rows: pd.DataFrame,
    place: int,
    field: str,
    others: npt.NDArray[np.intp],
    without: Resolution,
    columns: Sequence[str],
) -> tuple[int, int]:
    """The main row of the same asset, and the row that gives the field, as if nothing had been ruled."""
    asset_ids = rows["asset_id"].to_numpy()
    thing = np.flatnonzero(asset_ids[others[without.main]] == asset_ids[place])
    if not len(thing):
        return NOBODY, NOBODY
    source = int(without.source[thing[0], columns.index(field)])
    return int(others[without.main[thing[0]]]), NOBODY if source == NOBODY else int(others[source])


def _of_another_basis(rows: pd.DataFrame, place: int, other: int, family: Family) -> bool:
    bases = ((rows[name].iloc[place], rows[name].iloc[other]) for name in family.basis)
    return any(pd.notna(here) and pd.notna(there) and here != there for here, there in bases)
