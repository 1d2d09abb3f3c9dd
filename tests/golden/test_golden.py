"""Whole scorecards of invented assets, compared figure by figure.

A change of a rule, weight or threshold shows up here as a diff to review. Write the files anew with
`UPDATE_GOLDEN=1 pytest tests/golden`, and bump `CHECKLIST_VERSION` when a judgement moved.
"""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from screener.checklist import CHECKLIST_VERSION, judge
from screener.checklist.scoring import UNRATED
from tests.golden.invented import INVENTED

FOLDER = Path(__file__).parent
POSITION_USD = 5_000


def rounded(value: Any) -> Any:
    """Six significant digits: more would pin the order of floating-point operations."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, list | tuple) else value


def scorecard(name: str) -> dict[str, Any]:
    facts = INVENTED[name]
    measures = measure(facts, position_usd=POSITION_USD)
    (judgement,) = judge(measures, facts)
    card = {
        "checklist_version": CHECKLIST_VERSION,
        "grade": judgement.grade if judgement.rated else UNRATED,
        "total": judgement.total if judgement.rated else None,
        "low": judgement.low,
        "high": judgement.high,
        "coverage": judgement.coverage,
        "gates_open": judgement.gates_open,
        "gates_unverified": judgement.gates_unverified,
        "dimensions": judgement.dimensions,
        "findings": judgement.findings,
        "figures": measures.loc[1].dropna().to_dict(),
    }
    return rounded(card)


@pytest.mark.parametrize("name", INVENTED)
def test_scorecard(name):
    path = FOLDER / f"{name}.json"
    found = scorecard(name)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    assert found == json.loads(path.read_text())


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
    assert weakest["equity-going-concern"] == "tokenomics"
    assert weakest["equity-late-filer"] == "liquidity_depth"


def test_what_must_stop_a_reader_does():
    stops = {name: set(scorecard(name)["gates_open"]) for name in INVENTED}
    assert {name for name, gates in stops.items() if gates} == {
        "thin-pool", "whale-held", "honeypot", "equity-late-filer",
    }  # fmt: skip
    assert stops["honeypot"] == {
        "tokenomics.taxes", "liquidity_depth.pool_control", "liquidity_depth.round_trip_cost",
        "transparency.deployer",
    }  # fmt: skip
    assert stops["equity-late-filer"] == {"transparency.filings_on_time"}


def test_the_worked_example():
    """$0.50 × 50 M is $25 M; with 20 M more at the same price $35 M, and $10 M that may be sold."""
    figures = scorecard("worked-example")["figures"]
    assert figures["market_cap_usd"] == 25e6
    assert figures["market_cap_after_unlock_usd"] == 35e6
    assert figures["unlock_30d_usd"] == 10e6


def test_grades():
    grades = {name: scorecard(name)["grade"] for name in INVENTED}
    assert grades == {
        "healthy": "A",
        "thin-pool": "E",
        "whale-held": "E",
        "unlock-cliff": "B",
        "honeypot": "E",
        "worked-example": "A",
        "stale": UNRATED,
        "no-data": UNRATED,
        "equity-healthy": "A",
        "equity-going-concern": "E",
        "equity-late-filer": "E",
    }


def in_other_units(facts: Facts, factor: float) -> Facts:
    """The same asset when one unit of it is split into `factor` new ones."""
    changes: dict[str, Any] = {}
    for frame, times, divided in (
        ("supply", ("circulating", "total", "maximum", "circulating_year_ago"), ()),
        ("market", (), ("price_usd",)),
        ("pools", (), ("price_usd",)),
        ("levels", ("quantity",), ("price_usd",)),
        ("candles", (), ("open_usd", "high_usd", "low_usd", "close_usd")),
        ("unlocks", ("amount",), ()),
    ):
        rows = getattr(facts, frame)
        more = {name: rows[name] * factor for name in times}
        less = {name: rows[name] / factor for name in divided}
        changes[frame] = rows.assign(**more, **less)
    return replace(facts, **changes)


@pytest.mark.parametrize("name", [name for name in INVENTED if not name.startswith("equity")])
@pytest.mark.parametrize("factor", [1e-6, 0.1, 1_000, 1e9])
def test_the_unit_of_a_token_does_not_matter(name, factor):
    """Eighteen decimals or none: nothing that is judged hangs on how a token is counted."""
    facts = INVENTED[name]
    ours, theirs = (
        judge(measure(each, position_usd=POSITION_USD), each)[0]
        for each in (facts, in_other_units(facts, factor))
    )
    assert theirs.total == pytest.approx(ours.total, abs=1e-3)
    assert theirs.grade == ours.grade
    assert [each["state"] for each in theirs.findings] == [each["state"] for each in ours.findings]
