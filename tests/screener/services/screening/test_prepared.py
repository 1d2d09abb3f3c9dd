"""Tables of many readers: shared where they can be, and never more than memory allows."""

import pytest

from screener.checklist.states import SHOWN, shown_as
from screener.screens.position import PositionSize
from screener.screens.size_criteria import OF_SIZE
from screener.screens.table import GATE_BITS, JUDGED_SIZE
from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits
from screener.services.desk.personal_score import card_at
from screener.services.scoring.score_assets import score_assets
from screener.services.screening import prepared as module
from screener.services.screening.prepared import PreparedUniverse, prepared
from screener.universe.live import UNIVERSE
from tests.factories.example import fill_equity, fill_example
from tests.screener.screens.tables import table_of

ROW = {JUDGED_SIZE: 5_000, "exit_days": 2.0, "kind": "token", "score": 50}
TABLE = table_of({**ROW, "id": 1}, {**ROW, "id": 2, "exit_days": 90.0})


def test_the_usual_position_is_the_table_itself():
    universe = PreparedUniverse(TABLE)
    assert universe.seen_by(PositionSize(usd=5_000), OF_CHECKLIST) is universe.judged


def test_a_position_is_worked_out_once_and_counts_its_own_bars():
    universe = PreparedUniverse(TABLE)
    sized = universe.seen_by(PositionSize(usd=500_000), OF_CHECKLIST)
    assert universe.seen_by(PositionSize(usd=500_000), OF_CHECKLIST) is sized
    everything = TABLE.ids > 0
    bars, facets = sized.counter.count(everything, apart={})
    usual_bars, usual_facets = universe.judged.counter.count(everything, apart={})
    assert facets == usual_facets
    assert bars["score"] == usual_bars["score"]
    assert bars["exit_days"] != usual_bars["exit_days"]


def test_other_limits_of_the_tiers_count_their_own_facets_and_nothing_else():
    table = table_of({**ROW, "market_cap": 60e6, "tier": "micro"}, {**ROW, "market_cap": 6e9, "tier": "mid"})
    universe = PreparedUniverse(table)
    own = OF_CHECKLIST.with_own(
        {"token": read_limits("nano:100m,micro:200m,small:7b,mid:9b")}, whose=Whose.PROFILE
    )
    usual, seen = (universe.seen_by(PositionSize(usd=5_000), each) for each in (OF_CHECKLIST, own))
    assert usual is universe.judged
    assert universe.seen_by(PositionSize(usd=5_000), own) is seen
    everything = table.ids > 0
    bars, facets = seen.counter.count(everything, apart={})
    usual_bars, usual_facets = usual.counter.count(everything, apart={})
    assert (facets["tier"], usual_facets["tier"]) == ({"nano": 1, "small": 1}, {"micro": 1, "mid": 1})
    assert bars == usual_bars
    assert facets["kind"] == usual_facets["kind"]
    questions = [each.selection("all", lambda each=each: each) for each in (usual, seen)]
    assert questions == [usual, seen], "an answer is of the reader who asked"


def test_strangers_cannot_fill_the_memory_with_sizes(monkeypatch):
    monkeypatch.setattr(module, "MOST_SIZED_BYTES", 3 * module.BYTES_A_ROW * len(TABLE))
    universe = PreparedUniverse(TABLE)
    for size in range(1, 200):
        universe.seen_by(PositionSize(usd=size), OF_CHECKLIST)
    assert len(universe._seen) == 3
    assert universe.seen_by(PositionSize(usd=199), OF_CHECKLIST).table.numbers["exit_days"][
        0
    ] == pytest.approx(2 * 199 / 5_000)


def test_a_table_that_is_larger_than_all_memory_for_sizes_is_answered_and_not_kept(monkeypatch):
    monkeypatch.setattr(module, "MOST_SIZED_BYTES", 1)
    universe = PreparedUniverse(TABLE)
    assert universe.seen_by(PositionSize(usd=10_000), OF_CHECKLIST).table.numbers["exit_days"][0] == 4
    assert len(universe._seen) == 0


def test_another_universe_is_prepared_anew(monkeypatch):
    tables = [TABLE, TABLE, table_of({**ROW, "id": 7})]
    monkeypatch.setattr(UNIVERSE, "table", lambda: tables.pop(0))
    usual = PositionSize(usd=5_000)
    first = prepared(usual)
    assert prepared(usual) is first
    assert prepared(usual).table.ids.tolist() == [7]


@pytest.mark.django_db
@pytest.mark.parametrize("fill", [fill_example, fill_equity])
@pytest.mark.parametrize("usd", [100, 2_500, 25_000, 100_000, 1_000_000, 10_000_000])
def test_the_table_answers_at_a_size_as_the_card_does_by_its_facts(fill, usd):
    asset = fill()
    score_assets([asset.pk])
    UNIVERSE.forget()
    card = asset.scorecards.order_by("-pk").first()
    by_facts = card_at(card, asset, PositionSize(usd=usd))
    table = prepared(PositionSize(usd=usd)).table
    place = table.ids.tolist().index(asset.pk)
    states = {each["criterion"]: shown_as(each["state"], stale=each["stale"]) for each in by_facts.findings}
    of_size = [each.id for each in OF_SIZE if asset.kind in each.kinds]
    assert {id: SHOWN[table.states[id][place]] for id in of_size} == {id: states[id] for id in of_size}
    for name in ("gates_open", "gates_unverified"):
        bits = int(getattr(table, name)[place])
        assert {id for id, bit in GATE_BITS.items() if bits & bit} == set(getattr(by_facts, name))
