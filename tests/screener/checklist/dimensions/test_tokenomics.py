import pytest

from tests.screener.checklist.asking import finding

# (measures, state): a good value, the exact thresholds, beyond them, not known.
TABLE = {
    ("token", "float_share"): [
        ({"float_share": 1, "supply_conflict": 0}, "pass"),
        ({"float_share": 0.8}, "pass"),
        ({"float_share": 0.79}, "caution"),
        ({"float_share": 0.5}, "caution"),
        ({"float_share": 0.49}, "fail"),
        ({"float_share": 2, "supply_conflict": 1}, "unknown"),
        ({}, "unknown"),
    ],
    ("token", "unlock_30d"): [
        ({"unlock_30d_share": 0}, "pass"),
        ({"unlock_30d_share": 0.0099}, "pass"),
        ({"unlock_30d_share": 0.01}, "caution"),
        ({"unlock_30d_share": 0.0499}, "caution"),
        ({"unlock_30d_share": 0.05}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "insider_unlock_12m"): [
        ({"insider_unlock_12m_share": 0.049}, "pass"),
        ({"insider_unlock_12m_share": 0.05}, "caution"),
        ({"insider_unlock_12m_share": 0.199}, "caution"),
        ({"insider_unlock_12m_share": 0.2}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "emission_12m"): [
        ({"emission_12m_share": -0.1}, "pass"),
        ({"emission_12m_share": 0.05}, "pass"),
        ({"emission_12m_share": 0.051}, "caution"),
        ({"emission_12m_share": 0.2}, "caution"),
        ({"emission_12m_share": 0.21}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "float_share"): [({"float_share": 0.8}, "pass"), ({}, "unknown")],
    ("equity", "unlock_30d"): [({"unlock_30d_share": 0.05}, "fail"), ({}, "unknown")],
    ("equity", "dilution_12m"): [
        ({"emission_12m_share": 0.05}, "pass"),
        ({"emission_12m_share": 0.051}, "caution"),
        ({"emission_12m_share": 0.2}, "caution"),
        ({"emission_12m_share": 0.21}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "cash_runway"): [
        ({"runway_months": 120}, "pass"),
        ({"runway_months": 18}, "pass"),
        ({"runway_months": 17.9}, "caution"),
        ({"runway_months": 12}, "caution"),
        ({"runway_months": 11.9}, "fail"),
        ({}, "unknown"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "name", "measures", "state"),
    [(*key, measures, state) for key, rows in TABLE.items() for measures, state in rows],
)
def test_states(kind, name, measures, state):
    assert finding(f"tokenomics.{name}", kind=kind, **measures).state == state


def test_an_unlock_is_told_with_its_worth():
    told = finding("tokenomics.unlock_30d", unlock_30d_share=0.4, unlock_30d_usd=10e6)
    assert (told.value, told.values) == (0.4, {"unlock_30d_usd": 10e6})
