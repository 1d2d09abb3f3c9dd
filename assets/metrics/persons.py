"""Reporting persons: who is who among those that file about a company, and who reports together.

A person is known by the SEC's number (CIK), else by name; both spellings of one name are one person,
and so is one name under two numbers.
"""

import re
import unicodedata
from collections.abc import Hashable, Sequence
from typing import Final, NamedTuple

import pandas as pd

NO_LETTERS: Final = re.compile(r"[^0-9a-z]+")
SEPARATOR: Final = "|"
"""Between those who report together, each by number or, without one, by name."""


def plain_name(name: str) -> str:
    """One spelling of a name: "Example, Ada" and "ADA EXAMPLE" are one, so are "Fund, L.P." and "Fund LP"."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = NO_LETTERS.sub(" ", letters.replace(".", "").replace("'", "")).split()
    return " ".join(sorted(words)) or name.casefold().strip()


class Together:
    """Things that belong together, directly or through others (disjoint sets)."""

    def __init__(self) -> None:
        self.parent: dict[Hashable, Hashable] = {}

    def first(self, thing: Hashable) -> Hashable:
        """The one that stands for all that this one belongs with."""
        parent = self.parent.setdefault(thing, thing)
        while parent != self.parent[parent]:
            parent = self.parent[thing] = self.parent[parent]
        return parent

    def link(self, first: Hashable, other: Hashable) -> None:
        self.parent[self.first(other)] = self.first(first)


class Reporter(NamedTuple):
    """Who reports a line, who stands for all that filings link with that person, and who reports it, too."""

    person: Hashable
    group: Hashable
    jointly: frozenset[Hashable]


def reporters_of(rows: pd.DataFrame, filed: Sequence[tuple[int, str]]) -> list[Reporter]:
    """Who reports each row. `rows` have `holder`, `holder_cik` and `reported_with`; `filed` is the company
    and the filing of each: one person is looked at company by company."""
    same, beside = Together(), Together()
    names, ciks, others = (rows[name].to_list() for name in ("holder", "holder_cik", "reported_with"))
    known_by: list[tuple[Hashable, list[Hashable]]] = []
    for (company, _filing), name, cik, those in zip(filed, names, ciks, others, strict=True):
        spelt = (company, plain_name(name))
        person = (company, f"CIK {cik}") if cik else spelt
        same.link(person, spelt)
        parts = (each.strip() for each in those.split(SEPARATOR) if each.strip())
        joint = ((company, f"CIK {each}" if each.isdecimal() else plain_name(each)) for each in parts)
        known_by.append((person, list(joint)))
    for each, (person, joint) in zip(filed, known_by, strict=True):
        beside.link(("filed", each), same.first(person))
        for other in joint:
            beside.link(("filed", each), same.first(other))
    return [
        Reporter(
            same.first(person),
            beside.first(same.first(person)),
            frozenset(map(same.first, (person, *joint))),
        )
        for person, joint in known_by
    ]
