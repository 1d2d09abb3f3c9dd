import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assets.providers.rugcheck.pools import MOST_POOLS, pools_of
from assets.sourcing.reading import RowReader
from tests.assets.providers.answers import payload

MINT = "AEFQCtjuv83LJX5PVdqGv7BHTSoXqiUYLqsF8PvNxrLa"
POOL = "BNRKT7yR9qMnX6XiiYG4w3Kk5fKjUnL14Q7KFTrk5N2x"
CLMM = "7HZqm9UWLrpDkyTTmfWe2MxUPkJwGEKLV5g2ERyXPcuh"
CURVE = "G28h9nVBxvAGSQ5y1BGzbdGT3D21rPFAqf73nwWD2VQa"
VAULT = "BzKVzqkRYMcqXAFq5dhjHq3conWysJEvRGhXeCT3PPPL"
LP_OWNER = "39EYfVfVna3VFHU21sJRmSfo8yuiBKQDM7792cafStbZ"
SOL = "So11111111111111111111111111111111111111112"
ENDS_AT = datetime(2030, 1, 1, tzinfo=UTC)


def report():
    return json.loads(payload("rugcheck", "report"))


def pools(value=None, reader=None):
    found = pools_of(value or report(), MINT, reader or RowReader())
    return {each["address"]: each for each in found}


def changed(**lp):
    """The pool whose shares are tokens, with some of its numbers changed."""
    value = report()
    value["markets"][0]["lp"] |= lp
    return pools(value)[POOL]


# Both sides -------------------------------------------------------------------------


def test_the_side_of_the_token_is_its_own_whichever_it_is():
    pool = pools()[POOL]
    assert (pool["dex"], pool["pool_type"]) == ("raydium-cpmm", "constant_product")
    assert (pool["base_reserve"], pool["quote_reserve"]) == (4_000_000, 40)
    assert (pool["quote_price_usd"], pool["reserve_usd"]) == (100, 8_000)
    assert (pool["quote_address"], pool["quote_is_listed"]) == (SOL, True)
    other = pools()[CLMM]
    assert (other["base_reserve"], other["quote_reserve"], other["reserve_usd"]) == (1_000_000, 10, 2_000)


def test_of_a_curve_the_unsold_tokens_are_no_reserve():
    pool = pools()[CURVE]
    assert (pool["dex"], pool["pool_type"]) == ("pump-fun", "bonding_curve")
    assert (pool["reserve_usd"], pool["base_reserve"]) == (None, None)
    assert pool["quote_reserve"] == Decimal("0.01")
    assert not [name for name in pool if name.startswith("lp_")], "100 % of nothing is locked"


def test_a_market_of_two_others_is_none_of_ours():
    value = report()
    value["markets"][0]["lp"]["quoteMint"] = SOL
    assert list(pools(value)) == [CLMM, CURVE]


def test_the_deepest_pools_are_taken_and_each_once():
    value, reader = report(), RowReader()
    value["markets"] = [value["markets"][2], *[value["markets"][0]] * (MOST_POOLS - 1), value["markets"][1]]
    assert list(pools(value, reader)) == [POOL, CLMM]
    assert reader.rejected == MOST_POOLS - 2


def test_without_one_side_the_whole_is_not_known():
    assert changed(quoteUSD=None)["reserve_usd"] is None


# Who can take it out ----------------------------------------------------------------


def test_shares_are_burned_locked_and_free():
    pool = pools()[POOL]
    assert (pool["lp_burned_share"], pool["lp_locked_share"], pool["lp_free_share"]) == (0.1, 0.6, 0.3)
    assert pool["lp_locked_until"] == ENDS_AT
    assert "lp_free_holder" not in pool, "which holders are lockers is not marked"


def test_where_nothing_is_locked_the_largest_holder_is_known():
    pool = changed(lpLocked=100, lpUnlocked=900)
    assert (pool["lp_burned_share"], pool["lp_locked_share"], pool["lp_locked_until"]) == (0.1, 0, None)
    assert (pool["lp_free_holder"], pool["lp_largest_free_share"]) == (VAULT, 0.6)
    assert pool["lp_free_holder_is_wallet"] is False
    value = report()
    value["markets"][0]["lp"] |= {"lpLocked": 100, "holders": value["markets"][0]["lp"]["holders"][1:] * 2}
    pool = pools(value)[POOL]
    assert (pool["lp_free_holder"], pool["lp_largest_free_share"]) == (LP_OWNER, 0.6)
    assert pool["lp_free_holder_is_wallet"] is True


def test_without_a_list_of_holders_nobody_is_the_largest():
    assert "lp_free_holder" not in changed(lpLocked=100, holders=None)


@pytest.mark.parametrize(
    "lp",
    [
        {"base": 0},
        {"base": None},
        {"lpTotalSupply": 0},
        {"lpLocked": None},
        {"lpLocked": 1_001},
        {"reserveSupply": None},
        {"tokenSupply": None},
    ],
    ids=str,
)
def test_a_percentage_alone_says_nothing(lp):
    assert not [name for name in changed(**lp) if name.startswith("lp_")]


def test_of_a_pool_without_shares_none_are_locked():
    value = report()
    value["markets"][0]["mintLP"] = "1" * 32
    assert not [name for name in pools(value)[POOL] if name.startswith("lp_")]


# Who holds its shares -----------------------------------------------------------------


def holders_of(*amounts):
    return [
        {"address": account, "owner": account, "amount": amount}
        for account, amount in zip(("2" * 43 + each for each in BASE58), amounts, strict=False)
    ]


BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@pytest.mark.parametrize(
    ("holders", "count"),
    [
        (holders_of(500, 400), 2),
        (holders_of(500, 400, 0), 2),
        (holders_of(500), None),
        (holders_of(*[40] * 20), 20),
        (holders_of(*[40] * 9), None),
        (holders_of(500) * 2, 1),
        (None, None),
    ],
    ids=["whole", "empty account", "a part", "cut off", "a few of many", "two accounts", "no list"],
)
def test_how_many_hold_its_shares(holders, count):
    assert changed(holders=holders)["lp_holder_count"] == count


def test_a_burn_address_holds_nothing():
    dead = {"address": POOL, "owner": "1nc1nerator11111111111111111111111111111111", "amount": 400}
    assert changed(holders=[*holders_of(500), dead])["lp_holder_count"] == 1


# Lockers ----------------------------------------------------------------------------


def test_a_lock_whose_end_is_not_told_has_none():
    value = report()
    value["lockers"][VAULT]["unlockDate"] = 0
    assert pools(value)[POOL]["lp_locked_until"] is None


def test_a_lock_that_nobody_lists_leaves_the_end_open():
    value = report()
    value["lockers"] = {}
    assert (pools(value)[POOL]["lp_locked_share"], pools(value)[POOL]["lp_locked_until"]) == (0.6, None)


def test_of_several_locks_the_first_that_frees_something_counts():
    value = report()
    lock, held = value["lockers"][VAULT], value["markets"][0]["lp"]["holders"]
    tiny, early = dict(held[0], address=LP_OWNER, amount=3), dict(held[0], address=CLMM, amount=200)
    value["markets"][0]["lp"]["holders"] = [dict(held[0], amount=397), tiny, early]
    value["lockers"] |= {
        "tiny": dict(lock, tokenAccount=LP_OWNER, unlockDate=1_800_000_000),
        "early": dict(lock, tokenAccount=CLMM, unlockDate=1_850_000_000),
    }
    assert pools(value)[POOL]["lp_locked_until"] == datetime.fromtimestamp(1_850_000_000, UTC)


def test_positions_are_locked_by_their_value():
    pool = pools()[CLMM]
    assert (pool["lp_locked_share"], pool["lp_locked_until"]) == (0.4, None)
    assert "lp_burned_share" not in pool
    value = report()
    value["lockers"][CLMM]["unlockDate"] = 1_893_456_000
    assert pools(value)[CLMM]["lp_locked_until"] == ENDS_AT
    del value["lockers"][CLMM]
    assert "lp_locked_share" not in pools(value)[CLMM], "the percentage alone"
