from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.contract import (
    ALL_POWERS,
    AUTHORITIES,
    FAULTS,
    FREEZE,
    GOVERNED,
    HEAVY_TAX_SHARE,
    NOT_THE_OWNERS,
    POWERS,
    PROGRAM_POWERS,
    TRADE_LIMITS,
    TRAP_TAX_SHARE,
    TRAPS,
    as_digits,
    power_level,
    trap,
)
from assets.metrics.facts import Facts
from tests.assets.metrics.batch import NOW, Measured, measured

NAN = np.nan
HARMLESS = dict.fromkeys(POWERS, False)
HARMLESS_PROGRAM = dict.fromkeys(PROGRAM_POWERS, False)
OF_POWERS = ["contract_powers_count", "contract_power_level"]


def on(chain, **contract):
    """The measures of a token on this chain."""
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": 1, "kind": "token", "chain": chain}],
        contract=[{"asset_id": 1, **contract}],
    )
    return Measured(facts)


def powers(**contract):
    return measured(contract={**HARMLESS, **contract})[OF_POWERS].tolist()


def levelled(count, owner):
    return power_level(np.array([count], dtype=float), np.array([owner], dtype=float))[0]


# Who may mint ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authority", "level"),
    [("none", 0), ("dao", 1), ("timelock", 2), ("contract", 3), ("wallet", 4), ("", NAN), ("a friend", NAN)],
)
def test_who_may_mint(authority, level):
    found = measured(contract={"mint_authority": authority})["mint_authority_level"]
    assert found == pytest.approx(level, nan_ok=True)


def test_up_to_a_timelock_others_see_it_coming():
    assert AUTHORITIES[: GOVERNED + 1] == ("none", "dao", "timelock")


# Powers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owner", "level"),
    [("none", 0), ("dao", 1), ("timelock", 1), ("contract", 2), ("wallet", 2), ("", 2)],
)
def test_who_holds_a_power(owner, level):
    """Of an owner who is not known the worst is taken: the power is there."""
    assert powers(pausable=True, owner_authority=owner) == [1, level]


@pytest.mark.parametrize("owner", ["none", "dao", "wallet", ""])
def test_without_powers_it_does_not_matter_who_owns_it(owner):
    assert powers(owner_authority=owner) == [0, 0]


@pytest.mark.parametrize("power", POWERS)
def test_one_power_settles_it_and_that_there_is_none_must_be_known_of_all(power):
    assert powers(**{power: None}, owner_authority="wallet") == pytest.approx([NAN, NAN], nan_ok=True)
    alone = dict.fromkeys(POWERS) | {power: True}
    assert measured(contract=alone | {"owner_authority": "wallet"})[OF_POWERS].tolist() == [1, 2]


def test_powers_are_counted():
    assert powers(pausable=True, blacklist=True, freeze_authority="wallet") == [3, 2]


@pytest.mark.parametrize(
    ("power", "owner", "level"),
    [("proxy", "none", 2), ("proxy", "dao", 1), ("hidden_owner", "none", 2), ("hidden_owner", "dao", 2)],
)
def test_who_gives_up_ownership_does_not_give_up_what_others_hold(power, owner, level):
    """A proxy's code is its admin's to replace, whoever owns the token; a hidden owner is another one."""
    assert powers(**{power: True}, owner_authority=owner) == [1, level]


@given(
    count=st.one_of(st.just(NAN), st.integers(0, 7)),
    owner=st.one_of(st.just(NAN), st.integers(0, len(AUTHORITIES) - 1)),
)
def test_the_level_is_known_where_the_powers_are_and_grows_with_the_owner(count, owner):
    level = levelled(count, owner)
    assert np.isnan(level) == np.isnan(count)
    if not np.isnan(count):
        assert level in {0, 1, 2}
        assert level <= levelled(count, AUTHORITIES.index("wallet"))


# Chains on which all tokens run one program --------------------------------------------


def test_on_solana_there_is_no_source_of_its_own_to_verify():
    assert on("Solana", verified_source=None)["source_verified"] == 1
    assert np.isnan(on("Ethereum", verified_source=None)["source_verified"])
    assert on("ethereum", verified_source=False)["source_verified"] == 0


def test_on_solana_too_nothing_is_known_of_a_token_that_nobody_looked_at():
    facts = Facts.of(now=NOW, assets=[{"asset_id": 1, "kind": "token", "chain": "solana"}])
    found = Measured(facts)
    assert found[["source_verified", *OF_POWERS]].isna().all()


@pytest.mark.parametrize(
    ("freeze", "expected"),
    [("none", [0, 0]), ("timelock", [1, 1]), ("wallet", [1, 2]), ("", [NAN, NAN])],
)
def test_on_solana_the_power_is_to_freeze(freeze, expected):
    found = on("solana", freeze_authority=freeze, owner_authority="none", **HARMLESS_PROGRAM)
    assert found[OF_POWERS].tolist() == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("power", PROGRAM_POWERS)
def test_on_solana_too_that_there_is_no_power_must_be_known_of_all(power):
    found = on("solana", freeze_authority="none", **{**HARMLESS_PROGRAM, power: None})
    assert found[OF_POWERS].isna().all()


@pytest.mark.parametrize("power", PROGRAM_POWERS)
def test_on_solana_other_powers_have_authorities_of_their_own(power):
    """A permanent delegate takes units out of every wallet, though nobody can freeze them."""
    assert on("solana", freeze_authority="none", **{power: True})[OF_POWERS].tolist() == [1, 2]


# Honeypot and transfer tax -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("buy", "sell", "honeypot", "tax", "trap"),
    [
        (0.01, 0.04, False, 0.04, 0),
        (0.04, 0.01, False, 0.04, 0),
        (0, 0, False, 0, 0),
        (0, 0, True, 0, 1),
        (0, TRAP_TAX_SHARE - 0.01, False, TRAP_TAX_SHARE - 0.01, 0),
        (0, TRAP_TAX_SHARE, False, TRAP_TAX_SHARE, 1),
        (TRAP_TAX_SHARE, 0, None, TRAP_TAX_SHARE, 1),
        (TRAP_TAX_SHARE, None, None, TRAP_TAX_SHARE, 1),
        (0, 0, None, 0, NAN),
        (None, None, False, NAN, 0),
        (None, None, True, NAN, 1),
        (1.01, 0.02, False, NAN, 0),
        (-0.1, 0.02, False, NAN, 0),
    ],
)
def test_the_higher_tax_counts_and_half_of_all_is_a_trap(buy, sell, honeypot, tax, trap):
    found = measured(contract={"buy_tax_share": buy, "sell_tax_share": sell, "honeypot": honeypot})
    assert found[["tax_share", "sale_trap"]].tolist() == pytest.approx([tax, trap], nan_ok=True)


@pytest.mark.parametrize(
    ("tax", "expected"),
    [(0, NAN), (0.02, NAN), (HEAVY_TAX_SHARE, NAN), (HEAVY_TAX_SHARE + 0.01, HEAVY_TAX_SHARE + 0.01)],
)
@pytest.mark.parametrize("name", ["buy_tax_share", "sell_tax_share"])
def test_one_heavy_tax_settles_it_and_a_low_one_is_known_only_with_the_other(name, tax, expected):
    assert measured(contract={name: tax})["tax_share"] == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("pools", "expected"),
    [
        ([{"buys_24h": 40, "sells_24h": 10}], 0.25),
        ([{"buys_24h": 40, "sells_24h": 10}, {"buys_24h": 10, "sells_24h": 15}], 0.5),
        ([{"buys_24h": 40, "sells_24h": 0}], 0),
        ([{"buys_24h": 0, "sells_24h": 3}], NAN),
        ([{"buys_24h": 40, "sells_24h": None}], NAN),
        ([{"buys_24h": 40, "sells_24h": None}, {"buys_24h": 10, "sells_24h": 5}], 0.5),
        ([{"buys_24h": 40, "sells_24h": -1}], NAN),
        ([], NAN),
    ],
)
def test_sells_are_held_against_the_buys_of_the_same_pools(pools, expected):
    assert measured(pools=pools)["sells_per_buy"] == pytest.approx(expected, nan_ok=True)


# Its maker and its age -----------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 3])
def test_what_its_maker_did_before(count):
    found = measured(contract={"creator_share": 0.2, "creator_earlier_tokens": count, "creator_rugs": count})
    assert found[["creator_share", "creator_earlier_tokens", "creator_rugs"]].tolist() == [0.2, count, count]


@pytest.mark.parametrize("absurd", [-1, np.inf, None])
def test_absurd_counts_are_not_known(absurd):
    names = ["creator_share", "creator_earlier_tokens", "creator_rugs"]
    assert measured(contract=dict.fromkeys(names, absurd))[names].isna().all()


@pytest.mark.parametrize(("days", "age"), [(10, 10), (0, 0), (-1, NAN), (None, NAN)])
def test_age_of_the_contract(days, age):
    deployed_at = None if days is None else NOW - timedelta(days=days)
    found = measured(contract={"deployed_at": deployed_at})["contract_age_days"]
    assert found == pytest.approx(age, nan_ok=True)


def test_without_a_word_about_the_contract_nothing_is_known():
    names = ["mint_authority_level", "source_verified", *OF_POWERS, "tax_share", "sale_trap", "creator_rugs"]
    assert measured()[names].isna().all()


# What vendors name -----------------------------------------------------------------------


@pytest.mark.parametrize("power", NOT_THE_OWNERS)
def test_giving_up_ownership_does_not_end_every_power(power):
    assert powers(**{power: True}, owner_authority="none") == [1, 2]


def digits(*names, of):
    return sum(2 ** of.index(name) for name in names)


def test_which_powers_there_are_is_kept_in_one_number():
    found = measured(
        contract={**HARMLESS, "pausable": True, "verified_source": False, "freeze_authority": "dao"}
    )
    assert found["contract_faults"] == digits("unverified", "pausable", FREEZE, of=FAULTS)
    assert np.isnan(measured(contract=HARMLESS)["contract_faults"])


@pytest.mark.parametrize("name", [each for each in TRAPS if each != "tax"])
def test_every_trap_is_one(name):
    found = measured(contract={"honeypot": False, name: True})
    assert (found["sale_trap"], found["sale_traps"]) == (1, digits(name, of=TRAPS))


def test_several_traps_are_told_together():
    found = measured(contract={"scam": True, "buy_tax_share": 0.0, "sell_tax_share": 1.0})
    assert found["sale_traps"] == digits("scam", "tax", of=TRAPS)


USUAL = {"frozen_by_default": False, "non_transferable": False, "transfer_hook": False}


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        (USUAL, 0),
        (USUAL | {"transfer_hook": None}, NAN),
        (USUAL | {"frozen_by_default": None}, NAN),
        (USUAL | {"transfer_hook": True}, NAN),
        (USUAL | {"transfer_hook": True, "honeypot": False}, NAN),
        ({"honeypot": False}, 0),
        ({"counterfeit": False}, NAN),
        ({}, NAN),
    ],
)
def test_that_there_is_no_trap_somebody_must_have_seen(contract, expected):
    assert measured(contract=contract)["sale_trap"] == pytest.approx(expected, nan_ok=True)


def test_a_program_that_decides_on_transfers_takes_what_it_wants():
    tax = {"buy_tax_share": 0.02, "sell_tax_share": 0.02}
    assert np.isnan(measured(contract={"transfer_hook": True, **tax})["tax_share"])
    heavy = {"buy_tax_share": 0.3, "sell_tax_share": 0.3}
    assert measured(contract={"transfer_hook": True, **heavy})["tax_share"] == 0.3


@pytest.mark.parametrize(("moved", "tax"), [(0.08, 0.08), (0.01, 0.03), (None, 0.03)])
def test_a_tax_on_transfers_is_one_too(moved, tax):
    contract = {"buy_tax_share": 0.03, "sell_tax_share": 0.0, "transfer_tax_share": moved}
    assert measured(contract=contract)["tax_share"] == tax


def test_a_tax_on_transfers_does_not_stand_for_the_others():
    assert np.isnan(measured(contract={"transfer_tax_share": 0.0})["tax_share"])


@pytest.mark.parametrize(
    ("contract", "level"),
    [
        ({}, NAN),
        (dict.fromkeys(TRADE_LIMITS, False), 0),
        ({"cannot_buy": True}, 2),
        ({"cooldown": True}, 1),
        ({"sale_limited": True, "cannot_buy": False}, 1),
        ({"trade_limited": True, "cannot_buy": True}, 2),
    ],
)
def test_how_trades_are_limited(contract, level):
    found = measured(contract=contract)
    assert found["trade_limits_level"] == pytest.approx(level, nan_ok=True)
    named = [name for name in TRADE_LIMITS if contract.get(name)]
    assert found["trade_limits"] == pytest.approx(digits(*named, of=TRADE_LIMITS) or NAN, nan_ok=True)


@given(there=st.lists(st.sampled_from([0.0, 1.0, NAN]), min_size=len(ALL_POWERS), max_size=len(ALL_POWERS)))
def test_digits_tell_what_is_there(there):
    (number,) = as_digits(pd.DataFrame([there]))
    found = 0 if np.isnan(number) else int(number)
    assert [place for place in range(len(there)) if found >> place & 1] == [
        place for place, each in enumerate(there) if each == 1
    ]


@given(
    there=st.fixed_dictionaries({name: st.sampled_from([0.0, 1.0, NAN]) for name in TRAPS}),
    hook=st.sampled_from([0.0, 1.0, NAN]),
)
def test_one_more_warning_never_ends_a_trap(there, hook):
    def trapped(**more):
        return trap(pd.DataFrame([{**there, **more}]), hook=np.array([hook]))[0]

    assert all(trapped(**{name: 1.0}) == 1 for name in TRAPS)
    assert trapped() != 0 or 1.0 not in there.values()


@pytest.mark.parametrize(
    ("contract", "level"),
    [
        ({"proxy": 1}, np.nan),
        ({"proxy": 1, "owner_authority": "wallet"}, np.nan),
        ({"proxy": 1, "owner_authority": "none"}, np.nan),  # its admin is somebody else
        ({"proxy": 1, "owner_authority": "timelock"}, 0),
        ({"proxy": 1, "mint_authority": "wallet"}, 4),
        ({"proxy": 0, "owner_authority": "wallet"}, 0),
        ({}, 0),
    ],
)
def test_whoever_replaces_the_code_may_add_a_mint(contract, level):
    found = measured(contract={"mint_authority": "none"} | contract)["mint_authority_level"]
    assert found == pytest.approx(level, nan_ok=True)


@pytest.mark.parametrize(
    ("owner", "replacer", "level"),
    [
        ("none", "none", 0),
        ("none", "timelock", 1),
        ("none", "wallet", 2),
        ("none", "", 2),
        ("timelock", "contract", 2),
        ("timelock", "dao", 1),
        ("wallet", "none", 2),
        ("", "wallet", 2),
        ("", "timelock", 2),
    ],
)
def test_who_may_replace_the_code_counts_beside_the_owner(owner, replacer, level):
    told = on("base", **HARMLESS | {"proxy": True}, owner_authority=owner, proxy_authority=replacer)
    np.testing.assert_equal(told["contract_power_level"], level)


@pytest.mark.parametrize(
    ("owner", "replacer", "level"),
    [("", "", NAN), ("dao", "", 0), ("dao", "wallet", NAN), ("none", "none", 0), ("wallet", "timelock", 0)],
)
def test_that_nobody_mints_holds_while_nobody_replaces_the_code_unseen(owner, replacer, level):
    told = on("base", proxy=True, mint_authority="none", owner_authority=owner, proxy_authority=replacer)
    np.testing.assert_equal(told["mint_authority_level"], level)
