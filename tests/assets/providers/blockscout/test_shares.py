import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.blockscout.provider import Blockscout
from assets.providers.blockscout.shares import MOST_POOLS, share_fields, shares_calls
from assets.sourcing.contract import Need, UnreadableError, UnsupportedError
from assets.sourcing.rows import Position
from tests.assets.providers.answers import read
from tests.assets.providers.mutations import mutated

PROVIDER = Blockscout()
TOKEN, PAIR = "0x" + "aa" * 19 + "01", "0x" + "cc" * 20
NOBODY, LOCKER, FARM, PERSON = (
    "0x" + "0" * 40,
    "0x4f0fd563be89ec8c3e7d595bf3639128c0a7c33a",  # Team Finance on Base: identity.known_lockers
    "0x" + "f1" * 20,
    "0x" + "d1" * 20,
)
(ASKED,) = shares_calls("base", TOKEN, [PAIR])


def token(**changes):
    told = {
        "address_hash": PAIR,
        "type": "ERC-20",
        "decimals": "18",
        "total_supply": "1000",
        "holders_count": "4",
    }
    return json.dumps(told | changes).encode()


def holders(*held, follows=None):
    items = [
        {"address": {"hash": address, "is_contract": address in (LOCKER, FARM)}, "value": str(units)}
        for address, units in held
    ]
    return json.dumps({"items": items, "next_page_params": follows}).encode()


(HOLDERS,) = read(PROVIDER, ASKED, token()).follow
LISTED = holders((LOCKER, 900), (FARM, 60), (PERSON, 39), (NOBODY, 1))


def test_each_pool_that_is_named_is_asked_about():
    named = [("pool:base", f"0x{'c0' * 18}{number:04x}") for number in range(5)]
    requests = PROVIDER.requests(Need(family="pools", identifiers=(("address:base", TOKEN), *named)))
    assert [each.context["address"] for each in requests] == [value for _n, value in named[:MOST_POOLS]]
    assert {each.context["token"] for each in requests} == {TOKEN}


@pytest.mark.parametrize("others", [(), (("pool:bsc", PAIR),), (("pool:base", "0x" + "c" * 64),)])
def test_without_a_pool_there_is_nothing_to_ask(others):
    with pytest.raises(UnsupportedError, match="no pool of it is known"):
        PROVIDER.requests(Need(family="pools", identifiers=(("address:base", TOKEN), *others)))


def test_who_can_take_a_pool_out():
    (row,) = read(PROVIDER, HOLDERS, LISTED).rows
    assert row.asset.identifiers == (("address:base", TOKEN),)
    assert (row.address, row.chain, row.lp_holder_count) == (PAIR, "base", 3)
    assert (row.lp_burned_share, row.lp_locked_share) == (0.001, 0.9)
    assert row.lp_free_share == pytest.approx(0.099)
    assert (row.lp_free_holder, row.lp_largest_free_share, row.lp_free_holder_is_wallet) == (
        FARM,
        0.06,
        False,
    )


def test_a_pool_without_a_token_of_shares_tells_nothing():
    for body in (token(total_supply="0"), token(type="ERC-721"), token(total_supply=None)):
        parsed = read(PROVIDER, ASKED, body)
        assert (parsed.rows, parsed.follow) == ((), ())
    assert read(PROVIDER, ASKED, b'{"message": "Not found"}', status_code=404).rows == ()
    assert read(PROVIDER, HOLDERS, holders()).rows == ()


def test_something_else_is_unreadable():
    with pytest.raises(UnreadableError, match="other than the token"):
        read(PROVIDER, ASKED, token(address_hash=TOKEN))
    with pytest.raises(UnreadableError, match="other than the holders"):
        read(PROVIDER, HOLDERS, b'{"items": 1}')


def test_a_count_below_the_list_is_left_out():
    (asked,) = read(PROVIDER, ASKED, token(holders_count="2")).follow
    (row,) = read(PROVIDER, asked, LISTED).rows
    assert row.lp_holder_count is None


def test_who_is_not_listed_may_hold_as_much_as_the_last_who_is():
    (row,) = read(PROVIDER, HOLDERS, holders((LOCKER, 500), follows={"index": 1})).rows
    assert (row.lp_locked_share, row.lp_largest_free_share, row.lp_free_share) == (None, None, None)
    (row,) = read(PROVIDER, HOLDERS, holders((LOCKER, 500), (PERSON, 300), follows={"index": 1})).rows
    assert (row.lp_locked_share, row.lp_largest_free_share, row.lp_free_holder_is_wallet) == (0.5, 0.3, True)


@pytest.mark.parametrize(
    ("request_", "body"), [(ASKED, token()), (HOLDERS, LISTED)], ids=["token", "holders"]
)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(request_, body, data):
    mutated(data, PROVIDER, request_, body)


KINDS = st.sampled_from(["burn", "locker", "wallet", "contract", "unknown", "exchange"])


@given(st.lists(st.tuples(KINDS, st.floats(0.001, 1)), min_size=1, max_size=12), st.booleans())
def test_no_share_is_more_than_the_whole(weights, is_whole):
    total = sum(weight for _kind, weight in weights) * (1 if is_whole else 1.3)
    held = sorted(((weight / total, kind) for kind, weight in weights), reverse=True)
    positions = [
        Position(holder_type=kind, share=share, address=f"0x{place:040x}")
        for place, (share, kind) in enumerate(held)
    ]
    told = share_fields(positions, is_whole=is_whole)
    assert 0 <= told["lp_burned_share"] + (told["lp_locked_share"] or 0) <= 1 + 1e-9
    if is_whole:
        assert told["lp_burned_share"] + told["lp_locked_share"] + told["lp_free_share"] == pytest.approx(1)
        assert told["lp_largest_free_share"] <= told["lp_free_share"] + 1e-9
