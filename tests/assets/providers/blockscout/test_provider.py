import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.blockscout.provider import Blockscout
from assets.sourcing.contract import Need, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.rows import ContractRow, HolderRow, SupplyRow
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = Blockscout()
ADDRESS = "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0001"
AURELIUM = (("coingecko", "aurelium"), ("address:base", ADDRESS))
BRIDGED = (*AURELIUM, ("address:ethereum", "0x" + "d1" * 20))
TETHER = "0xdac17f958d2ee523a2206206994597c13d831ec7"


def ask(family, identifiers=AURELIUM):
    (request,) = PROVIDER.requests(Need(family=family, identifiers=identifiers))
    return request


TOKEN, CONTRACT = ask("holders"), ask("contract")
(HOLDERS,) = read(PROVIDER, TOKEN, payload("blockscout", "token")).follow
BODIES = {"token": TOKEN, "holders": HOLDERS, "address": CONTRACT}


def changed(name, **changes):
    return json.dumps(json.loads(payload("blockscout", name)) | changes).encode()


# What is asked ----------------------------------------------------------------------


def test_paths_carry_the_chain_and_fit_behind_any_base_url():
    assert TOKEN.path == f"/8453/api/v2/tokens/{ADDRESS}"
    assert HOLDERS.path == f"/8453/api/v2/tokens/{ADDRESS}/holders"
    assert CONTRACT.path == f"/8453/api/v2/addresses/{ADDRESS}"


def test_the_contract_is_asked_about_at_home():
    assert ask("contract", BRIDGED).path.startswith("/8453/")


def test_the_key_is_sent_as_a_header_only():
    keyed = Blockscout(key="secret")
    assert keyed.headers() == {"Authorization": "Bearer secret"}
    assert (keyed.secret_params(), keyed.secret_path(), PROVIDER.headers()) == ({}, "", {})
    (request,) = keyed.requests(Need(family="holders", identifiers=AURELIUM))
    assert "secret" not in json.dumps(request.to_json())


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="market"), "has no market; it has: holders, contract"),
        (Need(family="holders"), "token by token"),
        (Need(family="contract", identifiers=(("coingecko", "x"),)), "on an EVM chain is not known"),
        (Need(family="contract", identifiers=(("address:solana", ADDRESS),)), "on an EVM chain is not known"),
        (Need(family="contract", identifiers=(("address:base", "0x1/../x"),)), "EVM chain is not known"),
        (Need(family="holders", identifiers=BRIDGED), "on several chains"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


@pytest.mark.parametrize("request_", BODIES.values(), ids=BODIES)
def test_an_address_that_is_not_known_is_an_answer(request_):
    assert PROVIDER.accepts(request_, 404)
    assert not PROVIDER.accepts(request_, 422)
    parsed = read(PROVIDER, request_, b'{"message": "Not found"}', status_code=404)
    assert (parsed.rows, parsed.follow, parsed.remarks) == ((), (), (f"Blockscout does not know {ADDRESS}.",))


# The token --------------------------------------------------------------------------


def test_a_token_tells_its_supply_in_whole_tokens():
    (supply,) = read(PROVIDER, TOKEN, payload("blockscout", "token")).rows
    assert (supply.total, supply.as_of) == (70_000_000, NOW)
    assert supply.asset.identifiers == (("address:base", ADDRESS),)
    assert (supply.asset.symbol, supply.asset.name, supply.asset.chain) == ("AUR", "Aurelium", "base")


def test_supply_decimals_and_count_travel_with_the_next_call():
    assert HOLDERS.context == {
        "body": "holders",
        "chain": "base",
        "address": ADDRESS,
        "supply": "70000000000000000000000000",
        "decimals": "18",
        "count": "2574",
    }
    assert HOLDERS.params == {}


def test_a_supply_longer_than_any_amount_we_keep_still_gives_shares():
    parsed = read(PROVIDER, TOKEN, changed("token", total_supply="420" + "0" * 30, decimals="18"))
    assert parsed.rows[0].total == Decimal("420e12")
    body = {"items": [{"address": {"hash": "0x" + "b1" * 20}, "value": "105" + "0" * 30}]}
    (row,) = read(PROVIDER, parsed.follow[0], json.dumps(body).encode()).rows
    assert (row.positions[0].share, row.positions[0].balance) == (0.25, Decimal("105e12"))


def test_without_decimals_shares_are_told_and_amounts_are_not():
    parsed = read(PROVIDER, TOKEN, changed("token", decimals=None))
    assert parsed.rows == ()
    (row,) = read(PROVIDER, parsed.follow[0], payload("blockscout", "holders")).rows
    assert (row.supply, row.positions[0].balance, row.positions[0].share) == (None, None, 0.4)


@pytest.mark.parametrize("total", [None, "0"])
def test_without_a_supply_only_the_count_is_told(total):
    parsed = read(PROVIDER, TOKEN, changed("token", total_supply=total))
    (row,) = parsed.rows
    assert (type(row), row.holder_count, row.positions, parsed.follow) == (HolderRow, 2574, (), ())
    assert parsed.remarks == ("Its total supply is not given, so no holder's share is known.",)


def test_a_token_of_single_pieces_has_no_shares():
    parsed = read(PROVIDER, TOKEN, changed("token", type="ERC-721"))
    assert (parsed.rows, parsed.follow) == ((), ())
    assert "type ERC-721" in parsed.remarks[0]


def test_another_token_is_unreadable():
    with pytest.raises(UnreadableError, match=f"other than the token {ADDRESS}"):
        read(PROVIDER, TOKEN, changed("token", address_hash=TETHER))


@pytest.mark.parametrize("supply", ["-5", "9" * 79, 5.5], ids=str)
def test_a_supply_that_makes_no_sense_is_not_known_and_the_count_of_holders_is(supply):
    parsed = read(PROVIDER, TOKEN, changed("token", total_supply=supply))
    (row,) = parsed.rows
    assert (type(row), row.holder_count, parsed.rejected) == (HolderRow, 2574, 0)
    assert f"{ADDRESS}: total_supply is " in parsed.remarks[0]


@pytest.mark.parametrize("changes", [{"decimals": "256"}, {"holders_count": "-1"}], ids=str)
def test_other_fields_that_make_no_sense_leave_the_shares(changes):
    parsed = read(PROVIDER, TOKEN, changed("token", **changes))
    follow = parsed.follow[0]
    assert follow.context["supply"]
    assert not follow.context.keys() & {"decimals" if "decimals" in changes else "count"}


# Its holders ------------------------------------------------------------------------


@pytest.fixture
def holders():
    return read(PROVIDER, HOLDERS, payload("blockscout", "holders"))


def test_holders_have_shares_of_the_total(holders):
    (row,) = holders.rows
    assert (row.holder_count, row.supply, row.as_of) == (2574, 70_000_000, NOW)
    assert [position.share for position in row.positions] == [0.4, 0.2, 0.1, 0.05, 0.01, 0.005]
    assert row.positions[0].balance == 28_000_000
    assert row.positions[0].address == "0x000000000000000000000000000000000000dead"


def test_holders_are_typed_by_tags_and_not_by_names_they_gave_themselves(holders):
    typed = {each.address[-2:]: (each.holder_type, each.label) for each in holders.rows[0].positions}
    assert typed == {
        "ad": ("burn", ""),
        "b1": ("pool", "UniswapV2Pair"),
        "b2": ("exchange", "Binance: Hot Wallet 20"),
        "b3": ("contract", "Uniswap Bridge Treasury"),
        "b4": ("wallet", ""),
        "b5": ("locker", "Team vesting"),
    }


def test_a_pool_by_the_name_of_code_that_nobody_verified_is_not_one():
    item = {"address": {"hash": "0x" + "b1" * 20, "is_contract": True, "name": "UniswapV2Pair"}, "value": "1"}
    (row,) = read(PROVIDER, HOLDERS, json.dumps({"items": [item]}).encode()).rows
    assert row.positions[0].holder_type == "contract"


@pytest.mark.parametrize("unread", ["x", None, "9" * 60])
def test_a_holder_of_whom_it_cannot_be_read_what_they_hold_ends_the_list(unread):
    body = json.loads(payload("blockscout", "holders"))
    assert len(body["items"]) > 3
    body["items"][1]["value"] = unread
    parsed = read(PROVIDER, HOLDERS, json.dumps(body).encode())
    positions = [each for row in parsed.rows for each in row.positions]
    assert [each.address for each in positions] == [body["items"][0]["address"]["hash"].lower()]
    assert any("the list counts up to the first of them" in str(remark) for remark in parsed.remarks)


def test_holders_that_make_no_sense_are_left_out(holders):
    assert holders.rejected == 3
    assert f"0x{'b5' * 20} occurs twice; the first one is kept." in holders.remarks
    assert f"0x{'b6' * 20} holds more than there is." in holders.remarks
    assert any("units is not a number of smallest units" in remark for remark in holders.remarks)


def test_a_count_that_lags_behind_the_list_is_left_out():
    (request,) = read(PROVIDER, TOKEN, changed("token", holders_count="3")).follow
    parsed = read(PROVIDER, request, payload("blockscout", "holders"))
    assert parsed.rows[0].holder_count is None
    assert any("more holders than the 3 it counts" in remark for remark in parsed.remarks)


def test_a_token_of_which_no_holder_is_known_is_remarked():
    request, _counters = read(PROVIDER, TOKEN, changed("token", holders_count=None)).follow
    parsed = read(PROVIDER, request, b'{"items": [], "next_page_params": null}')
    assert (parsed.rows, parsed.remarks) == ((), (f"Blockscout lists no holder of {ADDRESS}.",))


def test_the_first_page_is_enough(holders):
    assert holders.follow == ()


# The contract -----------------------------------------------------------------------


def contract(**changes):
    parsed = read(PROVIDER, CONTRACT, changed("address", **changes))
    (row,) = parsed.rows
    assert isinstance(row, ContractRow)
    return row


def test_a_contract_tells_source_proxy_and_creator():
    row = contract()
    assert (row.verified_source, row.proxy, row.creator_address) == (True, True, "0x" + "c1" * 20)
    assert (row.mint_authority, row.owner_authority, row.honeypot, row.deployed_at) == ("", "", None, None)


@pytest.mark.parametrize(
    ("changes", "proxy"),
    [
        ({"proxy_type": None, "implementations": []}, False),
        ({"proxy_type": None, "implementations": None}, None),
        ({"proxy_type": "eip1167"}, None),
        ({"proxy_type": None}, True),
        ({"implementations": []}, True),
    ],
    ids=str,
)
def test_a_proxy_is_known_by_its_type_or_by_what_stands_behind_it(changes, proxy):
    assert contract(**changes).proxy is proxy


def test_a_source_of_which_nothing_is_told_is_not_missing():
    assert contract(is_verified=None).verified_source is None
    assert contract(is_verified=False).verified_source is False


def test_an_account_is_no_contract():
    parsed = read(PROVIDER, CONTRACT, changed("address", is_contract=False))
    assert (parsed.rows, parsed.remarks) == ((), (f"There is no contract at {ADDRESS}.",))


def test_another_address_is_unreadable():
    with pytest.raises(UnreadableError, match=f"other than the address {ADDRESS}"):
        read(PROVIDER, CONTRACT, changed("address", hash=TETHER))


# Bodies that are none ---------------------------------------------------------------


@pytest.mark.parametrize("name", BODIES)
def test_an_error_in_a_200_is_a_refusal(name):
    with pytest.raises(RefusedError, match=r"^Blockscout refused: Rate plan does not cover this chain\.$"):
        read(PROVIDER, BODIES[name], payload("blockscout", "error"))


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("body", [b"", b"<html>", b"5", b"[]", b"null", b'{"items": 5}', b"{}"], ids=repr)
def test_a_body_of_another_shape_is_unreadable(name, body):
    with pytest.raises(UnreadableError):
        read(PROVIDER, BODIES[name], body)


@pytest.mark.parametrize("name", BODIES)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    mutated(data, PROVIDER, BODIES[name], payload("blockscout", name))


# Recorded bodies ----------------------------------------------------------------------


@pytest.mark.shared
def test_the_holder_of_the_specification():
    told = {"address_hash": TETHER, "decimals": "6", "total_supply": "96000000000000000", "type": "ERC-20"}
    token = read(PROVIDER, ask("holders", (("address:ethereum", TETHER),)), json.dumps(told).encode())
    assert isinstance(token.rows[0], SupplyRow)
    body = recorded("blockscout/spec_examples/v2_tokens_address_hash_param_holders.json")
    (row,) = read(PROVIDER, token.follow[0], body).rows
    (holder,) = row.positions
    assert (holder.holder_type, holder.label) == ("exchange", "Binance: Hot Wallet 20")
    assert holder.balance == Decimal("19474530513.868")
    assert holder.share == pytest.approx(0.202859, abs=1e-6)


def test_a_wallet_that_lets_a_contract_act_for_it_is_a_wallet():
    account = {"hash": "0x" + "b1" * 20, "is_contract": True, "proxy_type": "eip7702", "is_verified": True}
    (row,) = read(
        PROVIDER, HOLDERS, json.dumps({"items": [{"address": account, "value": "1"}]}).encode()
    ).rows
    assert row.positions[0].holder_type == "wallet"


@pytest.mark.parametrize(("is_scam", "scam"), [(True, True), (False, None), (None, None)])
def test_only_a_mark_as_a_scam_says_something(is_scam, scam):
    body = json.loads(payload("blockscout", "address")) | {"is_scam": is_scam}
    (row,) = read(PROVIDER, CONTRACT, json.dumps(body).encode()).rows
    assert row.scam is scam


@pytest.mark.parametrize(("reputation", "scam"), [("scam", True), ("ok", None), ("", None), (None, None)])
def test_a_reputation_as_a_scam_is_one_for_its_contract_and_its_token(reputation, scam):
    (row,) = read(PROVIDER, CONTRACT, changed("address", is_scam=False, reputation=reputation)).rows
    assert row.scam is scam
    rows = read(PROVIDER, TOKEN, changed("token", reputation=reputation)).rows
    assert [each.scam for each in rows if isinstance(each, ContractRow)] == [True] * bool(scam)


@pytest.mark.parametrize(
    ("status", "destroyed"), [("selfdestructed", True), ("success", None), ("failed", None), (None, None)]
)
def test_a_contract_that_destroyed_itself_is_one_that_can(status, destroyed):
    (row,) = read(PROVIDER, CONTRACT, changed("address", creation_status=status)).rows
    assert row.self_destruct is destroyed
