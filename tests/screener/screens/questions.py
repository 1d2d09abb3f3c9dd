"""Random rows and questions small enough that questions often hold of a row."""

import math

from hypothesis import strategies as st

from screener.checklist import CRITERIA
from screener.screens.conditions import (
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
from screener.screens.table import GATE_IDS

FIRST_GATE, SECOND_GATE = GATE_IDS[:2]
ASKED = next(iter(CRITERIA))

SMALL = st.integers(0, 4).map(float)
NUMBER = st.one_of(st.just(math.nan), SMALL)
STATE = st.sampled_from([None, "pass", "fail", "unknown"])
ROW = st.fixed_dictionaries(
    {
        "name": st.text(alphabet="abc", max_size=3),
        "kind": st.sampled_from(["token", "equity"]),
        "tier": st.sampled_from(["", "nano", "micro"]),
        "market_cap": NUMBER,
        "score": NUMBER,
        "volume": NUMBER,
        "open": st.sampled_from([[], [FIRST_GATE], [FIRST_GATE, SECOND_GATE]]),
        "unverified": st.sampled_from([[], [SECOND_GATE]]),
        "tags": st.lists(st.sampled_from(["ai", "defi"]), max_size=2),
        "states": st.fixed_dictionaries({ASKED: STATE}),
        "before": NUMBER,
    }
)
NUMBERS = st.one_of(
    st.builds(Number, st.sampled_from(["market_cap", "score"])),
    st.builds(Number, st.just("exit_days"), st.sampled_from([1.0, 10.0])),
    st.just(Number("score", None, Transform.PERCENTILE)),
    st.just(Number("score", None, Transform.CHANGE, 7)),
    st.just(Number("market_cap", None, Transform.CHANGE, 7)),
)
LIMIT = st.one_of(SMALL, st.sampled_from([-1.0, 0.5, 50.0, 100.0]))
SINGLE = st.one_of(
    st.builds(Comparison, NUMBERS, st.sampled_from(Operator), LIMIT),
    st.builds(lambda number, ends: Between(number, *sorted(ends)), NUMBERS, st.tuples(LIMIT, LIMIT)),
    st.builds(OneOf, st.sampled_from(["kind", "tier"]), st.sampled_from([("token",), ("NANO", "micro")])),
    st.builds(Contains, st.text(alphabet="abcA", min_size=1, max_size=2)),
    st.builds(Tagged, st.sampled_from([("ai",), ("AI", "defi"), ("other",)])),
    st.builds(Gated, st.sampled_from([("any",), ("clear",), ("unverified",), (SECOND_GATE, "clear")])),
    st.builds(Answered, st.just(ASKED), st.sampled_from([("pass",), ("fail", "unknown"), ("n-a",)])),
    st.builds(Missing, st.sampled_from(["score", "tier"])),
    st.builds(Present, st.sampled_from(["market_cap", "kind"])),
    st.builds(OnWatchlist, st.sampled_from(["any", "mine", "none"])),
)
QUESTION = st.recursive(
    SINGLE,
    lambda part: st.one_of(
        st.builds(Not, part),
        st.lists(part, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: Either(tuple(parts))),
    ),
    max_leaves=6,
)
