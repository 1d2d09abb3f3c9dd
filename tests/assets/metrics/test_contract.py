from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.contract import (
    AUTHORITIES,
    GOVERNED,
    HEAVY_TAX_SHARE,
    POWERS,
    TRAP_TAX_SHARE,
    power_level,
)
from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from tests.assets.metrics.batch import NOW, measured

NAN = np.nan
HARMLESS = dict.fromkeys(POWERS, False)
OF_POWERS = ["contract_powers_count", "contract_power_level"]


def on(chain, **contract):
    """The measures of a token on this chain."""
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": 1, "kind": "token", "chain": chain}],
        contract=[{"asset_id": 1, **contract}],
    )
    return measure(facts, position_usd=1).iloc[0]


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
    found = measure(facts, position_usd=1).iloc[0]
    assert found[["source_verified", *OF_POWERS]].isna().all()


@pytest.mark.parametrize(
    ("freeze", "expected"),
    [("none", [0, 0]), ("timelock", [1, 1]), ("wallet", [1, 2]), ("", [NAN, NAN])],
)
def test_on_solana_the_power_is_to_freeze(freeze, expected):
    found = on("solana", freeze_authority=freeze, owner_authority="none")[OF_POWERS].tolist()
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("power", ["balance_mutable", "tax_mutable"])
def test_on_solana_other_powers_have_authorities_of_their_own(power):
    """A permanent delegate takes units out of every wallet, though nobody can freeze them."""
    assert on("solana", freeze_authority="none", **{power: True})[OF_POWERS].tolist() == [1, 2]


# Taxes and traps -------------------------------------------------------------------------


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
