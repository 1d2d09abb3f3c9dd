import pytest

from assets.providers.solana_rpc.age import Transactions, is_whole, transactions_in
from assets.sourcing.reading import RowReader
from tests.assets.providers.answers import NOW


def line(name, at=NOW):
    return {"signature": name, "slot": 5, "err": None, "blockTime": int(at.timestamp()) if at else None}


def test_the_oldest_stands_last():
    assert transactions_in([line("new"), line("old")], "mint", RowReader()) == Transactions(2, "old", NOW)
    assert transactions_in([line("old", at=None)], "mint", RowReader()) == Transactions(1, "old", None)


@pytest.mark.parametrize("answer", [None, [], "x", [5], {"signature": "a"}])
def test_without_transactions_there_is_none(answer):
    assert transactions_in(answer, "mint", RowReader()) == Transactions(0)


def test_a_moment_that_makes_no_sense_is_not_known():
    found = transactions_in([{"signature": 5, "blockTime": -987654321}], "mint", RowReader())
    assert found == Transactions(1, "", None)


@pytest.mark.parametrize(
    ("first", "whole"),
    [
        (0, True),
        (1, True),
        (2, False),
        (250_000_000, False),
        (None, False),
        (True, False),
        ("0", False),
        (-1, False),
    ],
)
def test_a_node_may_have_thrown_blocks_away(first, whole):
    assert is_whole(first) is whole
