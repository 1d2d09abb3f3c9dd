from dataclasses import replace

import pytest

from assets.providers.evm_rpc.abi import Returned
from assets.providers.evm_rpc.contracts import (
    ContractCase,
    behind_call,
    owner_in,
    persons_call,
    token_call,
    told_code,
)
from assets.providers.evm_rpc.minting import Minters
from assets.sourcing.jsonrpc import RpcError
from tests.assets.providers.evm_rpc.chain import code_with, words

TOKEN, OWNER, MINTER, ADMIN = ("0x" + each * 20 for each in ("aa", "dd", "d1", "ad"))
DEAD = "0x000000000000000000000000000000000000dead"
MINTABLE = code_with("transfer(address,uint256)", "balanceOf(address)", "mint(address,uint256)")[2:]
CASE = ContractCase(address=TOKEN, owner=OWNER, admin=ADMIN, minters=Minters((MINTER, OWNER), are_none=False))


def test_a_case_is_the_same_after_its_way_through_a_request():
    assert ContractCase.from_json(CASE.to_json()) == CASE
    judged = CASE.with_code(MINTABLE)
    assert ContractCase.from_json(judged.to_json()) == judged


def test_minters_are_persons_where_there_is_something_to_mint():
    assert CASE.persons() == (OWNER, ADMIN)
    assert CASE.with_code(MINTABLE).persons() == (OWNER, MINTER, ADMIN)
    assert replace(CASE, owner=DEAD, admin=DEAD).persons() == ()


@pytest.mark.parametrize("owner", ["", DEAD])
def test_nobody_is_asked_about_who_is_nobody(owner):
    assert persons_call(ContractCase(address=TOKEN, owner=owner)) == ()


def test_each_step_says_what_it_is():
    calls = (token_call(TOKEN, chains="one"), behind_call(CASE, MINTER, is_beacon=True), *persons_call(CASE))
    assert [each.context["call"] for each in calls] == ["token", "behind", "persons"]


def test_the_owner_is_who_the_first_of_both_functions_names():
    assert owner_in(None, Returned.of(words(OWNER))) == OWNER
    assert owner_in(None, None) == ""


def test_code_that_is_not_told_is_not_missing_code():
    assert told_code(RpcError(3, "RPC Request failed")) is None
    assert told_code("0x") == ""
