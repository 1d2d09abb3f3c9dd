import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.solana_rpc.addresses import PUMP_SWAP, curve_of
from assets.providers.solana_rpc.holders import held_by_owner, listed_accounts, positions_of, type_of
from assets.sourcing.reading import RowReader
from tests.assets.providers.solana_rpc.accounts import SYSTEM, held, key

TOKEN, WALLET = key("token"), "DmETnDGfG36CACF2cFi5tPZewbtXhDy6aNg2q26ZVs6U"
OTHER = "4rZMiegvpsnsKZ8yQNatKEYQ1372T3ADYaMr3NMGU8Po"
AGENT = "BwWK17cbHxwWBKZkUYvzxLcNQ1YVyaFezduWbtm2de6s"
JUPITER_LOCK = "LocpQgucEQHbqNABEYvBvwoxCPsSbG91A1QaQhQQqjn"


def test_a_list_counts_up_to_what_can_not_be_read():
    told = [{"address": key("a"), "amount": "50"}, {"address": key("b"), "amount": "x"}]
    reader = RowReader()
    assert listed_accounts({"value": told}, reader) == [(key("a"), 50)]
    assert listed_accounts({"value": [{"address": 5}, told[0]]}, reader) == []
    assert listed_accounts(None, reader) == listed_accounts({"value": 5}, reader) == []


def test_who_has_several_accounts_has_the_sum():
    told = {
        key("a"): held(TOKEN, WALLET, 1),
        key("b"): held(TOKEN, WALLET, 1),
        key("c"): held(key("other"), WALLET, 1),
    }
    listed = [(key("a"), 50), (key("b"), 20), (key("c"), 10), (key("d"), 5)]
    assert held_by_owner(listed, told, TOKEN) == {WALLET: 70, key("c"): 10, key("d"): 5}


@pytest.mark.parametrize(
    ("owner", "program", "kind"),
    [
        (WALLET, SYSTEM, "wallet"),
        (WALLET, None, "wallet"),
        (curve_of(TOKEN), None, "contract"),
        (curve_of(TOKEN), PUMP_SWAP, "pool"),
        (curve_of(TOKEN), JUPITER_LOCK, "locker"),
        (curve_of(TOKEN), key("some program"), "contract"),
        (AGENT, SYSTEM, "pool"),
        ("1nc1nerator11111111111111111111111111111111", SYSTEM, "burn"),
        ("3f7GcQFG397GAaEnv51zR6tsTVihYRydnydDD1cXekxH", None, "locker"),
    ],
)
def test_what_an_owner_is(owner, program, kind):
    assert type_of(owner, program, set()) == kind


def test_positions_go_from_large_to_small():
    found = positions_of({OTHER: 10, WALLET: 60, curve_of(TOKEN): 30}, 100, {}, pools=[curve_of(TOKEN)])
    assert [(each.address, each.share, each.holder_type) for each in found] == [
        (WALLET, 0.6, "wallet"),
        (curve_of(TOKEN), 0.3, "pool"),
        (OTHER, 0.1, "wallet"),
    ]
    assert positions_of({WALLET: 101}, 100, {}) == ()


@given(
    st.dictionaries(st.sampled_from([key(str(n)) for n in range(30)]), st.integers(0, 10**18), max_size=20)
)
def test_shares_are_parts_of_the_whole(units):
    found = positions_of(units, max(sum(units.values()), 1), {})
    assert len(found) == len(units)
    assert sum(each.share for each in found) <= 1 + 1e-9
    assert [each.share for each in found] == sorted((each.share for each in found), reverse=True)
