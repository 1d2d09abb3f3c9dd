"""Whole scorecards of invented assets, compared figure by figure.

A change of a rule, weight or threshold shows up here as a diff to review. Write the files anew with
`UPDATE_GOLDEN=1 pytest tests/golden`, and bump `CHECKLIST_VERSION` when a judgement moved.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assets.metrics.measure import measure
from screener.checklist import CHECKLIST_VERSION, judge
from tests.golden.invented import INVENTED

FOLDER = Path(__file__).parent
POSITION_USD = 5_000


def rounded(told: Any) -> Any:
    """Six significant digits: more would pin the order of floating-point operations."""
    if isinstance(told, float):
        return float(f"{told:.6g}")
    if isinstance(told, dict):
        return {name: rounded(value) for name, value in told.items()}
    return [rounded(each) for each in told] if isinstance(told, list | tuple) else told


def scorecard(name: str) -> dict[str, Any]:
    facts = INVENTED[name]
    measures = measure(facts, position_usd=POSITION_USD)
    (judgement,) = judge(measures, facts)
    told = {
        "checklist_version": CHECKLIST_VERSION,
        "grade": judgement.grade,
        "total": judgement.total,
        "low": judgement.low,
        "high": judgement.high,
        "coverage": judgement.coverage,
        "gates_open": judgement.gates_open,
        "gates_unverified": judgement.gates_unverified,
        "dimensions": {each: scores.to_json() for each, scores in judgement.dimensions.items()},
        "findings": [each.to_json() for each in judgement.findings],
        "figures": measures.loc[1].dropna().to_dict(),
    }
    return rounded(told)


@pytest.mark.parametrize("name", INVENTED)
def test_scorecard(name):
    path = FOLDER / f"{name}.json"
    told = scorecard(name)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    assert told == json.loads(path.read_text())


def test_every_file_is_of_an_invented_asset():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(INVENTED)


def test_what_is_wrong_with_each_asset_shows_in_its_weakest_dimension():
    weakest = {
        name: min(card["dimensions"], key=lambda each: card["dimensions"][each]["score"])
        for name, card in ((name, scorecard(name)) for name in INVENTED)
    }
    assert weakest["thin-pool"] == "liquidity_depth"
    assert weakest["whale-held"] == "holder_concentration"
    assert weakest["unlock-cliff"] == "tokenomics"


def test_grades():
    grades = {name: scorecard(name)["grade"] for name in INVENTED}
    assert grades == {
        "healthy": "A",
        "thin-pool": "E",
        "whale-held": "E",
        "unlock-cliff": "C",
        "stale": "C",
        "no-data": "D",
        "equity-healthy": "A",
        "equity-going-concern": "D",
    }
