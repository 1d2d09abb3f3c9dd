"""Resolved rows of one asset, as its page shows them: the same answers and precedence as the score's."""

import copy
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd

from assets.metrics.denials import denies
from assets.metrics.family import Family
from assets.metrics.place_ages import place_ages
from assets.metrics.precedence import NOBODY, Resolution, is_known, resolve
from assets.metrics.ruled import Standing, standing
from assets.models import Asset
from assets.providers import in_parts, providers_of, stand_ins
from assets.services.reading.answers import OWNER, answers_of
from assets.services.reading.known_by import EVERYTHING, KnownBy
from assets.services.reading.rulings import ANALYST, rulings_of
from assets.sheets.rulings import ROW_OF

NOT_A_FACT: Final = frozenset({"id", "asset", "observation", "provider", "as_of", "known_at", "ended"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """One thing (an asset, a pool, a book) as it counts now.

    `row` is the main row with what only others know filled in; `row.filled_from` names the row of each
    field that is not its own. It is not for saving. `answers` are the rows that count, the first word
    first, as they were stored; `owner` is the first of them that knows the rows below, as a whole.
    `rulings` are the observations of a person's rulings that hold. A place that `is_outdated` (`place_ages`)
    doesn't count.
    """

    row: Any
    answers: tuple[Any, ...]
    family: Family
    owner: Any = None
    rulings: frozenset[int] = frozenset()
    is_outdated: bool = False

    @property
    def children(self) -> list[Any]:
        """The rows below; read when they are asked for."""
        below = self.family.children
        return list(getattr(self.owner, below.field).all()) if self.owner and below else []


def resolved_rows(
    family: Family, asset: Asset, *, now: datetime, present: Collection[str], known: KnownBy = EVERYTHING
) -> list[Resolved]:
    """What counts of this family: at most one thing, or one for each pool or book."""
    if asset.kind not in family.kinds:
        return []
    return resolved_of(family, [asset.pk], now=now, present=present, known=known)


def resolved_of(
    family: Family,
    asset_ids: Sequence[int],
    *,
    now: datetime,
    present: Collection[str],
    known: KnownBy = EVERYTHING,
) -> list[Resolved]:
    """The same of several assets, in one query."""
    answers = answers_of(family, asset_ids, present=present, known=known).select_related("observation")
    living = [row for row in answers if not getattr(row, "ended", False)]
    return [each for each in resolved_answers(family, living, now=now) if not each.is_outdated]


def places_of(
    family: Family, asset: Asset, *, now: datetime, known: KnownBy = EVERYTHING
) -> tuple[list[Resolved], list[Any]]:
    """The pools or books that are listed, and the ends of those that are no longer, the newest first."""
    if asset.kind not in family.kinds:
        return [], []
    rows = list(answers_of(family, [asset.pk], present=(), known=known).select_related("observation"))
    living = [row for row in rows if not row.ended]
    still_there = {_place_of(row, family) for row in living}
    ends = {_place_of(row, family): row for row in sorted(rows, key=lambda row: row.as_of) if row.ended}
    gone = [row for place, row in ends.items() if place not in still_there]
    return resolved_answers(family, living, now=now), gone[::-1]


def _place_of(row: Any, family: Family) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in family.place)


def resolved_answers(family: Family, rows: Sequence[Any], *, now: datetime) -> list[Resolved]:
    """What these answers make of each thing that they are about."""
    if not rows:
        return []
    names = [each.name for each in rows[0]._meta.concrete_fields if each.name not in NOT_A_FACT]
    names += [OWNER] if family.children else []
    known = np.array([[_is_known(row, name, family) for name in names] for row in rows])
    denied = np.array([[denies(name, getattr(row, name), family=family) for name in names] for row in rows])
    of_family: dict[str, Any] = {
        "family": family,
        "providers": providers_of(family.name),
        "in_parts": in_parts(),
        "stand_ins": stand_ins(),
    }
    frame = _named(rows, family)
    ages = place_ages(frame, family=family, known=known, columns=names, now=now)
    stand = _standing(rows, frame, known=known, denied=denied, columns=names, **of_family)
    holding = frozenset(each.observation_id for each in stand.holding.values())
    rows = [row for row, counts in zip(rows, stand.counts, strict=True) if counts]
    is_gone = ages.is_gone[stand.counts]
    competing = frame.assign(as_of=stand.as_of)[stand.counts].reset_index(drop=True)
    resolution = resolve(
        competing,
        known=known[stand.counts],
        denied=denied[stand.counts],
        columns=names,
        outdated=ages.outdated[stand.counts] & ~is_gone,
        **of_family,
    )
    by_thing = _by_thing(rows, resolution)
    return [
        _resolved(
            rows,
            place,
            source,
            names,
            family,
            by_thing[place],
            rulings=holding,
            is_outdated=bool(is_gone[place]),
        )
        for place, source in zip(resolution.main.tolist(), resolution.source.tolist(), strict=True)
    ]


def _standing(rows: Sequence[Any], frame: pd.DataFrame, *, family: Family, **asked: Any) -> Standing:
    """What rulings make of these rows, which came with their observations."""
    persons = [row for row in rows if row.provider == ANALYST] if family.name in ROW_OF else []
    rulings = rulings_of((row.observation_id, row.observation.request) for row in persons)
    fields = {each.field for each in rulings}
    values = {
        name: pd.Series([getattr(row, name) for row in rows], dtype=object).astype(np.float64)
        for name in fields
    }
    return standing(frame.assign(**values), rulings, family=family, **asked)


def _named(rows: Sequence[Any], family: Family) -> pd.DataFrame:
    """Whose word each row is, about what, since when."""
    names = ("pk", "asset_id", "observation_id", "provider", "as_of", *family.place, *family.basis)
    frame = pd.DataFrame({name: [getattr(row, name) for row in rows] for name in names})
    return frame.assign(as_of=pd.to_datetime(frame["as_of"], utc=True))


def _is_known(row: Any, name: str, family: Family) -> bool:
    value = getattr(row, name)
    if family.children and name == family.children.looked_at:
        return bool(value)
    return is_known(value)


def _by_thing(rows: Sequence[Any], resolution: Resolution) -> dict[int, tuple[Any, ...]]:
    """By the place of its main row the rows about one thing, the first word first."""
    answers: dict[int, list[Any]] = {}
    main: dict[int, int] = {}
    for place, thing in zip(resolution.order.tolist(), resolution.thing.tolist(), strict=True):
        answers.setdefault(main.setdefault(thing, place), []).append(rows[place])
    return {place: tuple(listed) for place, listed in answers.items()}


def _resolved(
    rows: Sequence[Any],
    main: int,
    source: Sequence[int],
    names: Sequence[str],
    family: Family,
    answers: tuple[Any, ...],
    *,
    rulings: frozenset[int],
    is_outdated: bool,
) -> Resolved:
    row = copy.copy(rows[main])
    row.filled_from = {}
    for name, place in zip(names, source, strict=True):
        if name != OWNER and place not in (NOBODY, main):
            setattr(row, name, getattr(rows[place], name))
            row.filled_from[name] = rows[place]
    owner = dict(zip(names, source, strict=True)).get(OWNER, NOBODY)
    return Resolved(
        row=row,
        answers=answers,
        family=family,
        owner=None if owner == NOBODY else rows[owner],
        rulings=rulings,
        is_outdated=is_outdated,
    )
