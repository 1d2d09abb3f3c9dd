"""Likeness: whether a token passes for another one by its name, and for which.

It is a mark, not a verdict: many honest tokens share a symbol. Who shares it with one of the largest is
taken for that one; a small one is nobody's model unless symbol and name are both its own. Of a token that a
register lists under an id of its own only the letters are looked at.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from assets.identity.looks import mixes_alphabets, skeleton_of
from assets.identity.originals import ORIGINAL_IDENTIFIERS, originals_like
from assets.metrics.naming import LETTERS as LETTERS
from assets.metrics.naming import MIXED as MIXED
from assets.metrics.naming import SAME as SAME
from assets.sourcing.rows import Identifier

FEWEST_LETTERS: Final = 2
"""One letter looks like too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A token or share with its names; `is_listed` under an id of a register, which knows who it is, and
    perhaps ranks it among the largest (`is_major`).
    """

    symbol: str
    name: str
    identifiers: frozenset[Identifier] = frozenset()
    is_listed: bool = False
    is_major: bool = False

    @property
    def title(self) -> str:
        return f"{self.name} ({self.symbol})" if self.name and self.symbol else self.name or self.symbol

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.symbol, self.name)))

    @property
    def chains(self) -> frozenset[str]:
        return frozenset(
            namespace.removeprefix("address:")
            for namespace, _value in self.identifiers
            if namespace.startswith("address:")
        )


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a name misleads (`alphabets`: it mixes them; `letters`: it is written in others; `name`: it is the
    same), and whose it looks like, "" where nobody's is known."""

    kind: str = ""
    of: str = ""


NONE: Final = Likeness()


def skeletons_of(symbol: str, name: str) -> tuple[str, str]:
    """The looks by which it is found, cut as they are stored; "" where it has too short a name or none."""
    looks = (skeleton_of(symbol)[:64], skeleton_of(name)[:200])
    symbol_look, name_look = (each if len(each) >= FEWEST_LETTERS else "" for each in looks)
    return symbol_look, name_look


def likeness_of(bearer: Bearer, alike: Collection[Bearer]) -> Likeness:
    """`alike` are the listed ones of the same look, in any order."""
    others = sorted(
        (each for each in alike if each is not bearer),
        key=lambda each: (not each.is_major, each.title, each.symbol),
    )
    found = [_to_listed(bearer, each) for each in others]
    found += [
        _to(bearer, original.symbol, name, original.title)
        for original, name in originals_like({skeleton_of(each) for each in bearer.texts})
        if not original.identifiers & bearer.identifiers
        if _speaks_of(original.chains, bearer) or _differs(bearer, original.symbol, name)
    ]
    if any(map(mixes_alphabets, bearer.texts)):
        return Likeness(MIXED, next((each.of for each in found if each.kind), ""))
    by_letters = next((each for each in found if each.kind == LETTERS), NONE)
    is_original = bool(bearer.identifiers & ORIGINAL_IDENTIFIERS)
    if by_letters.kind or bearer.is_listed or is_original or not bearer.chains:
        return by_letters
    return next((each for each in found if each.kind), NONE)


def _to_listed(bearer: Bearer, listed: Bearer) -> Likeness:
    likeness = _to(bearer, listed.symbol, listed.name, listed.title)
    has_both = all(
        own and _plain(own) == _plain(theirs)
        for own, theirs in ((bearer.symbol, listed.symbol), (bearer.name, listed.name))
    )
    return likeness if likeness.kind == LETTERS or listed.is_major or has_both else NONE


def _speaks_of(chains: Collection[str], bearer: Bearer) -> bool:
    """Whether it is known where the original is on a chain of this one."""
    return bool(bearer.chains & {*chains})


def _differs(bearer: Bearer, symbol: str, name: str) -> bool:
    return _to(bearer, symbol, name, "-").kind == LETTERS


def _to(bearer: Bearer, symbol: str, name: str, title: str) -> Likeness:
    for own, theirs in ((bearer.symbol, symbol), (bearer.name, name)):
        look = skeleton_of(own)
        if len(look) < FEWEST_LETTERS or look != skeleton_of(theirs):
            continue
        if _plain(own) == _plain(theirs):
            return Likeness(SAME, title)
        if _plain(own) != look:  # else it is the other one that is written in odd letters
            return Likeness(LETTERS, title)
    return NONE


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
