import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.contract import AUTHORITIES
from assets.providers.goplus.provider import GoPlus
from assets.sourcing.contract import (
    Need,
    RefusedError,
    TransientError,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.rows import ContractRow, HolderRow, PoolRow, SupplyRow
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = GoPlus()
ADDRESS = "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0001"
OWNER, POOL = "0x" + "a1" * 20, "0x" + "b1" * 20
DEAD = "0x000000000000000000000000000000000000dead"
NOBODY = "0x" + "00" * 20
AURELIUM = (("coingecko", "aurelium"), ("address:bsc", ADDRESS))
GROVE = "0x84fa8f52e437ac04107ec1768764b2b39287cb3e"
JUPITER = "JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN"


def ask(*identifiers):
    (request,) = PROVIDER.requests(Need(family="contract", identifiers=identifiers or AURELIUM))
    return request


(MINT,) = json.loads(payload("goplus", "solana"))["result"]
ASKED = {"token": ask(), "solana": ask(("address:solana", MINT))}


def read_token(name="token", **changes):
    """What is read where these keys are changed, or left out where the change is `...`."""
    body = json.loads(payload("goplus", name))
    (token,) = body["result"].values()
    token |= changes
    for key in [key for key, value in changes.items() if value is ...]:
        del token[key]
    return read(PROVIDER, ASKED[name], json.dumps(body).encode())


def one(parsed, kind):
    (row,) = (each for each in parsed.rows if type(each) is kind)
    return row


def contract(name="token", **changes):
    return one(read_token(name, **changes), ContractRow)


def pools(parsed):
    return {row.address: row for row in parsed.rows if isinstance(row, PoolRow)}


# What is asked ----------------------------------------------------------------------


def test_one_call_asks_about_one_contract():
    assert ASKED["token"].path == "/api/v1/token_security/56"
    assert ASKED["token"].params == {"contract_addresses": ADDRESS}
    assert ASKED["solana"].path == "/api/v1/solana/token_security"
    assert ASKED["solana"].params == {"contract_addresses": MINT}


def test_an_asset_on_several_chains_is_asked_about_at_home():
    several = ask(*AURELIUM, ("address:base", "0x" + "d1" * 20))
    assert several.path == "/api/v1/token_security/56"
    rows = read(PROVIDER, several, payload("goplus", "token")).rows
    assert {type(row) for row in rows} == {ContractRow, PoolRow}


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="holders", identifiers=AURELIUM), "has no holders"),
        (Need(family="contract"), "token by token"),
        (Need(family="contract", identifiers=(("coingecko", "x"),)), "on a chain it knows"),
        (Need(family="contract", identifiers=(("address:sui", "0x1"),)), "on a chain it knows"),
        (Need(family="contract", identifiers=(("address:base", "0x1"),)), "on a chain it knows"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


# The contract -----------------------------------------------------------------------


def test_one_answer_tells_of_contract_holders_supply_and_pools():
    parsed = read_token()
    assert [type(row) for row in parsed.rows] == [ContractRow, *[PoolRow] * 3, HolderRow, SupplyRow]
    assert {row.as_of for row in parsed.rows} == {NOW}
    asset = parsed.rows[0].asset
    assert asset.identifiers == (("address:bsc", ADDRESS),)
    assert (asset.symbol, asset.name, asset.chain) == ("AUR", "Aurelium", "bsc")
    assert one(parsed, SupplyRow).total == Decimal("70000000.5")


def test_flags_have_three_states():
    row = contract(is_proxy="", hidden_owner=..., is_honeypot=None)
    assert (row.verified_source, row.pausable, row.tax_mutable) == (True, True, True)
    assert (row.blacklist, row.balance_mutable) == (False, False)
    assert (row.proxy, row.hidden_owner, row.honeypot) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), (1, True), (True, True), ("Yes", True), ("true", True), (False, False)]
)
def test_a_flag_in_words_says_the_same(value, meant):
    assert one(read_token(is_honeypot=value), ContractRow).honeypot is meant


@pytest.mark.parametrize("value", ["2", "maybe", [], 0.5])
def test_a_flag_that_is_neither_is_not_known_and_remarked(value):
    parsed = read_token(is_honeypot=value)
    assert one(parsed, ContractRow).honeypot is None
    assert "is_honeypot is neither 0 nor 1." in parsed.remarks


@pytest.mark.parametrize(
    ("value", "tax"),
    [("1", 1.0), ("0.05", 0.05), ("0", 0.0), ("", None), (..., None), ("1.5", None), ("-1", None)],
)
def test_a_tax_is_a_share_and_1_is_all_of_it(value, tax):
    row = contract(buy_tax=value, sell_tax=value)
    assert (row.buy_tax_share, row.sell_tax_share) == (tax, tax)


def test_a_tax_of_more_than_everything_is_remarked():
    assert "buy_tax is more than the whole." in read_token(buy_tax="1.5").remarks


@pytest.mark.parametrize(
    ("changes", "authority"),
    [
        ({}, "wallet"),
        ({"owner_address": "0x" + "b2" * 20}, "contract"),
        ({"owner_address": "0x" + "e1" * 20}, "contract"),
        ({"owner_address": NOBODY}, "none"),
        ({"owner_address": DEAD}, "none"),
        ({"owner_address": NOBODY, "can_take_back_ownership": "1"}, "contract"),
        ({"owner_address": NOBODY, "hidden_owner": "1"}, "contract"),
        ({"owner_address": ""}, ""),
        ({"owner_address": ...}, ""),
        ({"owner_address": "", "is_open_source": "0"}, ""),
    ],
    ids=str,
)
def test_ownership_is_given_up_only_where_that_is_told(changes, authority):
    row = contract(**changes)
    assert row.owner_authority == authority
    assert authority in ("", *AUTHORITIES)


@pytest.mark.parametrize(
    ("changes", "authority"),
    [
        ({}, "wallet"),
        ({"is_mintable": "0"}, "none"),
        ({"is_mintable": ...}, ""),
        ({"is_mintable": ""}, ""),
        ({"owner_address": NOBODY}, "contract"),
        ({"owner_address": ...}, "contract"),
    ],
    ids=str,
)
def test_who_may_mint(changes, authority):
    assert contract(**changes).mint_authority == authority


def test_owner_and_creator_are_addresses_in_lower_case():
    row = contract()
    assert (row.owner_address, row.creator_address, row.creator_share) == (OWNER, "0x" + "c1" * 20, 0.031)


@pytest.mark.parametrize(
    ("value", "rugs"),
    [("0", 0), ("3", 3), (2, 2), ("", None), (None, None), (..., None), ("-1", None), ("x", None)],
)
def test_what_else_its_creator_made(value, rugs):
    assert contract(honeypot_with_same_creator=value).creator_rugs == rugs


def test_on_solana_nothing_is_told_of_what_else_its_creator_made():
    assert contract("solana").creator_rugs is None


# Holders ----------------------------------------------------------------------------


def test_holders_are_typed():
    parsed = read_token()
    row = one(parsed, HolderRow)
    assert (row.holder_count, row.supply) == (2574, Decimal("70000000.5"))
    typed = [(each.address[-2:], each.holder_type, each.share) for each in row.positions]
    assert typed == [
        ("ad", "burn", 0.4),
        ("b1", "pool", 0.2),
        ("a1", "wallet", 0.05),
        ("b2", "contract", 0.04),
        ("b3", "locker", 0.03),
    ]


def test_more_units_than_any_number_holds_are_not_known_and_all_else_is():
    """A contract may say that it has as many as a word of its chain can hold."""
    plain, parsed = (read_token(is_honeypot="1", **more) for more in ({}, {"total_supply": f"{2**256 - 1}"}))
    assert not [row for row in parsed.rows if isinstance(row, SupplyRow)]
    assert one(parsed, ContractRow).honeypot is True
    assert one(parsed, HolderRow).supply is None
    assert one(parsed, HolderRow).positions == one(plain, HolderRow).positions
    assert (parsed.rejected, pools(parsed)) == (0, pools(plain))
    assert "total_supply is absurdly large." in parsed.remarks


def test_a_holder_of_more_than_everything_is_left_out():
    parsed = read_token()
    assert parsed.rejected == 0
    assert "percent is more than the whole." in parsed.remarks


@pytest.mark.parametrize("unread", ["", "x", "1.7", None])
def test_a_holder_whose_share_cannot_be_read_ends_the_list(unread):
    holders = [{"address": f"0x{place:040x}", "percent": str(0.4 / place)} for place in range(1, 11)]
    holders[2]["percent"] = unread
    parsed = read_token(holders=holders)
    assert [each.share for each in one(parsed, HolderRow).positions] == [0.4, 0.2]
    assert any("1 of 10 listed holders" in remark for remark in parsed.remarks)
    holders[0]["percent"] = unread
    assert one(read_token(holders=holders), HolderRow).positions == ()


# Pools ------------------------------------------------------------------------------


def control(**changes):
    row = pools(read_token(**changes))[POOL]
    return (
        row.lp_burned_share,
        row.lp_locked_share,
        row.lp_free_share,
        row.lp_free_holder,
        row.lp_locked_until,
    )


def test_pools_have_depth_and_a_name():
    found = pools(read_token())
    assert [(row.dex, row.reserve_usd) for row in found.values()] == [
        ("UniswapV3", 90_000),
        ("UniswapV2", Decimal("9945.3")),
        ("SushiSwapV2", Decimal("12.5")),
    ]


def test_control_is_told_of_the_deepest_pool_whose_shares_are_tokens():
    found = pools(read_token())
    controlled = [address for address, row in found.items() if row.lp_burned_share is not None]
    assert controlled == [POOL]


def test_burned_locked_and_free_shares_of_a_pool():
    burned, locked, free, holder, _until = control()
    assert (burned, locked, holder) == (0.3, 0.4, "0x" + "d2" * 20)
    assert free == pytest.approx(0.25)  # The holder of 5 % may be free or locked: it is not told.


def test_a_lock_ends_when_more_than_a_trifle_comes_free():
    assert control()[-1] == datetime(2027, 6, 1, tzinfo=UTC)


def locked(*locks):
    detail = [{"amount": amount, "end_time": end} for amount, end in locks]
    return {"address": "0x" + "d1" * 20, "percent": "0.9", "is_locked": 1, "locked_detail": detail}


@pytest.mark.parametrize(
    ("holder", "until"),
    [
        (locked(("1", "1780000000"), ("1", "1790000000")), datetime.fromtimestamp(1780000000, UTC)),
        (locked((None, "1780000000"), ("1", "1790000000")), datetime.fromtimestamp(1780000000, UTC)),
        (locked(("1", "1780000000"), ("1", "forever")), None),
        (locked(("1", "1780000000"), ("1", None)), None),
        (locked(), None),
        (locked(("0", "1780000000")), datetime.fromtimestamp(1780000000, UTC)),
    ],
    ids=["first", "no amount", "no moment", "no end", "no detail", "nothing"],
)
def test_the_end_of_a_lock(holder, until):
    assert control(lp_holders=[holder])[-1] == until


def test_a_hundred_small_locks_are_a_large_one():
    locks = [(str(1), str(1780000000 + number)) for number in range(100)]
    assert control(lp_holders=[locked(*locks, ("100", "1890000000"))])[-1] == datetime.fromtimestamp(
        1780000002, UTC
    )


@pytest.mark.parametrize(
    "holders", [..., [], [{"address": DEAD}], [{"address": DEAD, "percent": "x"}]], ids=str
)
def test_what_is_not_told_of_a_pool_is_not_0(holders):
    assert control(lp_holders=holders) == (None, None, None, "", None)


def lp_holder(percent, *, is_locked=0, address="0x" + "d2" * 20, **fields):
    return {"address": address, "percent": percent, "is_locked": is_locked, **fields}


def largest_free(*holders):
    row = pools(read_token(lp_holders=list(holders)))[POOL]
    return row.lp_largest_free_share, row.lp_free_holder_is_wallet


@pytest.mark.parametrize(
    ("holders", "expected"),
    [
        ([lp_holder("0.6", is_contract=0)], (0.6, True)),
        ([lp_holder("0.6", is_contract=1)], (0.6, False)),
        ([lp_holder("0.6")], (0.6, None)),
        ([lp_holder("0.6", is_contract="")], (0.6, None)),
        ([lp_holder("0.2", is_contract=1), lp_holder("0.3", address=OWNER, is_contract=0)], (0.3, True)),
        ([lp_holder("0.2", is_contract=0), lp_holder("0.2", is_contract=0)], (0.4, True)),
        ([lp_holder("1", address=DEAD)], (0, None)),
        ([locked(("1", "1780000000"))], (0, None)),
        ([lp_holder("0.5", is_locked=None), lp_holder("0.2", address=OWNER, is_contract=0)], (None, True)),
        ([lp_holder("0.1", is_locked=None), lp_holder("0.2", address=OWNER, is_contract=0)], (0.2, True)),
        ([lp_holder("0.5", is_locked=None)], (None, None)),
        ([lp_holder("x"), lp_holder("0.2", address=OWNER, is_contract=0)], (None, True)),
        ([lp_holder("", is_locked=1), lp_holder("1", address=DEAD)], (None, None)),
        ([], (None, None)),
    ],
    ids=str,
)
def test_how_much_of_a_pool_the_largest_free_holder_has_and_whether_it_is_a_person(holders, expected):
    assert largest_free(*holders) == pytest.approx(expected)


def test_of_the_other_pools_nobody_knows_who_holds_most():
    others = [row for address, row in pools(read_token()).items() if address != POOL]
    assert {(row.lp_largest_free_share, row.lp_free_holder_is_wallet) for row in others} == {(None, None)}


def test_holders_of_positions_are_those_of_a_pool_of_positions():
    holder = {"address": OWNER, "percent": "0.6", "is_locked": 0, "NFT_list": [{"NFT_id": "7", "value": "5"}]}
    found = pools(read_token(lp_holders=[holder]))
    assert [row.lp_free_share for row in found.values()] == [0.6, None, None]


def test_without_a_pool_of_their_kind_the_holders_are_of_none():
    (row,) = pools(read_token(dex=[{"name": "UniswapV4", "liquidity": "5", "pair": POOL}])).values()
    assert (row.lp_burned_share, row.lp_free_share) == (None, None)


# Solana -----------------------------------------------------------------------------


def test_authorities_and_the_fee_on_solana():
    row = contract("solana")
    assert (row.mint_authority, row.freeze_authority) == ("wallet", "none")
    assert (row.balance_mutable, row.tax_mutable) == (False, True)
    assert (row.buy_tax_share, row.sell_tax_share) == (0.03, 0.03)
    assert (
        row.creator_address
        == json.loads(payload("goplus", "solana"))["result"][MINT]["creators"][0]["address"]
    )


@pytest.mark.parametrize(
    ("changes", "non_transferable"),
    [
        ({}, False),
        ({"non_transferable": "1"}, True),
        ({"none_transferable": "1"}, True),
        ({"non_transferable": ...}, None),
    ],
    ids=str,
)
def test_what_can_not_be_transferred(changes, non_transferable):
    row = contract("solana", **changes)
    assert (row.non_transferable, row.honeypot, row.pausable) == (non_transferable, None, None)


def test_what_is_not_told_on_solana_is_not_known():
    row = contract("solana", mintable=..., freezable=None, transfer_fee=..., creators=[])
    assert (row.mint_authority, row.freeze_authority, row.buy_tax_share, row.creator_address) == (
        "",
        "",
        None,
        "",
    )


def test_holders_and_pools_on_solana():
    parsed = read_token("solana")
    row = one(parsed, HolderRow)
    assert [(each.holder_type, each.share) for each in row.positions] == [("wallet", 0.2478), ("burn", 0.01)]
    assert row.holder_count == 828_115
    orca, raydium = pools(parsed).values()
    assert (orca.dex, orca.reserve_usd, orca.fee_share) == ("orca", Decimal("502637.00"), 0.0005)
    assert orca.lp_burned_share is None  # Its shares are positions: there is nothing to burn.
    assert raydium.lp_burned_share == pytest.approx(0.9834)
    assert (raydium.lp_locked_share, raydium.price_usd) == (None, None)


def test_who_holds_by_several_accounts_holds_all_of_it():
    body = json.loads(payload("goplus", "solana"))
    (token,) = body["result"].values()
    first = token["holders"][0]
    parsed = read_token(
        "solana", holders=[first, {**first, "percent": "0.2222", "balance": "5"}, *token["holders"][1:]]
    )
    whole, *others = one(parsed, HolderRow).positions
    assert (whole.share, len(others)) == (pytest.approx(0.2478 + 0.2222), len(token["holders"]) - 1)
    assert whole.balance == Decimal(first["balance"]) + 5


def test_nobody_without_a_name_is_somebody_else():
    unnamed = {"percent": "0.2"}
    assert len(one(read_token(holders=[unnamed, unnamed]), HolderRow).positions) == 2


def test_what_nobody_examined_is_no_row():
    body = json.loads(payload("goplus", "solana"))
    (token,) = body["result"].values()
    kept = {name: token[name] for name in ("total_supply", "holder_count", "holders", "dex")}
    body["result"] = {MINT: kept}
    parsed = read(PROVIDER, ASKED["solana"], json.dumps(body).encode())
    assert not [row for row in parsed.rows if isinstance(row, ContractRow)]
    assert "GoPlus examined nothing of this contract." in parsed.remarks


def test_keys_of_solana_keep_their_case():
    body = json.loads(payload("goplus", "solana"))
    body["result"] = {MINT.lower(): body["result"][MINT]}
    parsed = read(PROVIDER, ASKED["solana"], json.dumps(body).encode())
    assert (parsed.rows, parsed.remarks) == ((), (f"GoPlus does not know {MINT}.",))


def test_keys_of_evm_chains_do_not():
    body = json.loads(payload("goplus", "token"))
    body["result"] = {"0x" + ADDRESS[2:].upper(): body["result"][ADDRESS]}
    assert read(PROVIDER, ASKED["token"], json.dumps(body).encode()).rows


# Bodies that are none ---------------------------------------------------------------


@pytest.mark.parametrize("name", ASKED)
def test_a_token_that_is_not_known_is_remarked(name):
    parsed = read(PROVIDER, ASKED[name], payload("goplus", "empty"))
    assert (parsed.rows, parsed.remarks) == (
        (),
        (f"GoPlus does not know {ASKED[name].context['address']}.",),
    )


def test_an_error_in_a_200_is_a_refusal():
    with pytest.raises(RefusedError, match=r"^GoPlus refused: ChainID not supported\.$"):
        read(PROVIDER, ASKED["token"], payload("goplus", "error"))


def test_too_many_calls_pass():
    with pytest.raises(TransientError, match="fewer calls"):
        read(PROVIDER, ASKED["token"], payload("goplus", "limit"))


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"5", b"[]", b"null", b'{"code": 1}', b'{"code": 1, "result": []}'], ids=repr
)
def test_a_body_of_another_shape_is_unreadable(body):
    with pytest.raises(UnreadableError):
        read(PROVIDER, ASKED["token"], body)


@pytest.mark.parametrize("name", ASKED)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    mutated(data, PROVIDER, ASKED[name], payload("goplus", name))


# Recorded bodies ----------------------------------------------------------------------


@pytest.mark.shared
def test_of_the_recorded_top_ten_of_grove_most_is_burned_or_in_the_pool():
    body = recorded("goplus/token_security_eth_grove_gvr.json")
    parsed = read(PROVIDER, ask(("address:ethereum", GROVE)), body)
    assert parsed.rejected == 0
    row = one(parsed, HolderRow)
    assert sum(each.share for each in row.positions) == pytest.approx(0.9694, abs=1e-4)
    set_aside = [each.share for each in row.positions if each.holder_type in {"burn", "pool"}]
    assert sum(set_aside) == pytest.approx(0.7950, abs=1e-4)
    grove = one(parsed, ContractRow)
    # "1" is told of both since the trial purchase failed, which the vendor's documentation says.
    assert (grove.buy_tax_share, grove.sell_tax_share, grove.cannot_buy) == (None, None, True)
    assert (grove.pausable, grove.honeypot, grove.limits_mutable) == (True, False, True)
    assert grove.mint_authority == grove.owner_authority == "contract"
    (pool,) = pools(parsed).values()
    assert pool.lp_burned_share == pytest.approx(0.990894, abs=1e-6)
    assert (pool.lp_locked_share, pool.lp_free_holder[:8]) == (0.0, "0xaa0158")
    assert pool.reserve_usd == Decimal("9945.36414120")


@pytest.mark.shared
def test_the_recorded_answer_about_jupiter():
    body = recorded("goplus/token_security_solana_jup.json")
    parsed = read(PROVIDER, ask(("address:solana", JUPITER)), body)
    row = one(parsed, HolderRow)
    assert (row.holder_count, len(row.positions), parsed.rejected) == (828_115, 10, 0)
    assert sum(each.share for each in row.positions) == pytest.approx(0.6633, abs=1e-4)
    found = pools(parsed)
    assert len(found) == 5
    assert all(pool.price_usd is None and pool.lp_burned_share is None for pool in found.values())
    assert not [row for row in parsed.rows if isinstance(row, ContractRow)]  # Its flags were cut off.


def holders_read(*entries, name="token"):
    parsed = read_token(name, holders=list(entries))
    (row,) = [each for each in parsed.rows if isinstance(each, HolderRow)]
    return [round(each.share, 4) for each in row.positions]


@pytest.mark.parametrize(
    ("ends", "kind"),
    [(["1704067200"], "contract"), (["1704067200", "4102444800"], "locker"), ([None], "locker")],
)
def test_a_holder_whose_locks_have_ended_locks_nothing(ends, kind):
    locks = [{"amount": "200", "end_time": end} for end in ends]
    entry = {"address": OWNER, "percent": "0.4", "balance": "400", "is_contract": 1, "is_locked": 1}
    (row,) = [
        each
        for each in read_token(holders=[entry | {"locked_detail": locks}]).rows
        if isinstance(each, HolderRow)
    ]
    assert [each.holder_type for each in row.positions] == [kind]


def test_an_account_that_is_listed_twice_holds_once():
    entry = {"address": OWNER, "percent": "0.4", "balance": "400", "is_contract": 0, "is_locked": 0}
    assert holders_read(entry, dict(entry)) == [0.4]
    assert holders_read(entry, entry | {"address": OWNER.upper().replace("0X", "0x"), "tag": "x"}) == [0.4]
    assert holders_read(entry, entry | {"balance": "300", "percent": "0.3"}) == [0.7]


def test_an_owner_on_solana_may_have_as_much_in_two_accounts():
    entry = {"account": "9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM", "percent": "0.2", "balance": "200"}
    assert holders_read(entry, dict(entry), name="solana") == [0.4]
    named = entry | {"token_account": "H8sMJSCQxfKiFTCfDR3DUMLPwcRbM61LGFJ8N4dK3WjS"}
    assert holders_read(named, dict(named), name="solana") == [0.2]


def test_a_pool_is_not_called_by_the_contract_that_keeps_all_pools():
    manager, name = "0x" + "c3" * 20, "0x" + "AB" * 32
    entry = {"liquidity_type": "UniV4", "name": "UniswapV4", "liquidity": "300", "pool_manager": manager}

    def addresses(**fields):
        rows = read_token(dex=[entry | fields]).rows
        return [each.address for each in rows if isinstance(each, PoolRow)]

    assert addresses(pair=manager) == []
    assert addresses(pair=manager, id=name) == addresses(pair=name) == [name.lower()]


@pytest.mark.parametrize(
    ("listed", "count", "expected"),
    [
        (["0.2"], "1", (None, None)),  # four fifths are nobody's
        (["0.2"], None, (None, None)),
        (["0.2", "0.2"], "9", (None, None)),  # another one may have a fifth
        (["0.91"], "1", (0, 0.91)),
        (["0.1"] * 5 + ["0.05"] * 5, "400", (0, 0.75)),  # nobody else has more than a twentieth
        (["0.1"] * 5 + ["0.05"] * 5, None, (0, 0.75)),
        (["0.1"] * 5 + ["0.05"] * 5, "10", (None, None)),
    ],
)
def test_a_list_that_is_not_the_whole_pool_leaves_open_who_has_the_rest(listed, count, expected):
    holders = [
        lp_holder(share, is_locked=1, address=f"0x{place:040x}")
        for place, share in enumerate(listed, 0xA0000)
    ]
    row = pools(read_token(lp_holders=holders, lp_holder_count=count))[POOL]
    assert (row.lp_largest_free_share, row.lp_locked_share) == (expected[0], pytest.approx(expected[1]))
