"""Denials: words that there is nothing to fear. One yields to whoever has seen something, whose word it is.

A vendor that looked in another place, or less closely, says "no" as readily as one that saw everything; who
reports a power has seen it. So a power that anybody's current answer reports is there, and that there is none
counts where somebody looked and nobody reports it. Of one provider its newest word counts, and what a person
has looked up settles it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from assets.metrics.columns import Mask, Places
from assets.metrics.family import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What the rows of each thing say, in the order of their precedence; a column each field.

    `known` and `denied` (whether it says that there is none); `word_of` numbers who speaks of what;
    `is_old`: superseded by a newer answer; `is_persons`: looked up by somebody.
    """

    known: Mask
    denied: Mask
    word_of: Places
    is_old: Mask
    is_persons: Mask


def denied_in(rows: pd.DataFrame, columns: Sequence[str], *, family: Family) -> Mask:
    """Of each row and column whether it says that there is none."""
    denied = np.zeros((len(rows), len(columns)), dtype=np.bool_)
    for place, name in enumerate(columns):
        if name in family.denials:
            denied[:, place] = (rows[name] == family.denials[name]).fillna(value=False).to_numpy(np.bool_)
    return denied


def denies(field: str, value: Any, *, family: Family) -> bool:
    """The same of one value."""
    return field in family.denials and bool(value == family.denials[field])


def that_count(words: Statements, starts: Places) -> tuple[Mask, Mask]:
    """Of each row and column whether its word may be taken, the first of them; and of each row whether it
    takes an earlier report of its provider back.

    `starts`: where the rows of each thing start.
    """
    if not words.denied.any():
        return words.known, np.zeros(len(words.known), dtype=np.bool_)
    rows, columns = words.known.shape
    place = np.arange(rows)[:, None]
    first_of = np.full((int(words.word_of.max(initial=-1)) + 1, columns), rows)
    np.minimum.at(first_of, words.word_of, np.where(words.known, place, rows))
    is_last_word = first_of[words.word_of] == place
    reports = words.known & ~words.denied
    is_report = reports & is_last_word & ~words.is_old[:, None]
    thing = np.repeat(np.arange(len(starts)), np.diff(starts, append=rows))
    is_reported = np.logical_or.reduceat(is_report, starts, axis=0)[thing]
    first = np.minimum.reduceat(np.where(words.known, place, rows), starts, axis=0)[thing]
    is_settled = np.append(words.is_persons, False)[first]
    may_count = words.known & (is_report | ~is_reported | is_settled)
    earlier = np.zeros_like(first_of, dtype=np.bool_)
    np.logical_or.at(earlier, words.word_of, reports)
    takes_back = words.denied & is_last_word & earlier[words.word_of]
    return may_count, takes_back.any(axis=1)
