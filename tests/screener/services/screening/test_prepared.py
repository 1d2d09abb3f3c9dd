"""Tables at many positions: shared where they can be, and never more than memory allows."""

import pytest

from screener.screens.position import PositionSize
from screener.screens.table import JUDGED_SIZE
from screener.services.screening import prepared as module
from screener.services.screening.prepared import PreparedUniverse, prepared
from screener.universe.live import UNIVERSE
from tests.screener.screens.tables import table_of

ROW = {JUDGED_SIZE: 5_000, "exit_days": 2.0, "kind": "token", "score": 50}
TABLE = table_of({**ROW, "id": 1}, {**ROW, "id": 2, "exit_days": 90.0})


def test_the_usual_position_is_the_table_itself():
    universe = PreparedUniverse(TABLE)
    assert universe.at(PositionSize(usd=5_000)) is universe.judged


def test_a_position_is_worked_out_once_and_counts_its_own_bars():
    universe = PreparedUniverse(TABLE)
    sized = universe.at(PositionSize(usd=500_000))
    assert universe.at(PositionSize(usd=500_000)) is sized
    everything = TABLE.ids > 0
    bars, facets = sized.counter.count(everything, apart={})
    usual_bars, usual_facets = universe.judged.counter.count(everything, apart={})
    assert facets == usual_facets
    assert bars["score"] == usual_bars["score"]
    assert bars["exit_days"] != usual_bars["exit_days"]


def test_strangers_cannot_fill_the_memory_with_sizes(monkeypatch):
    monkeypatch.setattr(module, "MOST_SIZED_BYTES", 3 * module.BYTES_A_ROW * len(TABLE))
    universe = PreparedUniverse(TABLE)
    for size in range(1, 200):
        universe.at(PositionSize(usd=size))
    assert len(universe._sized) == 3
    assert universe.at(PositionSize(usd=199)).table.numbers["exit_days"][0] == pytest.approx(2 * 199 / 5_000)


def test_a_table_that_is_larger_than_all_memory_for_sizes_is_answered_and_not_kept(monkeypatch):
    monkeypatch.setattr(module, "MOST_SIZED_BYTES", 1)
    universe = PreparedUniverse(TABLE)
    assert universe.at(PositionSize(usd=10_000)).table.numbers["exit_days"][0] == 4
    assert len(universe._sized) == 0


def test_another_universe_is_prepared_anew(monkeypatch):
    tables = [TABLE, TABLE, table_of({**ROW, "id": 7})]
    monkeypatch.setattr(UNIVERSE, "table", lambda: tables.pop(0))
    usual = PositionSize(usd=5_000)
    first = prepared(usual)
    assert prepared(usual) is first
    assert prepared(usual).table.ids.tolist() == [7]
