"""Family of facts: what can be asked for, stored, resolved, aged and shown as one thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

TOKEN: Final = "token"  # noqa: S105 - a kind of asset, not a secret
EQUITY: Final = "equity"
KINDS: Final = (TOKEN, EQUITY)

WATCHED: Final = 3
SCREENED: Final = 2
REST: Final = 1
TIERS: Final = (WATCHED, SCREENED, REST)
"""Tiers of interest in an asset: on a watchlist, in a saved screen, in the universe."""

USUALLY_COMPETES_FOR: Final = timedelta(days=30)


def gettext_noop(text: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Children:
    """Rows below a row, such as the positions of a holder list: known as a whole, never mixed.

    `field` names them on the row of a parser and on its model, `frame` and `columns` among the facts.
    Where a row says itself that its list was looked at, `looked_at` is that field; otherwise
    `may_be_empty` says whether a row without any means that there are none.
    """

    field: str
    frame: str
    columns: tuple[str, ...]
    looked_at: str = ""
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One family; everything that treats families alike derives from these entries.

    `name` is what the database holds, `title` what pages show. `kinds`: which assets have such facts.

    `frame` and `columns` are its place among the columns of `metrics.facts`; "" where no single answer
    is resolved (a listing, bars, trades, events). `place` tells the things of one asset apart (the
    address of a pool); without it an asset has one. Of a place, `lasting` are the columns that say what it
    is and who controls it: an answer older than the limit still gives these, and none of the others, which
    are `of_trade` (`metrics.place_ages`). `basis` are the fields in which answers of one
    provider must agree to be merged (the period of a report). `in_units` are columns that count units or
    price one: as of when each does stands beside it, in a column of its name and `_at`, for
    `metrics.unit_changes`; `dated` are others with such a moment, for witnesses, which compare figures of one
    time alone. `denials`: by column the value that says there is none of it, and yields to whoever reports
    some (`metrics.denials`). `children` are the rows below its own.

    `competes_for`: by how much a row may be older than the newest of its family and still compete.
    `refresh_every`: how old it may grow before it is asked for again, by tier of interest.
    `stale_after`: how old it may be and still support a pass; `stale_after_of_shares` for equities.
    `lag_of_shares`: how old the newest fact of an equity can be when it is given: a report of its quarter, a
    bar of its day. `comes_with`: by kind the family whose refreshes bring this one too.
    `fresh_from`: by kind the lowest tier whose facts are kept from growing stale; None says none are, and
    left out stands for all. What is not promised is stale as soon as it is too old, and counts half.
    """

    name: str
    title: str
    kinds: tuple[str, ...] = KINDS
    frame: str = ""
    columns: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    in_units: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    denials: Mapping[str, Any] = field(default_factory=dict)
    children: Children | None = None
    competes_for: timedelta = USUALLY_COMPETES_FOR
    stale_after: timedelta | None = None
    stale_after_of_shares: timedelta | None = None
    lag_of_shares: timedelta = timedelta(0)
    comes_with: Mapping[str, str] = field(default_factory=dict)
    fresh_from: Mapping[str, int | None] = field(default_factory=dict)
    refresh_every: Mapping[int, timedelta]

    def limit(self, kind: str) -> timedelta | None:
        """How old it may be for an asset of this kind; None where it does not age."""
        of_shares = self.stale_after_of_shares if kind == EQUITY else None
        return of_shares or self.stale_after

    def is_kept_fresh(self, kind: str, tier: int) -> bool:
        """Whether an asset of this kind and tier is asked for so often that it doesn't grow stale."""
        lowest = self.fresh_from.get(kind, REST)
        return lowest is not None and tier >= lowest

    @property
    def moments(self) -> tuple[str, ...]:
        """The columns that say when what is `in_units`, or `dated`, was counted."""
        return tuple(f"{name}_at" for name in (*self.in_units, *self.dated))

    @property
    def of_trade(self) -> tuple[str, ...]:
        """The columns of a place that are as old as the trade there."""
        return tuple(each for each in self.columns if each not in {*self.place, *self.lasting})

    @property
    def is_resolved(self) -> bool:
        """Whether what providers answer is merged, field by field, to what counts now."""
        return bool(self.frame)
