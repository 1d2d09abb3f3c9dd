"""Reporting persons: who is who among those that file about a company, and who reports together.

A person is known by the SEC's number (CIK), else by name; both spellings of one name are one person,
and so is one name under two numbers.
"""

import unicodedata
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import pandas as pd

LETTERS: Final = bytes(code if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)
"""For `bytes.translate`: ASCII whose other signs are spaces."""
WITHIN_WORDS: Final = b".'"
SEPARATOR: Final = "|"
"""Between those who report together, each by number or, without one, by name."""


@lru_cache(maxsize=4_096)
def plain_name(name: str) -> str:
    """One spelling of a name: "Example, Ada" and "ADA EXAMPLE" are one, so are "Fund, L.P." and "Fund LP"."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").lower()
    words = letters.translate(LETTERS, WITHIN_WORDS).decode().split()
    return " ".join(sorted(words)) or name.casefold().strip()


class Together:
    """Things that belong together, directly or through others (disjoint sets).

    Most things belong to nothing else: only what is linked to another one has a parent.
    """

    def __init__(self) -> None:
        self.parent: dict[Hashable, Hashable] = {}

    def first(self, thing: Hashable) -> Hashable:
        """The one that stands for all that this one belongs with."""
        found = thing
        while found in self.parent:
            found = self.parent[found]
        if found != thing:
            self.parent[thing] = found  # the way is short the next time
        return found

    def link(self, first: Hashable, other: Hashable) -> None:
        parent, child = self.first(first), self.first(other)
        if parent != child:
            self.parent[child] = parent


class Reporter(NamedTuple):
    """Who reports a line, who stands for all that filings link with that person, and who reports it, too."""

    person: Hashable
    group: Hashable
    jointly: frozenset[Hashable]


def reporters_of(rows: pd.DataFrame, filed: Sequence[tuple[int, str]]) -> list[Reporter]:
    """Who reports each row. `rows` have `holder`, `holder_cik` and `reported_with`; `filed` is the company
    and the filing of each: one person is looked at company by company."""
    same, beside = Together(), Together()
    columns = (rows[name].to_list() for name in ("holder", "holder_cik", "reported_with"))
    said = [*zip((company for company, _filing in filed), *columns, strict=True)]
    told = {each: _named(*each) for each in dict.fromkeys(said)}
    for person, spelt, _others in told.values():
        same.link(person, spelt)
    first_of: dict[tuple[int, str], Hashable] = {}
    for filing, each in zip(filed, said, strict=True):
        person, _spelt, others = told[each]
        first = first_of.setdefault(filing, person)
        if first is not person and first != person:
            beside.link(same.first(first), same.first(person))
        for other in others:
            beside.link(same.first(person), same.first(other))
    reporters = dict[tuple[Any, ...], Reporter]()
    for each, (named, _spelt, others) in told.items():
        person = same.first(named)
        reporters[each] = Reporter(
            person, beside.first(person), frozenset((person, *map(same.first, others)))
        )
    return [reporters[each] for each in said]


def _named(
    company: int, name: str, cik: str, reported_with: str
) -> tuple[Hashable, Hashable, tuple[Hashable, ...]]:
    """A person by the surest that is known, by name, and those who report together."""
    spelt = (company, plain_name(name))
    person = (company, f"CIK {cik}") if cik else spelt
    if not reported_with:
        return person, spelt, ()
    parts = (each.strip() for each in reported_with.split(SEPARATOR) if each.strip())
    others = ((company, f"CIK {each}" if each.isdecimal() else plain_name(each)) for each in parts)
    return person, spelt, tuple(others)
