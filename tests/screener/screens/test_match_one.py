import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.screens.evaluate import Context, evaluate
from screener.screens.match_one import RowMatcher
from screener.screens.query import parse
from tests.screener.screens.questions import QUESTION, ROW
from tests.screener.screens.tables import NAN, table_of

NOW_S = 1_000 * 86_400.0


@settings(max_examples=200)
@given(st.lists(ROW, min_size=1, max_size=12), QUESTION)
def test_each_asset_by_itself_meets_what_the_whole_table_says_it_does(rows, question):
    rows = [{"id": place + 1, **row} for place, row in enumerate(rows)]
    table, before = table_of(*rows), np.array([row["before"] for row in rows], dtype=float)

    def context(past):
        return Context(now_s=NOW_S, watchlists={"Mine": np.array([1, 2])}, past=lambda _key, _days: past)

    alone = [RowMatcher(table, each).meets(question, context(before[[each]])) for each in range(len(rows))]
    assert alone == evaluate(table, question, context(before)).tolist()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pct(score) > 50", [False, True, False]),
        ("not pct(score) > 50", [True, False, False]),
        ("pct(exit_days(5k)) < 50", [True, False, False]),
        ("pct(score) 0..49 or name~gamma", [True, False, True]),
    ],
)
def test_percentiles_are_among_the_whole_tier(query, expected):
    rows = (
        {"name": "Alpha", "tier": "micro", "score": 10, "volume": 9e5},
        {"name": "Beta", "tier": "micro", "score": 20, "volume": 1e4},
        {"name": "Gamma", "tier": "micro", "score": NAN},
    )
    table = table_of(*rows)
    matched = [RowMatcher(table, each).meets(parse(query), Context(now_s=NOW_S)) for each in range(3)]
    assert matched == expected
