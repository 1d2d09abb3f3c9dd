import pytest

from assets.providers.goplus.contract import evm_contract, solana_contract
from assets.providers.goplus.values import Values
from assets.sourcing.reading import RowReader


def evm(**fields):
    return evm_contract(Values(fields, RowReader()))


def solana(**fields):
    return solana_contract(Values(fields, RowReader()))


def remarks(read, **fields):
    reader = RowReader()
    read(Values(fields, reader))
    return reader.parsed([]).remarks


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("cannot_sell_all", "sale_limited"),
        ("cannot_buy", "cannot_buy"),
        ("personal_slippage_modifiable", "personal_tax_mutable"),
        ("trading_cooldown", "cooldown"),
        ("is_anti_whale", "trade_limited"),
        ("anti_whale_modifiable", "limits_mutable"),
        ("is_whitelisted", "whitelist"),
        ("selfdestruct", "self_destruct"),
        ("external_call", "external_call"),
        ("can_take_back_ownership", "ownership_recoverable"),
        ("is_airdrop_scam", "scam"),
        ("gas_abuse", "scam"),
    ],
)
def test_a_flag_of_an_evm_token(theirs, ours):
    said = [evm(**{theirs: value})[ours] for value in ("1", "0", "", None)]
    assert said == [True, False, None, None]
    assert evm()[ours] is None


def test_without_a_limit_there_is_none_to_change():
    assert evm(is_anti_whale="0")["limits_mutable"] is False
    assert evm(is_anti_whale="0", anti_whale_modifiable="1")["limits_mutable"] is True
    assert evm(is_anti_whale="1")["limits_mutable"] is None


@pytest.mark.parametrize(
    ("fields", "counterfeit"),
    [
        ({"fake_token": {"value": 1, "true_token_address": "0xabc"}}, True),
        ({"fake_token": {"value": "1"}}, True),
        ({"fake_token": {"value": 0}}, None),
        ({"fake_token": None}, None),
        ({"is_true_token": "0"}, True),
        ({"is_true_token": "1"}, False),
        ({"is_true_token": None}, None),
        ({"trust_list": "1"}, False),
        ({"trust_list": "0"}, None),
        ({"trust_list": "1", "fake_token": {"value": 1}}, True),
        ({}, None),
    ],
)
def test_an_imitation_is_named_as_one(fields, counterfeit):
    assert evm(**fields)["counterfeit"] is counterfeit


def test_whose_imitation_it_is_is_remarked():
    found = remarks(evm_contract, fake_token={"value": 1, "true_token_address": "0xabc"})
    assert found == ("GoPlus names it an imitation of 0xabc.",)


@pytest.mark.parametrize(
    ("fields", "taxes"),
    [
        ({"buy_tax": "1", "sell_tax": "1"}, (1.0, 1.0)),
        ({"buy_tax": "1", "sell_tax": "1", "cannot_buy": "1"}, (None, None)),
        ({"buy_tax": "1", "sell_tax": "0.04", "cannot_buy": "1"}, (None, 0.04)),
        ({"buy_tax": "0.1", "sell_tax": "1", "trading_cooldown": "1"}, (0.1, None)),
        ({"buy_tax": "1", "sell_tax": "0.1", "trading_cooldown": "1"}, (1.0, 0.1)),
        ({"buy_tax": "99%", "sell_tax": ""}, (0.99, None)),
    ],
)
def test_a_trial_that_failed_says_nothing_of_taxes(fields, taxes):
    row = evm(**fields)
    assert (row["buy_tax_share"], row["sell_tax_share"]) == taxes


def test_what_is_said_in_words_is_remarked():
    assert remarks(evm_contract, note="Owner is a multisig.") == ("GoPlus notes: Owner is a multisig.",)
    assert remarks(evm_contract, other_potential_risks="") == ()


def test_a_token_of_bases_own_standard_has_its_powers_in_an_object():
    on, off = {"status": "1", "admin": ["0xabc"]}, {"status": "0", "admin": []}
    info = {"transfer_pausable": off, "cannot_sell": on, "owner_change_balance": off, "mintable": on}
    row = evm(b20_token={"is_b20_token": "1", "b20_info": info})
    assert (row["pausable"], row["balance_mutable"], row["blacklist"]) == (True, False, None)
    assert row["mint_authority"] == "contract"
    assert evm(b20_token={"is_b20_token": "0"})["pausable"] is None


# Solana ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "frozen"), [("2", True), (2, True), ("1", False), ("", None), (None, None)]
)
def test_whoever_buys_what_is_frozen_by_default_is_frozen(state, frozen):
    assert solana(default_account_state=state)["frozen_by_default"] is frozen


@pytest.mark.parametrize(
    ("hook", "said"), [([], False), ([{"address": "x"}], True), ("1", True), ("0", False), (None, None)]
)
def test_a_hook_is_a_list_of_programs(hook, said):
    assert solana(transfer_hook=hook)["transfer_hook"] is said


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("closable", "closable"),
        ("transfer_hook_upgradable", "hook_mutable"),
        ("default_account_state_upgradable", "default_state_mutable"),
        ("balance_mutable_authority", "balance_mutable"),
        ("transfer_fee_upgradable", "tax_mutable"),
    ],
)
def test_a_power_of_a_program(theirs, ours):
    said = [solana(**{theirs: {"status": value, "authority": []}})[ours] for value in ("1", "0", "")]
    assert said == [True, False, None]


@pytest.mark.parametrize(
    ("fields", "malicious"),
    [
        ({"creators": [{"address": "a", "malicious_address": 1}]}, True),
        ({"creators": [{"address": "a", "malicious_address": 0}]}, False),
        ({"freezable": {"status": "1", "authority": [{"address": "a", "malicious_address": 1}]}}, True),
        ({"metadata_mutable": {"metadata_upgrade_authority": [{"malicious_address": 1}]}}, True),
        ({"transfer_hook": [{"address": "a", "malicious_address": "1"}]}, True),
        ({"creators": []}, None),
    ],
)
def test_whom_the_vendor_knows_as_malicious(fields, malicious):
    assert solana(**fields)["malicious"] is malicious


def test_no_fee_is_none_and_not_told_is_not_known():
    assert solana(transfer_fee={})["sell_tax_share"] == 0
    assert solana()["sell_tax_share"] is None
    assert solana(transfer_fee={"current_fee_rate": {"fee_rate": "0.03"}})["buy_tax_share"] == 0.03
    coming = [{"epoch": "912", "fee_rate": "0.25"}, {"epoch": "915", "fee_rate": "0.01"}]
    scheduled = {"current_fee_rate": {"fee_rate": "0.03"}, "scheduled_fee_rate": coming}
    assert solana(transfer_fee=scheduled)["sell_tax_share"] == 0.25
    assert solana(transfer_fee=scheduled | {"scheduled_fee_rate": coming[1:]})["sell_tax_share"] == 0.03
    assert solana(transfer_fee={"scheduled_fee_rate": coming})["sell_tax_share"] is None
