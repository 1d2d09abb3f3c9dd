import numpy as np
import pytest

from screener.screens.evaluate import Context, evaluate
from screener.screens.match_one import RowMatcher
from screener.screens.query import parse
from screener.screens.sandbox import leaves_out_sandbox, meant
from tests.screener.screens.tables import table_of

NOW = Context(now_s=0.0)
REAL = {"name": "Real", "kind": "token", "tier": "micro", "price": 1.0}
INVENTED = {"name": "Invented", "kind": "token", "tier": "micro", "price": 2.0, "sandbox": "yes"}
MIXED = table_of(REAL, INVENTED)


def found(table, words):
    return evaluate(table, meant(parse(words), table), NOW).tolist()


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("", [True, False]),
        ("kind:token", [True, False]),
        ("price > 1.5", [False, False]),
        ("sandbox:yes", [False, True]),
        ("sandbox:no", [True, False]),
        ("sandbox:yes,no", [True, True]),
        ("not sandbox:no", [False, True]),
        ("sandbox:yes or price < 1.5", [True, True]),
    ],
)
def test_invented_assets_are_asked_for_by_name(words, rows):
    assert found(MIXED, words) == rows


@pytest.mark.parametrize("table", [table_of(INVENTED), table_of(REAL), table_of()])
def test_where_all_are_alike_nothing_is_left_out(table):
    assert not leaves_out_sandbox(parse("kind:token"), table)
    assert found(table, "") == [True] * len(table)


def test_percentiles_of_real_assets_know_nothing_of_invented_ones():
    others = [INVENTED | {"price": 100.0 + place} for place in range(8)]
    table = table_of(REAL, REAL | {"price": 3.0}, *others)
    assert found(table, "pct(price) >= 100") == [False, True, *[False] * 8]
    assert np.unique(table.peer_groups).size == 2
    assert RowMatcher(table, 1).meets(parse("pct(price) >= 100"), NOW)
    assert not RowMatcher(table, 0).meets(parse("pct(price) >= 100"), NOW)
