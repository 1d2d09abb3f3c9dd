import pytest

from assets.identity.token_programs import CLASSIC_PROGRAM
from assets.providers.rugcheck.contract import (
    EXTENSIONS,
    authority_in,
    contract_of,
    creator_of,
    earlier_tokens,
    extensions_of,
    has_power,
    has_pulled,
    is_fixed,
    level_of,
    starts_frozen,
    state_mutable,
    tax_of,
)
from assets.providers.rugcheck.values import NOBODY
from assets.sourcing.reading import RowReader

WALLET = "4rZMiegvpsnsKZ8yQNatKEYQ1372T3ADYaMr3NMGU8Po"
PROGRAM = "2V1bjezArfo4FbDXrfnSPrc7jCbuKhcYyEUz4N4TpTfJ"
READER = RowReader()
NONE_OF_THEM = dict.fromkeys(EXTENSIONS)


# Authorities ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "holder"),
    [
        ({"mintAuthority": None, "token": {"mintAuthority": None}}, ""),
        ({"mintAuthority": None, "token": {"mintAuthority": WALLET}}, WALLET),
        ({"mintAuthority": WALLET, "token": {"mintAuthority": None}}, WALLET),
        ({"token": {"mintAuthority": NOBODY}}, ""),
        ({"mintAuthority": "broken", "token": {}}, None),
        ({}, None),
    ],
)
def test_who_holds_a_power_in_one_place_holds_it(report, holder):
    assert authority_in(report, "mintAuthority", READER) == holder


def test_a_power_is_nobodys_a_persons_or_a_programs():
    assert [level_of(each) for each in (None, "", WALLET, PROGRAM)] == ["", "none", "wallet", "contract"]


# Extensions -------------------------------------------------------------------------


def test_the_classic_program_has_no_extensions():
    assert extensions_of({"tokenProgram": CLASSIC_PROGRAM, "token_extensions": None}) == NONE_OF_THEM
    assert extensions_of({"tokenProgram": CLASSIC_PROGRAM}) == NONE_OF_THEM
    assert extensions_of({"token_extensions": None}) == {}


@pytest.mark.parametrize(
    ("extensions", "is_held"),
    [
        ({}, None),
        ({"permanentDelegate": None}, False),
        ({"permanentDelegate": {"delegate": WALLET}}, True),
        ({"permanentDelegate": {"delegate": NOBODY}}, False),
        ({"permanentDelegate": {"delegate": None}}, False),
        ({"permanentDelegate": {}}, None),
        ({"permanentDelegate": "?"}, None),
    ],
)
def test_an_extension_is_a_power_where_somebody_holds_it(extensions, is_held):
    assert has_power(extensions, "permanentDelegate", "delegate", READER) is is_held


@pytest.mark.parametrize(
    ("value", "fixed"), [(True, True), (False, False), (None, False), ("yes", None), ({}, None)]
)
def test_units_that_can_not_be_moved(value, fixed):
    assert is_fixed({"nonTransferable": value}) is fixed


def test_where_nobody_looked_it_is_not_known_whether_units_can_be_moved():
    assert (is_fixed({}), starts_frozen({}), state_mutable({}, "")) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "frozen"),
    [
        (None, False),
        ({"accountState": "frozen"}, True),
        ({"accountState": "initialized"}, False),
        ({"state": 2}, True),
        ({"state": 1}, False),
        ({"state": "?"}, None),
        ({}, None),
    ],
)
def test_accounts_may_start_frozen(value, frozen):
    assert starts_frozen({"defaultAccountState": value}) is frozen


def test_whoever_can_freeze_can_make_new_accounts_frozen():
    there = {"defaultAccountState": {"accountState": "initialized"}}
    assert [state_mutable(there, each) for each in (WALLET, "", None)] == [True, False, None]
    assert state_mutable({"defaultAccountState": None}, WALLET) is False


def test_all_powers_of_a_token_without_extensions_are_denied():
    report = {"tokenProgram": CLASSIC_PROGRAM, "mintAuthority": None, "freezeAuthority": WALLET}
    row = contract_of(report, READER)
    denied = {name for name, value in row.items() if value is False}
    assert denied == {
        *("balance_mutable", "hook_mutable", "transfer_hook", "closable", "pausable", "tax_mutable"),
        *("non_transferable", "frozen_by_default", "default_state_mutable"),
    }
    assert (row["mint_authority"], row["freeze_authority"]) == ("none", "wallet")
    assert (row["buy_tax_share"], row["sell_tax_share"], row["malicious"]) == (0, 0, None)


# Transfer fee -----------------------------------------------------------------------


def fees(older, newer):
    return {
        "transferFeeConfig": {
            "olderTransferFee": {"transferFeeBasisPoints": older},
            "newerTransferFee": {"transferFeeBasisPoints": newer},
        }
    }


@pytest.mark.parametrize(
    ("report", "extensions", "tax"),
    [
        ({"transferFee": {"pct": 5}}, {}, 0.05),
        ({"transferFee": {"pct": 0}}, NONE_OF_THEM, 0),
        ({}, NONE_OF_THEM, 0),
        ({}, {}, None),
        ({"transferFee": {"pct": 1}}, fees(100, 250), 0.025),
        ({"transferFee": {"pct": 4}}, fees(400, 250), 0.04),
        ({"transferFee": {"pct": 300}}, {}, None),
        ({}, fees(20_000, None), None),
        ({"transferFee": {"pct": 3}}, NONE_OF_THEM, 0.03),
    ],
)
def test_the_highest_fee_that_is_told_counts(report, extensions, tax):
    assert tax_of(report, extensions, READER) == (None if tax is None else pytest.approx(tax))


# Creator ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("risks", "holds"),
    [
        ([{"name": "Low Liquidity"}, {"name": "Creator history of rugged tokens", "level": "danger"}], True),
        ([{"name": "creator history of rugged tokens "}], True),
        ([{"name": "Deployer rugged 3 tokens", "level": "warn"}], True),
        ([{"name": "Low Liquidity"}, {"name": "Rugged"}, {"name": "Creator sold", "value": "rugged"}], False),
        ([{"name": None}, {}, "Creator history of rugged tokens"], False),
        ([], False),
        (None, False),
    ],
)
def test_that_a_creator_pulled_tokens_before_is_the_only_risk_that_is_read(risks, holds):
    assert has_pulled({"risks": risks}) is holds
    row = contract_of({"risks": risks}, READER)
    assert (row["creator_rugs"], row["malicious"]) == ((1, True) if holds else (None, None))


@pytest.mark.parametrize(
    ("balance", "supply", "share"),
    [(0, 1_000, 0), (250, 1_000, 0.25), (None, 1_000, None), (250, 0, None), (1_001, 1_000, None)],
)
def test_the_creators_share_is_of_the_supply(balance, supply, share):
    report = {"creator": WALLET, "creatorBalance": balance, "token": {"supply": supply}}
    assert creator_of(report, RowReader())["creator_share"] == share


def test_of_nobody_no_share_is_known():
    report = {"creator": NOBODY, "creatorBalance": 0, "token": {"supply": 5}}
    assert creator_of(report, READER) == {
        "creator_address": "",
        "creator_share": None,
        "creator_earlier_tokens": None,
    }


def test_earlier_tokens_are_others_and_earlier():
    tokens = [
        {"mint": "a", "createdAt": "2025-05-01T00:00:00Z"},
        {"mint": "b", "createdAt": "2025-07-01T00:00:00Z"},
        {"mint": "c"},
        {"mint": "ours", "createdAt": "2025-05-31T00:00:00Z"},
    ]
    report = {"mint": "ours", "detectedAt": "2025-06-01T00:00:00Z", "creatorTokens": tokens}
    assert earlier_tokens(report, READER) == 2
    assert earlier_tokens(report | {"detectedAt": None}, READER) == 3
    assert earlier_tokens(report | {"creatorTokens": []}, READER) == 0
    assert earlier_tokens(report | {"creatorTokens": None}, READER) is None
