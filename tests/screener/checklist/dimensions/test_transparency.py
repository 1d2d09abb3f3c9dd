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
    ("token", "verified_source"): [
        ({"source_verified": 1, "contract_power_level": 0}, "pass"),
        ({"source_verified": 1, "contract_power_level": 1}, "caution"),
        ({"source_verified": 1, "contract_power_level": 2}, "fail"),
        ({"source_verified": 0, "contract_power_level": 0}, "fail"),
        ({"source_verified": 0}, "fail"),
        ({"source_verified": 1}, "unknown"),
        ({}, "unknown"),
    ],
    ("token", "official_channels"): [
        ({"channels_count": 3, "site_age_days": 180, "channels_linked": 1}, "pass"),
        ({"channels_count": 3}, "pass"),
        ({"channels_count": 3, "site_age_days": 179, "channels_linked": 1}, "caution"),
        ({"channels_count": 5, "site_age_days": 900, "channels_linked": 0}, "caution"),
        ({"channels_count": 2}, "caution"),
        ({"channels_count": 1}, "caution"),
        ({"channels_count": 0}, "fail"),
        ({"site_age_days": 900}, "unknown"),
        ({}, "unknown"),
    ],
    ("token", "roadmap"): [
        ({"roadmap_delivered_share": 0.5, "commits_90d": 30}, "pass"),
        ({"roadmap_delivered_share": 0.5}, "pass"),
        ({"commits_90d": 30}, "pass"),
        ({"roadmap_delivered_share": 0.49}, "caution"),
        ({"roadmap_delivered_share": 0.01}, "caution"),
        ({"roadmap_delivered_share": 0.9, "commits_90d": 29}, "caution"),
        ({"commits_90d": 1}, "caution"),
        ({"roadmap_delivered_share": 0}, "fail"),
        ({"commits_90d": 0}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "deployer"): [
        ({"creator_earlier_tokens": 1, "creator_rugs": 0}, "pass"),
        ({"creator_earlier_tokens": 0}, "pass"),
        ({"creator_earlier_tokens": 2}, "caution"),
        ({"creator_earlier_tokens": 4}, "caution"),
        ({"creator_earlier_tokens": 5}, "fail"),
        ({"creator_earlier_tokens": 1, "creator_rugs": 1}, "fail"),
        ({"creator_rugs": 0}, "unknown"),
        ({}, "unknown"),
    ],
    ("equity", "beneish"): [
        ({"beneish_m": -2.23}, "pass"),
        ({"beneish_m": -2.22}, "pass"),
        ({"beneish_m": -2.21}, "caution"),
        ({"beneish_m": -1.78}, "caution"),
        ({"beneish_m": -1.77}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "auditor"): [
        ({"auditor_troubles_24m": 0}, "pass"),
        ({"auditor_troubles_24m": 1}, "caution"),
        ({"auditor_troubles_24m": 2}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "warnings"): [
        ({"venue_warnings_count": 0}, "pass"),
        ({"venue_warnings_count": 1}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "threshold_list"): [
        ({"on_threshold_list": 0}, "pass"),
        ({"on_threshold_list": 1}, "caution"),
        ({}, "unknown"),
    ],
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
