import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.contract import AUTHORITIES
from assets.providers.evm_rpc.abi import Returned, selector
from assets.providers.evm_rpc.minting import (
    KNOWN,
    MINT_OF,
    STRANGER,
    Minters,
    Minting,
    all_refused,
    can_blacklist,
    mint_authority,
    minter_questions,
    minting_of,
    succeeded,
    trial_calls,
)
from assets.sourcing.jsonrpc import RpcError
from tests.assets.providers.evm_rpc.chain import code_with, words

TOKEN, OWNER = "0x" + "aa" * 20, "0x" + "dd" * 20
TRANSFERS = ("transfer(address,uint256)", "balanceOf(address)")
REVERTED, NOT_MADE = RpcError(3, "execution reverted"), RpcError(3, "RPC Request failed")
MINT = "mint(address,uint256)"
NOBODY = Minters((), are_none=False)


def read(*signatures, tail="00"):
    return minting_of(code_with(*signatures, tail=tail)[2:])


@pytest.mark.parametrize(
    ("minting", "says"),
    [
        (read(*TRANSFERS), Minting((), has_roles=False, is_open=False)),
        (read(*TRANSFERS, MINT), Minting((MINT,), has_roles=False, is_open=False)),
        (read(*TRANSFERS, "MINTER_ROLE()"), Minting((), has_roles=True, is_open=False)),
        (read(*TRANSFERS, "doAsYouLike(uint8)"), Minting((), has_roles=False, is_open=True)),
        (read("transfer(address,uint256)"), Minting((), has_roles=False, is_open=True)),
        (read(*TRANSFERS, tail="f4"), Minting((), has_roles=False, is_open=True)),
        (minting_of(""), Minting((), has_roles=False, is_open=True)),
    ],
)
def test_what_the_functions_of_a_code_say(minting, says):
    assert minting == says
    assert Minting.from_json(minting.to_json()) == minting


def test_no_function_both_mints_and_does_not():
    assert not MINT_OF.keys() & {selector("burn(uint256)")}
    assert MINT_OF.keys() <= KNOWN


@pytest.mark.parametrize(("signature", "can"), [("addBlackList(address)", True), ("burn(uint256)", None)])
def test_a_function_that_shuts_out(signature, can):
    assert can_blacklist(code_with(*TRANSFERS, signature)[2:]) is can


def answered(**said):
    count = len(minter_questions(TOKEN))
    places = {
        "minter": 0,
        "finished": count - 4,
        "member": count - 3,
        "count": count - 2,
        "admins": count - 1,
    }
    return Minters.of(
        [next((said[k] for k, p in places.items() if p == at and k in said), None) for at in range(count)]
    )


def of(value):
    return Returned.of(words(value))


@pytest.mark.parametrize(
    ("said", "named", "are_none"),
    [
        ({}, (), False),
        ({"minter": of(OWNER)}, (OWNER,), False),
        ({"minter": Returned(b"")}, (), False),
        ({"member": of(OWNER), "count": of(1), "admins": of(0)}, (OWNER,), False),
        ({"count": of(0), "admins": of(0)}, (), True),
        ({"count": of(0), "admins": of(1)}, (), False),
        ({"count": of(0)}, (), False),
        ({"finished": of(1)}, (), True),
        ({"finished": of(0)}, (), False),
    ],
)
def test_what_a_token_says_of_its_minters(said, named, are_none):
    assert answered(**said) == Minters(named, are_none=are_none)


def test_a_stranger_tries_and_then_the_owner():
    calls = trial_calls(TOKEN, (MINT, "mint(address,uint256,bytes)"), owner=OWNER)
    assert [params[0]["from"] for _method, params in calls] == [STRANGER, OWNER]
    assert len(trial_calls(TOKEN, (MINT,), owner="")) == 1


@pytest.mark.parametrize(
    ("answers", "went_through", "were_refused"),
    [
        (["0x"], True, False),
        ([words(1)], True, False),
        ([words(13)], False, False),
        ([REVERTED, "0x"], True, False),
        ([REVERTED, REVERTED], False, True),
        ([REVERTED, NOT_MADE], False, False),
        (["nonsense", None], False, False),
    ],
)
def test_whether_an_attempt_went_through(answers, went_through, were_refused):
    assert (succeeded(answers), all_refused(answers)) == (went_through, were_refused)


PLAIN = Minting((MINT,), has_roles=False, is_open=False)
WITH_ROLES = Minting((MINT,), has_roles=True, is_open=False)
OPEN = Minting((MINT,), has_roles=False, is_open=True)
ENDED = Minters((), are_none=True)


@pytest.mark.parametrize(
    ("minting", "minters", "owner", "named", "by_stranger", "by_owner", "level"),
    [
        (Minting((), has_roles=True, is_open=False), NOBODY, "wallet", [], [], [], "none"),
        (Minting((), has_roles=False, is_open=True), NOBODY, "none", [], [], [], ""),
        (PLAIN, NOBODY, "timelock", [], [REVERTED], [REVERTED], "timelock"),
        (PLAIN, NOBODY, "none", [], [REVERTED], [], "none"),
        (PLAIN, NOBODY, "none", [], [NOT_MADE], [], "contract"),
        (PLAIN, NOBODY, "", [], [REVERTED], [], "contract"),
        (PLAIN, NOBODY, "none", [], ["0x"], [], "wallet"),
        (WITH_ROLES, NOBODY, "timelock", [], [REVERTED], ["0x"], "timelock"),
        (WITH_ROLES, NOBODY, "timelock", [], [REVERTED], [REVERTED], "contract"),
        (WITH_ROLES, NOBODY, "none", [], [REVERTED], [], "contract"),
        (WITH_ROLES, NOBODY, "none", ["timelock", "wallet"], [REVERTED], [], "wallet"),
        (WITH_ROLES, NOBODY, "none", ["none"], [REVERTED], [], "contract"),
        (WITH_ROLES, ENDED, "none", [], [REVERTED], [], "none"),
        (OPEN, ENDED, "none", [], [REVERTED], [], "contract"),
        (OPEN, NOBODY, "none", [], [REVERTED], [], "contract"),
        (OPEN, NOBODY, "wallet", [], [REVERTED], ["0x"], "wallet"),
    ],
)
def test_who_can_mint(minting, minters, owner, named, by_stranger, by_owner, level):
    found = mint_authority(
        minting, minters, owner=owner, named=named, by_stranger=by_stranger, by_owner=by_owner
    )
    assert found == level


@given(
    st.sampled_from([PLAIN, WITH_ROLES, OPEN]),
    st.sampled_from(["", *AUTHORITIES]),
    st.lists(st.sampled_from(AUTHORITIES), max_size=2),
    st.lists(st.sampled_from([REVERTED, NOT_MADE, words(13), None]), min_size=1, max_size=3),
)
def test_code_that_mints_is_never_cleared_by_names_alone(minting, owner, named, answers):
    """Only an end that the token itself tells, or an owner who gave up and attempts that were turned down."""
    found = mint_authority(minting, NOBODY, owner=owner, named=named, by_stranger=answers, by_owner=[])
    assert found in AUTHORITIES
    if found == "none":
        assert owner == "none"
        assert all_refused(answers)
        assert minting is PLAIN
