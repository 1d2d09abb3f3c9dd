import json
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from assets.identity.chains import TO_CHAIN_ID
from assets.metrics.pools import CONCENTRATED
from assets.providers.evm_rpc.code import ADMIN_SLOT, SLOTS
from assets.providers.evm_rpc.minting import STRANGER
from assets.providers.evm_rpc.provider import NODES, READ, EvmRpc, nodes
from assets.sourcing.addresses import configure
from assets.sourcing.contract import Need, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.rows import ContractRow, PoolRow, SupplyRow
from tests.assets.providers.answers import NOW, read
from tests.assets.providers.evm_rpc.chain import Chain, code_with, text, words
from tests.assets.providers.mutations import mutated

BY_CHAIN = {each.chain: each for each in nodes()}
PROVIDER = BY_CHAIN["base"]()
TOKEN, OWNER, PAIR, POOL = ("0x" + each * 20 for each in ("aa", "dd", "cc", "c3"))
WETH, FACTORY = "0x4200000000000000000000000000000000000006", "0x8909dc15e40173ff4699343b6eb8132c65e18ec6"
FACTORY_V3 = "0x33128a8fc17869897dce68ed026d694621f6fdfd"
LOCKER = "0x4f0fd563be89ec8c3e7d595bf3639128c0a7c33a"
DEAD = "0x000000000000000000000000000000000000dead"
AURELIUM = (("coingecko", "aurelium"), ("address:base", TOKEN))
CODE = "0x6001600055f3"


def ask(family="contract", identifiers=AURELIUM, provider=PROVIDER):
    (request,) = provider.requests(Need(family=family, identifiers=identifiers))
    return request


def token_chain(*, owner=OWNER, code=CODE, owner_code="0x"):
    chain = Chain(block=NOW - timedelta(minutes=1))
    chain.says(TOKEN, "totalSupply()", answer=words(10**24)).says(TOKEN, "decimals()", answer=words(18))
    chain.says(TOKEN, "name()", answer=text("Aurelium")).says(TOKEN, "symbol()", answer=text("AUR"))
    if owner:
        chain.says(TOKEN, "owner()", answer=words(owner))
    chain.beside["eth_getCode", TOKEN, "latest"] = code
    chain.beside["eth_getCode", OWNER, "latest"] = owner_code
    for slot in SLOTS.values():
        chain.beside["eth_getStorageAt", TOKEN, slot] = "0x" + "00" * 32
    return chain


def walk(chain, request, provider=PROVIDER):
    """All rows and remarks, through every call that follows."""
    rows, remarks, waiting = [], [], [request]
    while waiting:
        asked = waiting.pop(0)
        parsed = read(provider, asked, chain.answer(asked))
        rows += parsed.rows
        remarks += parsed.remarks
        waiting += parsed.follow
    return rows, remarks


def merged(rows, kind):
    """What all rows of this kind tell together."""
    told = {}
    for row in rows:
        if isinstance(row, kind):
            values = {name: getattr(row, name) for name in row.__dataclass_fields__}
            told |= {name: value for name, value in values.items() if value not in (None, "")}
    return told


# Nodes ------------------------------------------------------------------------------


def test_each_chain_has_a_node_of_its_own():
    assert {each.name for each in nodes()} == {f"evm_rpc_{TO_CHAIN_ID[chain]}" for chain in NODES}
    assert (PROVIDER.title, PROVIDER.default_url) == ("Base RPC", "https://mainnet.base.org")
    assert PROVIDER.namespaces == ("address:base",)
    assert all(issubclass(each, EvmRpc) and each.default_url.startswith("https://") for each in nodes())
    assert BY_CHAIN["base"](key="SECRET").secret_path() == "/SECRET"
    assert PROVIDER.secret_path() == ""


def test_a_second_node_of_a_chain_is_a_provider_of_its_own(monkeypatch):
    monkeypatch.setenv("ASSAY_EVM_RPC_8453_SECOND_URL", "http://127.0.0.1:9545")
    first, second = (each for each in nodes() if each.chain == "base")
    assert (first.name, second.name) == ("evm_rpc_8453", "evm_rpc_8453_second")
    assert second.title == "Base RPC, second node"
    assert configure(second).base_url == "http://127.0.0.1:9545"
    assert len(nodes()) == len(NODES) + 1
    with pytest.raises(RefusedError, match="check ASSAY_EVM_RPC_8453_SECOND_URL"):
        read(second(), ask(), Chain(1).answer(ask()))


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="holders", identifiers=AURELIUM), "has no holders; it has: contract, pools"),
        (Need(family="contract"), "token by token"),
        (
            Need(family="contract", identifiers=(("address:bsc", TOKEN),)),
            "contract on this chain is not known",
        ),
        (Need(family="contract", identifiers=(("address:base", "0x1"),)), "contract on this chain"),
        (
            Need(family="contract", identifiers=(("address:ethereum", TOKEN), ("address:base", TOKEN))),
            "contract on this chain is not known",
        ),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


def test_a_node_of_another_chain_is_not_believed():
    with pytest.raises(RefusedError, match="of chain 1 and not of 8453; check ASSAY_EVM_RPC_8453_URL"):
        read(PROVIDER, ask(), Chain(1).answer(ask()))


# The token --------------------------------------------------------------------------


def test_a_token_tells_supply_and_owner_and_its_code_the_rest():
    rows, _remarks = walk(token_chain(), ask())
    contract = merged(rows, ContractRow)
    assert (contract["owner_address"], contract["owner_authority"]) == (OWNER, "wallet")
    assert (contract["proxy"], contract["self_destruct"]) == (False, False)
    assert merged(rows, SupplyRow)["total"] == Decimal(10**6)
    assert (rows[0].asset.name, rows[0].asset.symbol) == ("Aurelium", "AUR")
    assert {row.as_of for row in rows} == {NOW - timedelta(minutes=1)}


def test_the_supply_of_one_chain_is_not_that_of_several():
    several = ask(identifiers=(("address:base", TOKEN), ("address:bsc", TOKEN)))
    rows, _remarks = walk(token_chain(), several)
    assert not merged(rows, SupplyRow)


@pytest.mark.parametrize("nobody", ["0x" + "0" * 40, DEAD])
def test_an_owner_who_is_nobody_has_given_up(nobody):
    request = ask()
    parsed = read(PROVIDER, request, token_chain(owner=nobody).answer(request))
    contract = merged(parsed.rows, ContractRow)
    assert (contract["owner_authority"], "owner_address" in contract, parsed.follow) == ("none", False, ())


def test_without_an_owner_nothing_is_told_of_one():
    rows, _remarks = walk(token_chain(owner=""), ask())
    assert not {"owner_authority", "owner_address"} & {*merged(rows, ContractRow)}
    by_other_name = token_chain(owner="").says(TOKEN, "getOwner()", answer=words(OWNER))
    assert merged(walk(by_other_name, ask())[0], ContractRow)["owner_address"] == OWNER


@pytest.mark.parametrize(
    ("code", "delay", "level"),
    [
        ("0x", None, "wallet"),
        ("0xef0100" + "aa" * 20, None, "wallet"),
        (CODE, None, "contract"),
        (CODE, 0, "contract"),
        (CODE, 172_800, "timelock"),
    ],
)
def test_what_the_owner_is(code, delay, level):
    chain = token_chain(owner_code=code)
    if delay is not None:
        chain.says(OWNER, "getMinDelay()", answer=words(delay))
    assert merged(walk(chain, ask())[0], ContractRow)["owner_authority"] == level


def test_an_owner_of_whom_nothing_is_told():
    chain = token_chain()
    del chain.beside["eth_getCode", OWNER, "latest"]
    rows, remarks = walk(chain, ask())
    assert "owner_authority" not in merged(rows, ContractRow)
    assert "is unknown" in remarks[0]


def test_who_tells_whether_it_is_paused_can_be_paused():
    chain = token_chain().says(TOKEN, "paused()", answer=words(0))
    assert merged(walk(chain, ask())[0], ContractRow)["pausable"] is True


def test_a_proxy_is_told_by_its_slot():
    chain = token_chain(code="0x5b60016000f400")
    chain.beside["eth_getStorageAt", TOKEN, SLOTS["implementation"]] = words(OWNER)
    assert merged(walk(chain, ask())[0], ContractRow)["proxy"] is True


MINTABLE = code_with("transfer(address,uint256)", "balanceOf(address)", "owner()", "mint(address,uint256)")
FIXED = code_with("transfer(address,uint256)", "balanceOf(address)", "owner()", "renounceOwnership()")
BEHIND, BEACON, ADMIN = ("0x" + each * 20 for each in ("b1", "b2", "ad"))
MINT = "mint(address,uint256)"


def proxy_chain(slot="implementation", *, code=MINTABLE, admin_code="0x6000"):
    chain = token_chain(code="0x60f4")
    chain.beside["eth_getStorageAt", TOKEN, SLOTS[slot]] = words(BEACON if slot == "beacon" else BEHIND)
    chain.beside["eth_getStorageAt", TOKEN, ADMIN_SLOT] = words(ADMIN)
    chain.beside["eth_getCode", BEHIND, "latest"] = code
    chain.beside["eth_getCode", BEACON, "latest"] = "0x6001"
    chain.beside["eth_getCode", ADMIN, "latest"] = admin_code
    return chain.says(BEACON, "implementation()", answer=words(BEHIND))


def test_code_that_mints_nothing_is_settled_without_another_call():
    parsed = read(PROVIDER, ask(), token_chain(owner="", code=FIXED).answer(ask()))
    assert merged(parsed.rows, ContractRow)["mint_authority"] == "none"
    assert not parsed.follow


def test_an_owner_who_can_mint_is_found_out_by_trying():
    chain = token_chain(code=MINTABLE).lets(OWNER, TOKEN, MINT, STRANGER, 1)
    assert merged(walk(chain, ask())[0], ContractRow)["mint_authority"] == "wallet"


def test_what_anybody_can_mint_is_in_anybodys_hand():
    chain = token_chain(owner=DEAD, code=MINTABLE).lets(STRANGER, TOKEN, MINT, STRANGER, 1)
    assert merged(walk(chain, ask())[0], ContractRow)["mint_authority"] == "wallet"


def test_who_gave_up_can_not_mint_and_nobody_else_can():
    assert (
        merged(walk(token_chain(owner=DEAD, code=MINTABLE), ask())[0], ContractRow)["mint_authority"]
        == "none"
    )


def test_an_attempt_that_was_not_made_says_nothing():
    chain = token_chain(owner=DEAD, code=MINTABLE).lets(STRANGER, TOKEN, MINT, STRANGER, 1, answer=None)
    chain.trials.clear()
    request = steps(chain, ask())["persons"][0]
    lines = json.loads(chain.answer(request))
    lines[-1]["error"] = {"code": 3, "message": "RPC Request failed."}
    parsed = read(PROVIDER, request, json.dumps(lines).encode())
    assert merged(parsed.rows, ContractRow)["mint_authority"] == "contract"


@pytest.mark.parametrize("slot", [*SLOTS])
def test_the_code_behind_a_proxy_is_the_one_that_mints(slot):
    contract = merged(walk(proxy_chain(slot), ask())[0], ContractRow)
    assert (contract["proxy"], contract["proxy_authority"]) == (True, "contract")
    assert contract["mint_authority"] == "wallet"  # its owner's
    assert contract.get("implementation_address") == (None if slot == "beacon" else BEHIND)


def test_a_clone_is_judged_by_the_code_that_it_points_to():
    chain = token_chain(code=f"0x363d3d373d3d3d363d73{BEHIND[2:]}5af43d82803e903d91602b57fd5bf3")
    chain.beside["eth_getCode", BEHIND, "latest"] = FIXED
    contract = merged(walk(chain, ask())[0], ContractRow)
    assert (contract["proxy"], contract["mint_authority"]) == (False, "none")


def test_code_behind_a_proxy_that_is_not_told_leaves_it_open():
    chain = proxy_chain()
    del chain.beside["eth_getCode", BEHIND, "latest"]
    rows, remarks = walk(chain, ask())
    assert "mint_authority" not in merged(rows, ContractRow)
    assert "The code behind the proxy is unknown." in remarks


def test_who_has_a_list_of_the_shut_out_can_shut_out():
    chain = token_chain(code=code_with("transfer(address,uint256)", "addBlackList(address)"))
    assert merged(walk(chain, ask())[0], ContractRow)["blacklist"] is True


def test_a_code_has_the_hash_that_the_chain_gives_it():
    contract = merged(walk(token_chain(code="0x00"), ask())[0], ContractRow)
    assert contract["code_hash"] == "0xbc36789e7a1e281436464229828f817d6612f7b477d66591ff96a9e064bcc98a"


def test_an_address_without_code_is_an_answer():
    rows, remarks = walk(token_chain(code="0x"), ask())
    assert rows == []
    assert f"There is no contract at {TOKEN} on Base RPC" in remarks[0]


def test_a_contract_without_supply_may_be_no_token():
    chain = Chain()
    chain.beside["eth_getCode", TOKEN, "latest"] = CODE
    _rows, remarks = walk(chain, ask())
    assert "may not be a token" in remarks[0]


# Pools ------------------------------------------------------------------------------


def pair_chain(*, locked=0, dead=0, of_owner=0):
    chain = token_chain().says(WETH, "decimals()", answer=words(18))
    chain.says(FACTORY, "getPair(address,address)", TOKEN, WETH, answer=words(PAIR))
    chain.says(PAIR, "getReserves()", answer=words(50 * 10**18, 10**24, 0))
    chain.says(PAIR, "totalSupply()", answer=words(1_000))
    for holder, units in (("0x" + "0" * 40, 0), (DEAD, dead), (OWNER, of_owner), (LOCKER, locked)):
        chain.says(PAIR, "balanceOf(address)", holder, answer=words(units))
    return chain


def test_a_pair_is_found_by_its_factory():
    rows, _remarks = walk(pair_chain(dead=1_000), ask("pools"))
    pool = merged(rows, PoolRow)
    assert (pool["address"], pool["dex"], pool["chain"]) == (PAIR, "uniswap-v2-base", "base")
    assert (pool["base_reserve"], pool["quote_reserve"]) == (10**6, 50)
    assert (pool["quote_address"], pool["quote_is_listed"], pool["lp_burned_share"]) == (WETH, True, 1.0)


def test_who_has_the_shares_of_a_pair():
    pool = merged(walk(pair_chain(of_owner=900), ask("pools"))[0], PoolRow)
    assert (pool["lp_free_holder"], pool["lp_free_holder_is_wallet"]) == (OWNER, True)
    pool = merged(walk(pair_chain(locked=990), ask("pools"))[0], PoolRow)
    assert (pool["lp_locked_share"], "lp_locked_until" in pool) == (0.99, False), "no end is told there"


def test_the_end_of_a_lock_is_asked_of_the_locker():
    chain, bsc = pair_chain(), BY_CHAIN["bsc"]()
    wbnb, factory = "0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c", "0xca143ce32fe78f1f7019d7d551a6402fc5350c73"
    uncx = "0xc765bddb93b0d1c1a88282ba0fa6b2d00e3e0c83"
    chain.number, end = 56, NOW + timedelta(days=200)
    chain.says(factory, "getPair(address,address)", TOKEN, wbnb, answer=words(PAIR))
    chain.says(PAIR, "balanceOf(address)", uncx, answer=words(1_000))
    lock = words(0, 1_000, 1_000, int(end.timestamp()), 7, OWNER)
    chain.says(uncx, "tokenLocks(address,uint256)", PAIR, 0, answer=lock)
    pool = merged(walk(chain, ask("pools", (("address:bsc", TOKEN),), bsc), bsc)[0], PoolRow)
    assert (pool["lp_locked_share"], pool["lp_locked_until"]) == (1.0, end)


def price_chain(net=-(10**20)):
    """A concentrated pool at price 1, spacing 60: ticks 2 % away on either side, and one further off."""
    chain = token_chain().says(WETH, "decimals()", answer=words(18))
    chain.says(FACTORY_V3, "getPool(address,address,uint24)", TOKEN, WETH, 3_000, answer=words(POOL))
    chain.says(POOL, "slot0()", answer=words(2**96, 0, 0, 0, 0, 0, 1))
    chain.says(POOL, "liquidity()", answer=words(10**21))
    for token, units in ((WETH, 7 * 10**18), (TOKEN, 9 * 10**18)):
        chain.says(token, "balanceOf(address)", POOL, answer=words(units))
    chain.says(POOL, "tickBitmap(int16)", -1, answer=words(1 << 254))
    chain.says(POOL, "tickBitmap(int16)", 0, answer=words(1 << 2 | 1 << 9))
    chain.says(POOL, "ticks(int24)", -120, answer=words(10**20, 10**20))
    chain.says(POOL, "ticks(int24)", 120, answer=words(10**20, net))
    return chain


def test_a_concentrated_pool_is_walked_around_its_price():
    rows, remarks = walk(price_chain(), ask("pools"))
    pool = merged(rows, PoolRow)
    assert (pool["pool_type"], pool["fee_share"], remarks) == (CONCENTRATED, 0.003, [])
    assert (pool["base_reserve"], pool["quote_reserve"]) == (9, 7)
    assert (pool["virtual_base_reserve"], pool["virtual_quote_reserve"]) == (900, 900), "the least around it"


def test_ticks_that_contradict_the_liquidity_tell_nothing():
    rows, remarks = walk(price_chain(net=-(10**22)), ask("pools"))
    assert "virtual_quote_reserve" not in merged(rows, PoolRow)
    assert "contradict" in remarks[0]


def test_pools_that_others_named_are_asked_what_they_are():
    named = "0x" + "c7" * 20
    chain = token_chain().says(WETH, "decimals()", answer=words(18))
    chain.says(named, "token0()", answer=words(WETH)).says(named, "token1()", answer=words(TOKEN))
    chain.says(named, "getReserves()", answer=words(10**18, 10**18, 0))
    places = (
        *AURELIUM,
        ("pool:base", named),
        ("pool:base", "0x" + "c8" * 20),
        ("pool:base", "0x" + "1" * 64),
    )
    rows, remarks = walk(chain, ask("pools", places))
    assert merged(rows, PoolRow)["address"] == named
    assert ["is no pool of this token" in each for each in remarks] == [True]


def test_a_token_without_pools_is_an_answer():
    chain = token_chain().says(FACTORY, "getPair(address,address)", TOKEN, WETH, answer=words(0))
    rows, remarks = walk(chain, ask("pools"))
    assert rows == []
    assert "No exchange queried on Base RPC has a pool of it" in remarks[0]


def test_exchanges_that_do_not_answer_have_not_said_that_there_is_no_pool():
    rows, remarks = walk(token_chain(), ask("pools"))
    assert rows == []
    assert "its pools are unknown" in remarks[0]


def test_many_pools_are_asked_about_in_parts_that_a_node_takes_one_by_one():
    named = tuple(("pool:base", f"0x{number:040x}") for number in range(100, 110))
    request = ask("pools", (*AURELIUM, *named))
    parts = read(PROVIDER, request, token_chain().answer(request)).follow
    asked = [place[0] for part in parts for place in json.loads(part.context["places"])]
    assert asked == [address for _namespace, address in named]
    chain = token_chain()
    chain.has_multicall = False
    for part in parts:
        (again,) = read(PROVIDER, part, chain.answer(part)).follow
        assert "single" in again.context


# What goes wrong --------------------------------------------------------------------


def steps(chain, request):
    """Each call and its answer, in turn."""
    waiting, found = [request], {}
    while waiting:
        asked = waiting.pop(0)
        body = chain.answer(asked)
        found[asked.context["call"]] = (asked, body)
        waiting += read(PROVIDER, asked, body).follow
    return found


STEPS = steps(proxy_chain(), ask()) | steps(price_chain(), ask("pools"))
PAIR_STEPS = steps(pair_chain(locked=990), ask("pools"))


def test_every_call_has_its_reader():
    assert {*STEPS} == {*READ}


@pytest.mark.parametrize("call", READ)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(call, data):
    mutated(data, PROVIDER, *STEPS[call])


@pytest.mark.parametrize("call", ["pools", "sides"])
@given(data=st.data())
def test_whatever_a_contract_returns_no_row_is_unsound(call, data):
    """Returned of any value, in the place of those that were told."""
    request, body = PAIR_STEPS[call]
    lines = json.loads(body)
    digits = lines[2]["result"]
    for _change in range(data.draw(st.integers(1, 4))):
        at = 2 + 64 * data.draw(st.integers(0, (len(digits) - 2) // 64 - 1))
        value = data.draw(st.integers(0, 2**256 - 1) | st.sampled_from([0, 1, 2**255, 2**256 - 1, 10**18]))
        digits = digits[:at] + f"{value:064x}" + digits[at + 64 :]
    lines[2]["result"] = digits
    try:
        read(PROVIDER, request, json.dumps(lines).encode())
    except UnreadableError as unreadable:
        event(type(unreadable).__name__)
