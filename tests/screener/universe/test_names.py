from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.universe import names as module
from screener.universe.names import NameIndex, Names
from tests.servers.waiting import until


@dataclass
class NamesAlone:
    ids: Any
    names: Any

    def __len__(self):
        return len(self.ids)


def table_of(*names):
    ids = np.arange(10, 10 * len(names) + 1, 10, dtype=np.int64)
    return NamesAlone(ids, pa.array(names, pa.large_string()))


MARKET = ("pepe pepe", "wrapped pepe wpepe", "apple inc. aapl", "柴犬币 sib", "")


@pytest.mark.parametrize(
    ("how", "words", "found"),
    [
        ("named", ["pepe"], [10, 20]),
        ("named", ["pep"], []),
        ("beginning", ["pep"], [10, 20]),
        ("beginning", ["p", "w"], [20]),
        ("beginning", ["epe"], []),
        ("beginning", [], []),
        ("holding", ["epe"], [10, 20]),
        ("holding", ["ppl", "inc"], [30]),
        ("holding", ["pp"], []),
        ("holding", ["犬"], [40]),
        ("holding", ["incpepe"], []),
        ("holding", ["zebra"], []),
    ],
)
def test_words_find_assets(how, words, found):
    assert getattr(NameIndex(table_of(*MARKET)), how)(words).tolist() == found


def test_of_no_assets_nothing_is_found():
    assert NameIndex(table_of()).holding(["abc"]).tolist() == []


@given(
    st.lists(st.text("abc é柴", max_size=12), min_size=1, max_size=8),
    st.text("abcé柴", min_size=3, max_size=4),
)
def test_a_part_is_found_wherever_it_stands_in_a_word(names, part):
    expected = [10 * place for place, name in enumerate(names, 1) if part in name]
    assert NameIndex(table_of(*names)).holding([part]).tolist() == expected


@given(
    st.lists(st.text("abc é", max_size=12), min_size=1, max_size=8), st.text("abcé", min_size=1, max_size=3)
)
def test_beginnings_are_those_of_words(names, typed):
    expected = [
        10 * place
        for place, name in enumerate(names, 1)
        if any(each.startswith(typed) for each in name.split(" "))
    ]
    assert NameIndex(table_of(*names)).beginning([typed]).tolist() == expected


def test_the_same_names_have_one_index_and_other_names_another():
    names, table = Names(), table_of("alpha")
    first = names.of(table)
    assert names.of(table) is first
    assert names.of(table_of("beta")).beginning(["b"]).tolist() == [10]


def test_of_a_large_market_the_next_index_is_made_beside_the_questions(monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 0)
    monkeypatch.setattr(module, "MADE_EVERY_S", -1.0)
    names = Names()
    before, after = table_of("alpha"), table_of("beta")
    first = names.of(before)
    assert names.of(after) is first
    until(lambda: names.of(after) is not first, "the next index")


@pytest.mark.parametrize(("at_once", "begun"), [(0, True), (1, False)])
def test_of_a_large_market_an_index_is_begun_before_the_first_question(monkeypatch, at_once, begun):
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    made = []
    monkeypatch.setattr(module, "NameIndex", lambda table: made.append(table) or NameIndex(table))
    names, table = Names(), table_of("alpha")
    names.prepare(table)
    if begun:
        until(lambda: made, "the index")
    assert len(made) == begun
    assert names.of(table).beginning(["a"]).tolist() == [10]
    assert len(made) == 1
