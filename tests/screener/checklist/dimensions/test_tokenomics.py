import pytest

from tests.screener.checklist.asking import finding, judged
from tests.screener.checklist.thresholds.tokenomics import TABLE


@pytest.mark.parametrize(
    ("kind", "name", "measures", "state"),
    [(*key, measures, state) for key, rows in TABLE.items() for measures, state in rows],
)
def test_states(kind, name, measures, state):
    assert finding(f"tokenomics.{name}", kind=kind, **measures).state == state


def test_an_unlock_is_told_with_its_worth():
    answer = finding("tokenomics.unlock_30d", unlock_30d_share=0.4, unlock_30d_usd=10e6)
    assert (answer.value, answer.values) == (0.4, {"unlock_30d_usd": 10e6})


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
    answer = finding("tokenomics.altman", kind="equity", sector="State Commercial Banks", altman_z2=0.5)
    assert answer.state == "n-a"
