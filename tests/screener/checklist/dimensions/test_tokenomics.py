import pytest

from tests.screener.checklist.asking import finding, judged

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
    ("token", "mint_authority"): [
        ({"mint_authority_level": 0}, "pass"),
        ({"mint_authority_level": 1}, "caution"),
        ({"mint_authority_level": 2}, "caution"),
        ({"mint_authority_level": 3}, "fail"),
        ({"mint_authority_level": 4}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "taxes"): [
        ({"tax_share": 0.05, "sale_trap": 0, "sells_per_buy": 0.67}, "pass"),
        ({"tax_share": 0}, "pass"),
        ({"sells_per_buy": 0.9}, "pass"),
        ({"tax_share": 0.051, "sale_trap": 0}, "caution"),
        ({"tax_share": 0.1}, "caution"),
        ({"tax_share": 0, "sells_per_buy": 0.66}, "caution"),
        ({"sells_per_buy": 0.33}, "caution"),
        ({"tax_share": 0.101}, "fail"),
        ({"tax_share": 0, "sale_trap": 1}, "fail"),
        ({"tax_share": 0, "sale_trap": 0, "sells_per_buy": 0.32}, "fail"),
        ({}, "unknown"),
    ],
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
    ("equity", "altman"): [
        ({"altman_z2": 2.6}, "pass"),
        ({"altman_z2": 2.59}, "caution"),
        ({"altman_z2": 1.1}, "caution"),
        ({"altman_z2": 1.09}, "fail"),
        ({"altman_z2": -20}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "toxic_capital"): [
        ({"reverse_splits_24m": 0, "toxic_offerings_24m": 0}, "pass"),
        ({"reverse_splits_24m": 1, "toxic_offerings_24m": 0}, "caution"),
        ({"reverse_splits_24m": 0, "toxic_offerings_24m": 1}, "caution"),
        ({"reverse_splits_24m": 0}, "pass"),
        ({"reverse_splits_24m": 2}, "fail"),
        ({"reverse_splits_24m": 0, "toxic_offerings_24m": 2}, "fail"),
        ({"toxic_offerings_24m": 2}, "unknown"),
        ({}, "unknown"),
    ],
    ("equity", "bid_price"): [
        ({"price_usd": 1.5}, "pass"),
        ({"price_usd": 1.49}, "caution"),
        ({"price_usd": 1}, "caution"),
        ({"price_usd": 0.99}, "fail"),
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


@pytest.mark.parametrize(
    ("name", "measures", "stops"),
    [
        ("mint_authority", {"mint_authority_level": 3}, False),
        ("mint_authority", {"mint_authority_level": 4}, True),
        ("taxes", {"sale_trap": 0, "tax_share": 0.4}, False),
        ("taxes", {"sale_trap": 1}, True),
    ],
)
def test_gates(name, measures, stops):
    (judgement,) = judged(measures)
    assert (f"tokenomics.{name}" in judgement.gates_open) is stops


def test_sells_against_buys_alone_leave_the_trap_unverified():
    (judgement,) = judged({"sells_per_buy": 1})
    assert "tokenomics.taxes" in judgement.gates_unverified


def test_a_bid_price_is_asked_only_of_what_an_exchange_lists():
    states = {
        venue: finding("tokenomics.bid_price", kind="equity", venue=venue, price_usd=0.2).state
        for venue in ("NASDAQ", "", "OTCQB", "OTC")
    }
    assert states == {"NASDAQ": "fail", "": "fail", "OTCQB": "n-a", "OTC": "n-a"}


def test_the_ratios_of_a_balance_sheet_are_not_asked_of_a_bank():
    told = finding("tokenomics.altman", kind="equity", sector="State Commercial Banks", altman_z2=0.5)
    assert told.state == "n-a"
