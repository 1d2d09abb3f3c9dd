from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.facts import FRAMES, Facts
from assets.metrics.witnesses import WITNESSES
from assets.metrics.witnesses.questioned import RULED, believed, questioned, restored
from assets.metrics.witnesses.witness import Doubt, Witness
from tests.assets.metrics.batch import NOW, facts_of_one
from tests.assets.metrics.witnesses.contradicted import CONTRADICTED, book, rescaled, rows_of

FACTS = Facts.of(
    now=NOW,
    assets=[{"asset_id": each, "kind": "token"} for each in (1, 2, 3)],
    supply=[{"asset_id": each, "circulating": 10 * each, "total": 100} for each in (1, 2, 3)],
    pools=[{"asset_id": each, "address": f"0x{each}", "reserve_usd": 1_000 * each} for each in (2, 2, 3)],
)


def witness(name, *doubts):
    return Witness(id=name, reason="", contradicts=lambda _facts: doubts)


def doubt(frame, field, *rows, against=7.0, **changes):
    return Doubt(
        frame=frame,
        field=field,
        rows=np.array(rows, dtype=np.intp),
        against=np.full(len(rows), against),
        **changes,
    )


OF_SUPPLY = witness("one", doubt("supply", "circulating", 1))
OF_POOLS = witness("two", doubt("pools", "reserve_usd", 0, 2, against=np.nan))
OF_MEASURE = witness("three", doubt("measures", "market_cap_usd", 2, values=np.array([5.0])))


def test_what_nobody_contradicts_stays_what_it_is():
    assert questioned(FACTS, witnesses=()) is FACTS
    assert questioned(FACTS, witnesses=(witness("none", doubt("supply", "total")),)) is FACTS


@pytest.mark.parametrize("contradicted", CONTRADICTED)
def test_no_witness_contradicts_anything_without_the_frames_that_it_is_of(contradicted):
    kind, rows = rows_of(contradicted)
    facts = facts_of_one(kind=kind, **rows)
    (its_own,) = (each for each in WITNESSES if each.id == contradicted)
    assert any(len(doubt.rows) for doubt in its_own.doubts(facts))
    for missing in {name for each in WITNESSES for name in each.of}:
        without = replace(facts, **{missing: getattr(facts, missing).iloc[:0]})
        for each in (each for each in WITNESSES if missing in each.of):
            assert [doubt for doubt in each.contradicts(without) if len(doubt.rows)] == []
            assert list(each.doubts(without)) == []


def test_a_questioned_figure_is_not_known_and_both_values_are_kept():
    facts = questioned(FACTS, witnesses=(OF_SUPPLY, OF_POOLS))
    assert facts.supply["circulating"].fillna(-1).tolist() == [10, -1, 30]
    assert facts.supply["total"].tolist() == [100] * 3
    assert facts.pools["reserve_usd"].fillna(-1).tolist() == [-1, 2_000, -1]
    told = facts.questions[["asset_id", "frame", "place", "field", "value", "witness", "against"]]
    assert [tuple(each) for each in told.fillna(-1).to_numpy().tolist()] == [
        (2, "pools", "0x2", "reserve_usd", 2_000, "two", -1),
        (2, "supply", "", "circulating", 20, "one", 7),
        (3, "pools", "0x3", "reserve_usd", 3_000, "two", -1),
    ]
    assert FACTS.supply["circulating"].tolist() == [10, 20, 30]


def test_a_product_of_sound_facts_is_masked_by_its_name():
    facts = questioned(FACTS, witnesses=(OF_MEASURE,))
    assert np.isnan(facts.unless_questioned("market_cap_usd", np.ones(3))).tolist() == [False, False, True]
    assert not np.isnan(facts.unless_questioned("fully_diluted_usd", np.ones(3))).any()


def test_what_is_not_known_is_not_questioned():
    unknown = Facts.of(now=NOW, assets=[{"asset_id": 1}], supply=[{"asset_id": 1}])
    assert questioned(unknown, witnesses=(witness("one", doubt("supply", "total", 0)),)).questions.empty


def test_the_order_of_the_witnesses_changes_nothing_but_that_of_the_reasons():
    first = questioned(FACTS, witnesses=(OF_SUPPLY, OF_POOLS, OF_MEASURE))
    last = questioned(FACTS, witnesses=(OF_MEASURE, OF_POOLS, OF_SUPPLY))
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(last, name))


def test_restored_has_everything_as_it_was():
    facts = restored(questioned(FACTS, witnesses=(OF_SUPPLY, OF_POOLS, OF_MEASURE)))
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(facts, name), getattr(FACTS, name))


def test_believed_has_the_questioned_assets_as_they_were():
    facts = believed(questioned(FACTS, witnesses=(OF_SUPPLY, OF_POOLS, OF_MEASURE)))
    assert facts.asset_ids.tolist() == [2, 3]
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(facts, name), getattr(FACTS.among([2, 3]), name))


def ruled(*fields):
    return pd.DataFrame([(2, *each) for each in fields], columns=[*RULED])


def test_what_a_person_has_decided_is_not_questioned():
    by_person = ruled(("supply", "circulating"))
    asked = questioned(FACTS, witnesses=(OF_SUPPLY, OF_POOLS), ruled=by_person).questions
    assert asked["frame"].tolist() == ["pools", "pools"]
    assert len(questioned(FACTS, witnesses=(OF_SUPPLY,), ruled=ruled(("supply", "total"))).questions) == 1
    assert len(questioned(FACTS, witnesses=(OF_SUPPLY,), ruled=ruled()).questions) == 1


def test_a_decided_supply_decides_the_market_cap():
    cap = witness("cap", doubt("measures", "market_cap_usd", 1, values=np.array([5.0])))
    assert questioned(FACTS, witnesses=(cap,), ruled=ruled(("supply", "circulating"))).questions.empty
    assert len(questioned(FACTS, witnesses=(cap,), ruled=ruled(("supply", "maximum"))).questions) == 1


def test_what_is_impossible_is_questioned_whoever_tells_it():
    impossible = replace(OF_SUPPLY, yields=False)
    by_person = ruled(("supply", "circulating"))
    assert len(questioned(FACTS, witnesses=(impossible,), ruled=by_person).questions) == 1


@pytest.mark.parametrize("each", WITNESSES, ids=lambda each: each.id)
def test_a_witness_has_nothing_to_say_of_nothing(each):
    assert all(not len(doubt.rows) for doubt in each.contradicts(Facts.of(now=NOW, assets=[])))
    assert all(not len(doubt.rows) for doubt in each.contradicts(Facts.of(now=NOW, assets=[{"asset_id": 1}])))


def test_witnesses_have_names_and_reasons_of_their_own():
    assert len({each.id for each in WITNESSES}) == len({each.reason for each in WITNESSES}) == len(WITNESSES)
    assert all(each.reason.format(value="1", against="2") for each in WITNESSES)


BOOKS = [book("a", 0.1), book("b", 0.1), book("c", 4.0)]
POOLS = [
    {"address": each, "price_usd": price, "reserve_usd": 1e5} for each, price in (("q", 0.1), ("r", 7.0))
]


# Every witness, over facts that it contradicts ------------------------------------------


def asked_of(kind, rows):
    """What is questioned, without the values: whose, of which row, by whom."""
    questions = questioned(facts_of_one(kind=kind, **rows)).questions
    names = ["frame", "place", "field", "witness"]
    return sorted(zip(*(questions[each] for each in names), strict=True)), questions


@pytest.mark.parametrize("each", WITNESSES, ids=lambda each: each.id)
def test_every_witness_has_facts_that_it_contradicts(each):
    _asked, questions = asked_of(*rows_of(each.id))
    assert each.id in set(questions["witness"])


@pytest.mark.slow("assets/metrics", "tests/assets/metrics")
@settings(max_examples=40, deadline=None)
@given(witness=st.sampled_from([*CONTRADICTED]), factor=st.sampled_from([1e-3, 0.1, 0.5, 8.0, 1e3]))
def test_the_unit_in_which_an_asset_is_counted_changes_no_doubt(witness, factor):
    kind, rows = rows_of(witness)
    if kind == "token":  # of a company's shares so few are a placeholder, whatever one of them costs
        assert asked_of(kind, rescaled(rows, factor))[0] == asked_of(kind, rows)[0]


@pytest.mark.slow("assets/metrics", "tests/assets/metrics")
@settings(max_examples=40, deadline=None)
@given(witness=st.sampled_from([*CONTRADICTED]), order=st.randoms(use_true_random=False))
def test_the_order_in_which_things_were_answered_changes_no_doubt(witness, order):
    """Bars alone have an order of their own."""
    kind, rows = rows_of(witness)
    rows = {**rows, "books": [*rows.get("books", ()), *BOOKS], "pools": [*rows.get("pools", ()), *POOLS]}
    shuffled = {
        name: order.sample(given, len(given)) if isinstance(given, list) and name != "candles" else given
        for name, given in rows.items()
    }
    asked, questions = asked_of(kind, rows)
    asked_anew, anew = asked_of(kind, shuffled)
    assert asked_anew == asked
    assert sorted(anew["value"].tolist()) == pytest.approx(sorted(questions["value"].tolist()))
