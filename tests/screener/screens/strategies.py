"""Random conditions over the registry, each in the normal form that `parse` gives."""

from hypothesis import strategies as st

from screener.checklist import CRITERIA
from screener.screens.columns import CATEGORIES, COLUMNS
from screener.screens.conditions import (
    EVERYTHING,
    All,
    Answered,
    Between,
    Comparison,
    Contains,
    Either,
    Gated,
    Missing,
    Not,
    Number,
    OneOf,
    OnWatchlist,
    Operator,
    Present,
    Tagged,
    Transform,
)
from screener.screens.vocabulary import GATE_WORDS, STATE_WORDS

FINITE = st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)
SIZES = st.floats(min_value=1e-3, max_value=1e12)
TEXTS = st.text(min_size=1, max_size=12)
SIZED = [each.key for each in COLUMNS if each.argument_unit]


def numbers():
    keys = st.sampled_from([each.key for each in COLUMNS])
    plain = st.builds(Number, keys)
    sized = st.builds(Number, st.sampled_from(SIZED), SIZES)
    ranked = st.builds(
        lambda number: Number(number.key, number.argument, Transform.PERCENTILE), st.one_of(plain, sized)
    )
    changed = st.builds(
        lambda key, days: Number(key, None, Transform.CHANGE, days), keys, st.integers(1, 365)
    )
    return st.one_of(plain, sized, ranked, changed)


def sets(texts):
    return st.lists(texts, min_size=1, max_size=4, unique=True).map(tuple)


def single_conditions():
    """Conditions that hold no others."""
    askable = st.sampled_from([each.key for each in (*COLUMNS, *CATEGORIES)])
    limits = st.tuples(FINITE, FINITE).map(sorted)
    return st.one_of(
        st.builds(Comparison, numbers(), st.sampled_from(Operator), FINITE),
        st.builds(lambda number, ends: Between(number, *ends), numbers(), limits),
        st.builds(OneOf, st.sampled_from([each.key for each in CATEGORIES]), sets(TEXTS)),
        st.builds(Contains, TEXTS),
        st.builds(Tagged, sets(TEXTS)),
        st.builds(Gated, sets(st.sampled_from(GATE_WORDS))),
        st.builds(Answered, st.sampled_from(list(CRITERIA)), sets(st.sampled_from(STATE_WORDS))),
        st.builds(Missing, askable),
        st.builds(Present, askable),
        st.builds(OnWatchlist, st.one_of(st.just("any"), TEXTS)),
    )


def _joined(parts):
    several = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(
        st.builds(Not, parts),
        several.map(lambda drawn: All(_flat(drawn, All))),
        several.map(lambda drawn: Either(_flat(drawn, Either))),
    )


def _flat(parts, joining):
    flat = []
    for each in parts:
        flat += each.parts if isinstance(each, joining) else (each,)
    return tuple(flat)


def conditions():
    """Any valid condition, also the one of no parts."""
    return st.one_of(st.just(EVERYTHING), st.recursive(single_conditions(), _joined, max_leaves=8))
