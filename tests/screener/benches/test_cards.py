import json

import numpy as np
import pytest

from assets.metrics.families import KINDS
from screener.benches.cards import OF_A_CARD, answer_sheets, card_rows
from screener.checklist import CHECKLIST_VERSION, CRITERIA, DIMENSIONS
from screener.checklist.scoring import RATED_COVERAGE
from screener.models import Scorecard

SHEETS = {kind: answer_sheets(kind) for kind in KINDS}


def cards(seed=7, kinds=KINDS, **figures):
    ids = range(1, len(kinds) + 1)
    rows = card_rows(ids, kinds, SHEETS, dice=np.random.default_rng(seed), fixed=figures)
    return [dict(zip(OF_A_CARD, row, strict=True)) for row in rows]


def test_every_column_of_a_card_is_told():
    of_retention = {"packed", "baseline_id"}
    columns = {field.attname for field in Scorecard._meta.concrete_fields}
    assert {*OF_A_CARD, "id"} == columns - of_retention


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_of_the_bench_is_shaped_like_a_real_one_and_the_same_each_time(kind):
    assert cards(kinds=[kind] * 5) == cards(kinds=[kind] * 5)
    criteria = [each.id for each in CRITERIA.values() if kind in each.kinds]
    for card in cards(kinds=[kind] * 5):
        findings = json.loads(card["findings"])
        assert [each["criterion"] for each in findings] == criteria
        assert card["states"] == "".join(each["state"][0] for each in findings)
        assert set(json.loads(card["dimensions"])) == {each.id for each in DIMENSIONS}
        assert 0 <= card["total_low"] <= card["total_high"] <= 100
        assert (card["total"] is None) == (card["grade"] == "") == (card["coverage"] < RATED_COVERAGE)
        assert card["total"] is None or card["total_low"] <= card["total"] <= card["total_high"]
        assert card["checklist_version"] == CHECKLIST_VERSION


@pytest.mark.parametrize("kind", KINDS)
def test_gates_are_those_of_the_findings(kind):
    for sheet in SHEETS[kind]:
        state_of = {each["criterion"]: each["state"] for each in json.loads(sheet.findings)}
        gates = {name for name in state_of if CRITERIA[name].is_gate}
        assert set(json.loads(sheet.gates_open)) == {each for each in gates if state_of[each] == "fail"}
        unverified = {each for each in gates if state_of[each] == "unknown"}
        assert set(json.loads(sheet.gates_unverified)) == unverified


def test_a_third_of_the_figures_is_not_known_unless_they_are_fixed():
    found = [json.loads(card["figures"]) for card in cards(kinds=["token"] * 600, price_usd=7.0)]
    assert sum("market_cap_usd" in each for each in found) / len(found) == pytest.approx(2 / 3, abs=0.06)
    assert {each["price_usd"] for each in found} == {7.0}
