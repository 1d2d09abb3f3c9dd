import pytest

from tests.screener.checklist.asking import finding, judged

# (measures, state): a good value, the exact thresholds, beyond them, not known.
TABLE = {
    ("token", "audit"): [
        ({"audit_age_days": 365, "audit_count": 1, "audit_matches": 1}, "pass"),
        ({"audit_age_days": 366, "audit_count": 1, "audit_matches": 1}, "caution"),
        ({"audit_age_days": 10, "audit_count": 1, "audit_matches": 0}, "caution"),
        ({"audit_age_days": 10, "audit_count": 1}, "caution"),
        ({"audit_count": 0}, "fail"),
        ({"audit_count": 1}, "unknown"),
        ({}, "unknown"),
    ],
    ("token", "team"): [
        ({"team_level": 2}, "pass"),
        ({"team_level": 1}, "caution"),
        ({"team_level": 0}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "official_channels"): [
        ({"channels_count": 3}, "pass"),
        ({"channels_count": 2}, "caution"),
        ({"channels_count": 1}, "caution"),
        ({"channels_count": 0}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "roadmap"): [
        ({"roadmap_delivered_share": 0.5}, "pass"),
        ({"roadmap_delivered_share": 0.49}, "caution"),
        ({"roadmap_delivered_share": 0.01}, "caution"),
        ({"roadmap_delivered_share": 0}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "work_on_code"): [
        ({"commits_90d": 30}, "pass"),
        ({"commits_90d": 29}, "caution"),
        ({"commits_90d": 1}, "caution"),
        ({"commits_90d": 0}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "official_channels"): [({"channels_count": 3}, "pass"), ({}, "unknown")],
    ("equity", "filings_on_time"): [
        ({"filings_late_24m": 0, "filings_missing_24m": 0}, "pass"),
        ({"filings_late_24m": 1, "filings_missing_24m": 0}, "caution"),
        ({"filings_late_24m": 8, "filings_missing_24m": 0}, "caution"),
        ({"filings_late_24m": 0, "filings_missing_24m": 1}, "fail"),
        ({"filings_missing_24m": 1}, "fail"),
        ({"filings_late_24m": 0}, "unknown"),
        ({}, "unknown"),
    ],
    ("equity", "going_concern"): [
        ({"going_concern_level": 0}, "pass"),
        ({"going_concern_level": 1}, "caution"),
        ({"going_concern_level": 2}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "audited_statements"): [
        ({"audit_age_days": 455, "audit_count": 1}, "pass"),
        ({"audit_age_days": 456, "audit_count": 1}, "caution"),
        ({"audit_count": 0}, "fail"),
        ({}, "unknown"),
    ],
}


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
