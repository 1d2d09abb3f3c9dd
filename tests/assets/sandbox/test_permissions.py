from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.contract import AUTHORITIES
from assets.metrics.families import TOKEN
from assets.sandbox.archetypes import ROTATION
from assets.sandbox.invented import invented
from assets.sandbox.ownership import holders
from assets.sandbox.permissions import PERMISSIONS, contract
from assets.sandbox.trading import pools

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def of(name):
    return invented(next(index for index, each in enumerate(ROTATION) if each.name == name))


def contract_of(name):
    (row,) = contract(of(name), NOW)
    return row


def test_a_honeypot_takes_all_of_a_sale():
    row = contract_of("honeypot")
    assert (row.honeypot, row.sell_tax_share, row.hidden_owner) == (True, 1.0, True)
    assert row.creator_earlier_tokens > row.creator_rugs > 0


def test_nobody_else_made_scams():
    others = [invented(index) for index, each in enumerate(ROTATION) if each.name != "honeypot"]
    rows = [row for asset in others if asset.archetype.kind == TOKEN for row in contract(asset, NOW)]
    assert {row.creator_rugs for row in rows} == {0}


def test_a_wallet_that_can_mint_is_named():
    row = contract_of("mintable by a wallet")
    assert (row.mint_authority, row.owner_authority) == ("wallet", "wallet")
    assert row.owner_address == row.creator_address


def test_a_taxed_token_can_shut_out_its_holders():
    row = contract_of("taxed with a blacklist")
    assert (row.blacklist, row.tax_mutable, row.honeypot) == (True, True, False)
    assert 0 < row.buy_tax_share < row.sell_tax_share < 1


def test_a_proxy_behind_a_timelock():
    row = contract_of("proxy behind a timelock")
    assert (row.proxy, row.owner_authority, row.verified_source) == (True, "timelock", True)
    assert row.owner_address not in {"", row.creator_address}


def test_of_an_unverified_contract_nothing_else_is_known():
    row = contract_of("unverified contract")
    assert row.verified_source is False
    assert (row.honeypot, row.proxy, row.sell_tax_share) == (None, None, None)
    assert (row.mint_authority, row.owner_authority, row.owner_address) == ("", "", "")


def test_usual_contracts_do_no_harm_and_are_not_all_alike():
    usual = [invented(index) for index in range(500) if ROTATION[index % len(ROTATION)].contract == "usual"]
    rows = [row for asset in usual if asset.archetype.kind == TOKEN for row in contract(asset, NOW)]
    assert {row.honeypot for row in rows} == {False}
    assert {row.owner_authority for row in rows} == {"none", "dao", "timelock"}


def test_the_creator_of_a_whale_held_token_is_the_whale():
    row, (list_of,) = contract_of("whale-held"), holders(of("whale-held"), NOW)
    whale = list_of.positions[0]
    assert (row.creator_address, row.creator_share) == (whale.address, whale.share)


@given(st.integers(0, 2_000).map(invented).filter(lambda asset: asset.archetype.kind == TOKEN))
def test_contracts_agree_with_holders_and_pools(asset):
    (row,), (list_of,) = contract(asset, NOW), holders(asset, NOW)
    listed = {position.address: position.share for position in list_of.positions}
    assert row.creator_share <= listed.get(row.creator_address, min(listed.values()))
    assert all(row.deployed_at < pool.opened_at for pool in pools(asset, NOW))
    authorities = {row.mint_authority, row.freeze_authority, row.owner_authority} - {""}
    assert authorities <= set(AUTHORITIES)


@pytest.mark.parametrize("archetype", ROTATION, ids=lambda each: each.name)
def test_what_an_archetype_names_is_there(archetype):
    assert archetype.contract in {"usual", *PERMISSIONS}
