import json
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.solana_rpc.addresses import canonical_pool_of, curve_of
from assets.providers.solana_rpc.provider import READ, SolanaRpc
from assets.sourcing.contract import (
    Need,
    Provider,
    RefusedError,
    TransientError,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.rows import ContractRow, HolderRow, MarketRow, PoolRow, SupplyRow
from tests.assets.providers.answers import NOW, read, recorded
from tests.assets.providers.mutations import mutated
from tests.assets.providers.solana_rpc.accounts import (
    SYSTEM,
    answer,
    curve,
    held,
    key,
    mint,
    pump_swap_pool,
    raw,
    refusal,
)

PUBLIC, OWN = SolanaRpc(), SolanaRpc(base_url="https://node.example.org")
TOKEN, WALLET = key("token"), "DmETnDGfG36CACF2cFi5tPZewbtXhDy6aNg2q26ZVs6U"
AURELIUM = (("coingecko", "aurelium"), ("address:solana", TOKEN))
CURVE, POOL = curve_of(TOKEN), canonical_pool_of(TOKEN)
NAMED = key("named pool")


def ask(family="contract", identifiers=AURELIUM, provider=OWN):
    (request,) = provider.requests(Need(family=family, identifiers=identifiers))
    return request


ASKED = ask()


def of_mint(account, *, of_curve=None, pool=None):
    return answer([account, of_curve, pool])


def one(parsed, kind):
    (row,) = (each for each in parsed.rows if isinstance(each, kind))
    return row


# What is asked ----------------------------------------------------------------------


def test_a_mint_is_asked_with_what_programs_keep_for_it():
    assert (ASKED.path, ASKED.body["method"]) == ("", "getMultipleAccounts")
    assert ASKED.body["params"][0] == [TOKEN, CURVE, POOL]
    assert ASKED.body["params"][1]["encoding"] == "jsonParsed"


def test_pools_that_others_named_are_asked_too():
    named = (
        *AURELIUM,
        ("pool:solana", NAMED),
        ("pool:solana", POOL),
        ("pool:base", "0x1"),
        ("pool:solana", "x"),
    )
    assert ask("pools", named).body["params"][0] == [TOKEN, CURVE, POOL, NAMED]
    many = (*AURELIUM, *(("pool:solana", key(str(number))) for number in range(99)))
    assert len(ask("pools", many).body["params"][0]) == 32, "three accounts each fit into the next call"
    assert SolanaRpc.reads_pools <= {*SolanaRpc.families}


def test_a_key_is_part_of_the_path():
    assert PUBLIC.secret_path() == ""
    assert SolanaRpc(key="SECRET").secret_path() == "/SECRET"


@pytest.mark.parametrize(
    ("need", "provider", "says"),
    [
        (Need(family="books", identifiers=AURELIUM), OWN, "has no books"),
        (Need(family="contract"), OWN, "token by token"),
        (Need(family="contract", identifiers=(("coingecko", "x"),)), OWN, "mint on Solana is not known"),
        (
            Need(family="contract", identifiers=(("address:solana", "0x1"),)),
            OWN,
            "mint on Solana is not known",
        ),
        (Need(family="holders", identifiers=AURELIUM), PUBLIC, "set ASSAY_SOLANA_RPC_URL to a node that has"),
        (
            Need(family="holders", identifiers=(*AURELIUM, ("address:base", "0x" + "aa" * 20))),
            OWN,
            "lives on several chains",
        ),
    ],
)
def test_what_can_not_be_asked_is_told(need, provider, says):
    with pytest.raises(UnsupportedError, match=says):
        provider.requests(need)


# The mint ---------------------------------------------------------------------------


def test_a_mint_gives_contract_and_supply():
    parsed = read(
        OWN, ASKED, of_mint(mint(mint_authority=WALLET, extensions={"tokenMetadata": {"name": "Aurelium"}}))
    )
    contract = one(parsed, ContractRow)
    assert (contract.mint_authority, contract.freeze_authority) == ("wallet", "none")
    assert (contract.buy_tax_share, contract.pausable, contract.asset.name) == (0.0, False, "Aurelium")
    assert one(parsed, SupplyRow).total == Decimal(10**9)
    assert [each.context["call"] for each in parsed.follow] == ["age"]


def test_the_supply_of_one_chain_is_not_that_of_several():
    asked = ask(identifiers=(*AURELIUM, ("address:base", "0x" + "aa" * 20)))
    assert [type(row) for row in read(OWN, asked, of_mint(mint())).rows] == [ContractRow]


@pytest.mark.parametrize(
    ("account", "says"),
    [
        (None, "knows no account"),
        (held(TOKEN, WALLET, 5), "is no mint"),
        (raw(SYSTEM, b""), "is no mint"),
    ],
)
def test_an_address_of_no_token_is_an_answer(account, says):
    parsed = read(OWN, ASKED, of_mint(account))
    assert parsed.rows == parsed.follow == ()
    assert says in parsed.remarks[0]


def test_a_token_on_its_curve():
    parsed = read(OWN, ASKED, of_mint(mint(), of_curve=curve(virtual=(1_000, 32.19), real=(720, 2.19))))
    pool = one(parsed, PoolRow)
    assert (pool.address, pool.quote_reserve) == (CURVE, Decimal("2.19"))
    assert (pool.virtual_base_reserve, pool.virtual_quote_reserve) == (10**9, Decimal("32.19"))
    assert (one(parsed, MarketRow).launch_completed, one(parsed, MarketRow).launch_pool) == (False, "")


def test_a_finished_curve_is_no_pool():
    parsed = read(OWN, ASKED, of_mint(mint(), of_curve=curve(complete=True), pool=pump_swap_pool(TOKEN)))
    assert not [row for row in parsed.rows if isinstance(row, PoolRow)]
    assert (one(parsed, MarketRow).launch_completed, one(parsed, MarketRow).launch_pool) == (True, POOL)


@pytest.mark.parametrize(
    ("state", "circulating"),
    [({"complete": True}, 10**9), ({"complete": True, "mayhem": True}, None), ({"complete": False}, None)],
)
def test_after_its_sale_all_of_a_coin_circulates(state, circulating):
    parsed = read(OWN, ASKED, of_mint(mint(), of_curve=curve(**state)))
    assert one(parsed, SupplyRow).circulating == circulating
    assert one(read(OWN, ASKED, of_mint(mint())), SupplyRow).circulating is None


# Its age ----------------------------------------------------------------------------


def age_asked():
    (request,) = read(OWN, ASKED, of_mint(mint())).follow
    return request


def transactions(count, *, first_block=0):
    at = int((NOW - timedelta(days=9)).timestamp())
    lines = [{"signature": f"s{number}", "blockTime": at + count - 1 - number} for number in range(count)]
    told = enumerate((lines, first_block), 1)
    return json.dumps([{"jsonrpc": "2.0", "id": place, "result": each} for place, each in told]).encode()


def test_a_mint_is_as_old_as_the_first_transaction_that_named_it():
    assert age_asked().body[0]["params"] == [TOKEN, {"limit": 1_000, "commitment": "confirmed"}]
    parsed = read(OWN, age_asked(), transactions(3))
    assert one(parsed, ContractRow).deployed_at == NOW - timedelta(days=9)
    assert "age" not in [each.context["call"] for each in read(OWN, ask("pools"), of_mint(mint())).follow]


def test_pages_are_turned_back_to_the_first_transaction():
    asked, pages = age_asked(), 0
    while follow := read(OWN, asked, transactions(1_000)).follow:
        (asked,) = follow
        pages += 1
        assert asked.body[0]["params"][1]["before"] == "s999"
    assert pages == 2
    assert one(read(OWN, asked, transactions(5)), ContractRow).deployed_at == NOW - timedelta(days=9)
    assert read(OWN, asked, transactions(1_000)).rows == ()


@pytest.mark.parametrize(
    "body",
    [
        transactions(3, first_block=250_000_000),
        transactions(0),
        json.dumps([json.loads(refusal(-32601, "Method not found")), {"id": 2, "result": 0}]).encode(),
        json.dumps([json.loads(refusal(-32009, "Slot 5 was pruned")), {"id": 2, "result": 0}]).encode(),
    ],
)
def test_a_node_without_all_blocks_does_not_know_the_age(body):
    parsed = read(OWN, age_asked(), body)
    assert (parsed.rows, parsed.follow) == ((), ())
    assert "does not have all transactions" in parsed.remarks[0]


# Pools ------------------------------------------------------------------------------


def vaults_asked(provider=OWN, lp_supply=4_000):
    body = of_mint(mint(), pool=pump_swap_pool(TOKEN, lp_supply=lp_supply))
    request, _age = read(provider, ASKED, body).follow
    return request


def vaults(left=0):
    return answer(
        [held(TOKEN, POOL, 5 * 10**12), held(SOL, POOL, 80 * 10**9, 9), mint(supply=left, decimals=9)]
    )


SOL = "So11111111111111111111111111111111111111112"


def test_vaults_and_shares_of_a_pool_are_asked_next():
    assert vaults_asked().body["params"][0] == [key("pool base"), key("pool quote"), key("pool shares")]
    parsed = read(OWN, vaults_asked(), vaults())
    pool = one(parsed, PoolRow)
    assert (pool.address, pool.base_reserve, pool.quote_reserve) == (POOL, 5_000_000, 80)
    assert (pool.lp_burned_share, pool.chain, parsed.follow) == (1.0, "solana", ())


def test_it_is_asked_who_has_shares_that_are_left():
    (request,) = read(OWN, vaults_asked(), vaults(left=4_000)).follow
    assert [each["method"] for each in request.body] == ["getTokenLargestAccounts", "getTokenSupply"]
    assert request.body[0]["params"][0] == key("pool shares")
    assert read(PUBLIC, vaults_asked(PUBLIC), vaults(left=4_000)).follow == (), "the public node refuses it"


def largest(*lines, supply=100):
    value = [{"address": key(name), "amount": str(units), "decimals": 6} for name, units in lines]
    results = [{"context": {"slot": 1}, "value": value}, {"value": {"amount": str(supply), "decimals": 6}}]
    return json.dumps(
        [{"jsonrpc": "2.0", "id": place, "result": each} for place, each in enumerate(results, 1)]
    ).encode()


def through(request, *lines, supply=100):
    """From the list of accounts to the row: owners of the accounts, and what those are."""
    (owners,) = read(
        OWN, request, largest(*((name, units) for name, units, _owner in lines), supply=supply)
    ).follow
    of = request.context["mint"]
    (programs,) = read(OWN, owners, answer([held(of, owner, units) for _name, units, owner in lines])).follow
    accounts = [raw(SYSTEM, b"") for _each in programs.body["params"][0]]
    assert programs.body["params"][1]["dataSlice"] == {"offset": 0, "length": 0}
    return read(OWN, programs, answer(accounts))


def test_whose_the_shares_are():
    (request,) = read(OWN, vaults_asked(), vaults(left=1_000)).follow
    pool = one(through(request, ("a", 750, WALLET), ("b", 250, key("other")), supply=1_000), PoolRow)
    assert (pool.address, pool.lp_burned_share, pool.lp_locked_share) == (POOL, 0.75, 0.0)
    assert (pool.lp_free_holder, pool.lp_free_holder_is_wallet) == (WALLET, True)
    assert pool.lp_largest_free_share == pytest.approx(0.1875)


# Holders ----------------------------------------------------------------------------


def test_holders_are_owners_and_not_accounts():
    row = one(through(ask("holders"), ("a", 40, WALLET), ("b", 30, CURVE), ("c", 10, WALLET)), HolderRow)
    assert [(each.holder_type, each.share) for each in row.positions] == [("wallet", 0.5), ("pool", 0.3)]


def test_who_has_more_than_there_is_does_not_count():
    parsed = through(ask("holders"), ("a", 400, WALLET), ("b", 30, CURVE))
    assert [each.share for each in one(parsed, HolderRow).positions] == [0.3]
    assert "more than there is" in parsed.remarks[0]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, json.dumps([json.loads(refusal(429, "Too many requests for a specific RPC call"))]).encode()),
        (200, json.dumps([json.loads(refusal(-32601, "Method not found"))]).encode()),
    ],
)
def test_a_node_that_refuses_lists_says_so(status, body):
    request = ask("holders")
    assert OWN.accepts(request, status)
    assert not OWN.accepts(ASKED, 429)
    parsed = read(OWN, request, body, status_code=status)
    assert (parsed.rows, parsed.follow) == ((), ())
    assert "set ASSAY_SOLANA_RPC_URL to one that has them" in parsed.remarks[0]


@pytest.mark.parametrize(
    "text", ["Too many requests for a specific RPC call", "Too many requests from your IP"]
)
def test_a_limit_is_worth_another_try(text):
    with pytest.raises(
        TransientError, match="refuses lists of the largest accounts; set ASSAY_SOLANA_RPC_URL"
    ):
        read(OWN, ask("holders"), refusal(429, text), status_code=429)


@pytest.mark.parametrize("text", ["Invalid param: could not find mint", "Invalid param: not a Token mint"])
def test_an_address_without_a_token_is_an_answer(text):
    refused = json.dumps([json.loads(refusal(-32602, text))]).encode()
    request = ask("holders")
    parsed = read(OWN, request, refused)
    assert (parsed.rows, parsed.follow) == ((), ())
    assert parsed.remarks == (f"Solana RPC knows no token at {request.context['address']}.",)


def test_nobody_holds_what_is_not_there():
    parsed = read(OWN, ask("holders"), largest(supply=0))
    assert (parsed.rows, parsed.follow) == ((), ())
    assert "Nobody is listed" in parsed.remarks[0]


# What goes wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind", "says"),
    [
        (refusal(-32602, "Invalid param: WrongSize"), RefusedError, "Invalid param: WrongSize"),
        (refusal(-32005, "Node is behind by 99 slots"), TransientError, "is behind"),
        (
            refusal(-32009, "Slot 5 was skipped, or missing; pruned"),
            RefusedError,
            "no longer has the history",
        ),
        (answer([None]), UnreadableError, "other accounts than were asked for"),
        (answer("x"), UnreadableError, "other accounts"),
        (b'{"jsonrpc": "2.0", "id": 7, "result": 1}', UnreadableError, "other than what was asked"),
        (b"<html>", UnreadableError, "not JSON"),
    ],
)
def test_what_a_node_can_not_answer_is_told(body, kind, says):
    with pytest.raises(kind, match=says):
        read(OWN, ASKED, body)


def holders_of_shares():
    (request,) = read(OWN, vaults_asked(), vaults(left=1_000)).follow
    return request


def test_every_call_has_its_reader():
    (owners,) = read(OWN, holders_of_shares(), largest(("a", 5))).follow
    assert {ASKED.context["call"], vaults_asked().context["call"], owners.context["call"]} < {*READ}
    assert issubclass(SolanaRpc, Provider)


BODIES = {
    "mint": lambda: (
        ASKED,
        of_mint(mint(extensions={"transferHook": {"authority": WALLET}}), of_curve=curve()),
    ),
    "age": lambda: (age_asked(), transactions(3)),
    "vaults": lambda: (vaults_asked(), vaults(left=1_000)),
    "largest": lambda: (holders_of_shares(), largest(("a", 5), ("b", 2))),
}


@pytest.mark.parametrize("name", BODIES)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    mutated(data, OWN, *BODIES[name]())


# Recorded ---------------------------------------------------------------------------


def recorded_mint(address, path):
    asked = ask(identifiers=(("address:solana", address),))
    value = json.loads(recorded(path))
    told = value.get("body", value)["result"]
    return asked, answer([told["value"], None, None], told["context"]["slot"])


RECORDED = {
    "gary": ("8ZCmwpW3MtC5UpNcZf7U4HMvRNTo71syU11BDiAFpump", "solana_rpc/bare/getAccountInfo_mint_gary.json"),
    "aaplx": (
        "XsbEhLAtcf6HdfpFZ5xEMdqW8nfAvcsP5bdudRLJzJp",
        "solana_rpc/recorded/getAccountInfo_mint2022_AAPLx_delegate_pausable.json",
    ),
    "fluxb": (
        "FLUXBmPhT3Fd1EDVFdg46YREqHBeNypn1h4EbnTzWERX",
        "solana_rpc/recorded/getAccountInfo_mint2022_FLUXB_transferFee.json",
    ),
}


def test_recorded_mints():
    gary = one(read(OWN, *recorded_mint(*RECORDED["gary"])), ContractRow)
    assert (gary.mint_authority, gary.freeze_authority, gary.balance_mutable) == ("none", "none", False)
    aaplx = one(read(OWN, *recorded_mint(*RECORDED["aaplx"])), ContractRow)
    assert (aaplx.balance_mutable, aaplx.pausable, aaplx.transfer_hook, aaplx.hook_mutable) == (
        *(True, True),
        *(False, True),
    )
    fluxb = one(read(OWN, *recorded_mint(*RECORDED["fluxb"])), ContractRow)
    assert fluxb.buy_tax_share == 0.03


@pytest.mark.shared
@pytest.mark.parametrize("name", RECORDED)
@given(data=st.data())
def test_whatever_changes_in_a_recorded_body_no_row_is_unsound(name, data):
    mutated(data, OWN, *recorded_mint(*RECORDED[name]))
