import pytest

from tests.screener.checklist.asking import finding, judged
from tests.screener.checklist.thresholds.transparency import TABLE


@pytest.mark.parametrize(
    ("kind", "name", "measures", "state"),
    [(*key, measures, state) for key, rows in TABLE.items() for measures, state in rows],
)
def test_states(kind, name, measures, state):
    assert finding(f"transparency.{name}", kind=kind, **measures).state == state


@pytest.mark.parametrize(
    ("measures", "is_open", "unverified"),
    [
        ({"filings_missing_24m": 1}, True, False),
        ({"filings_missing_24m": 0}, False, False),
        ({"filings_late_24m": 3}, False, True),
        ({}, False, True),
    ],
)
def test_a_missing_report_stops_the_company(measures, is_open, unverified):
    (judgement,) = judged(measures, kind="equity")
    assert ("transparency.filings_on_time" in judgement.gates_open) is is_open
    assert ("transparency.filings_on_time" in judgement.gates_unverified) is unverified


@pytest.mark.parametrize(
    ("kind", "name", "measures", "stops"),
    [
        ("token", "verified_source", {"source_verified": 0}, True),
        ("token", "verified_source", {"source_verified": 1, "contract_power_level": 2}, False),
        ("token", "deployer", {"creator_earlier_tokens": 50}, False),
        ("token", "deployer", {"creator_rugs": 1}, True),
        ("equity", "warnings", {"venue_warnings_count": 1}, True),
        ("equity", "warnings", {"venue_warnings_count": 0}, False),
    ],
)
def test_gates(kind, name, measures, stops):
    (judgement,) = judged(measures, kind=kind)
    assert (f"transparency.{name}" in judgement.gates_open) is stops
