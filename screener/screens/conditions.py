"""Conditions, a screen's question as data: what the filter panel, the query line and the engine all speak.

`query` reads and writes it as text, `panel` as words of a form, `evaluate` finds the rows it means.
A comparison with a missing value is never true, and neither is its opposite; `Missing` asks for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Operator(StrEnum):
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="
    EQUAL = "="
    UNEQUAL = "!="


class Transform(StrEnum):
    """What is read of a column: its value, its percentile (0–100) among its tier, its change over days."""

    VALUE = "value"
    PERCENTILE = "pct"
    CHANGE = "changed"


@dataclass(frozen=True, slots=True)
class Number:
    """A column of numbers by key. `argument` is the parameter of `exit_days(5000)`, `days` of a change."""

    key: str
    argument: float | None = None
    transform: Transform = Transform.VALUE
    days: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    number: Number
    operator: Operator
    value: float


@dataclass(frozen=True, slots=True)
class Between:
    """Both limits are included."""

    number: Number
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OneOf:
    """A category by key; labels as they are stored."""

    category: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """Part of the name or the symbol, in whatever case."""

    text: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """With one of these tags."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gated:
    """One of: `any` says stop, `unverified`, `clear` (neither), or the id of a criterion that says stop."""

    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The criterion (its id) is shown as one of these: a state, or stale."""

    criterion: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing is known of this column or category."""

    key: str


@dataclass(frozen=True, slots=True)
class Present:
    key: str


@dataclass(frozen=True, slots=True)
class OnWatchlist:
    """On the reader's watchlist of this name; `any` is any of theirs."""

    watchlist: str


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; of no parts everything does. Never holds an `All` directly."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """Some part holds. Two parts at least; never holds an `Either` directly."""

    parts: "tuple[Condition, ...]"


Condition = (
    Comparison
    | Between
    | OneOf
    | Contains
    | Tagged
    | Gated
    | Answered
    | Missing
    | Present
    | OnWatchlist
    | Not
    | All
    | Either
)

EVERYTHING = All(())
ANY = "any"
"""Any watchlist, any gate."""
RELATIVE = frozenset({"usd", "count"})
"""Units whose change is a share of what it was."""


def both(*conditions: Condition) -> Condition:
    """All of these, flat; one alone stays itself."""
    parts: list[Condition] = []
    for each in conditions:
        parts += each.parts if isinstance(each, All) else (each,)
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """What must hold all together."""
    return condition.parts if isinstance(condition, All) else (condition,)


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything within it."""
    yield condition
    match condition:
        case Not(part):
            yield from walk(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from walk(part)


def changes_in(conditions: Sequence[Condition]) -> frozenset[tuple[str, int]]:
    """The columns whose past these conditions ask for, each with how many days ago."""
    numbers = (
        part.number
        for condition in conditions
        for part in walk(condition)
        if isinstance(part, Comparison | Between)
    )
    return frozenset((each.key, each.days) for each in numbers if each.transform is Transform.CHANGE)
