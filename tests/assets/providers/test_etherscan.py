import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.etherscan import Etherscan
from assets.sourcing.contract import (
    Need,
    RefusedError,
    TransientError,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.rows import ContractRow
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

KEY = "SECRETKEY"
PROVIDER = Etherscan(key=KEY)
ADDRESS = "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0001"
AURELIUM = (("coingecko", "aurelium"), ("address:base", ADDRESS), ("address:bsc", "0x" + "d1" * 20))


def ask(identifiers=AURELIUM):
    (request,) = PROVIDER.requests(Need(family="contract", identifiers=identifiers))
    return request


SOURCE = ask()
(CREATION,) = read(PROVIDER, SOURCE, payload("etherscan", "source")).follow
BODIES = {"source": SOURCE, "creation": CREATION}


def body(result, status="1", message="OK"):
    return json.dumps({"status": status, "message": message, "result": result}).encode()


# What is asked ----------------------------------------------------------------------


def test_the_source_is_asked_first_at_home():
    assert SOURCE.path == "/api"
    assert SOURCE.params == {
        "chainid": "8453",
        "module": "contract",
        "action": "getsourcecode",
        "address": ADDRESS,
    }


def test_the_creation_is_asked_next():
    assert CREATION.params == {
        "chainid": "8453",
        "module": "contract",
        "action": "getcontractcreation",
        "contractaddresses": ADDRESS,
    }


def test_the_key_is_a_secret_part_of_the_query():
    assert PROVIDER.secret_params() == {"apikey": KEY}
    assert (PROVIDER.headers(), PROVIDER.secret_path()) == ({}, "")
    assert all(KEY not in json.dumps(request.to_json()) for request in BODIES.values())


def test_without_a_key_the_variable_to_set_is_named():
    keyless = Etherscan()
    assert keyless.secret_params() == {}
    with pytest.raises(UnsupportedError, match="set ASSAY_ETHERSCAN_KEY"):
        keyless.requests(Need(family="contract", identifiers=AURELIUM))


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="holders", identifiers=AURELIUM), "has no holders; it has: contract"),
        (Need(family="contract"), "token by token"),
        (Need(family="contract", identifiers=(("coingecko", "x"),)), "on an EVM chain is not known"),
        (Need(family="contract", identifiers=(("address:base", "0x1"),)), "on an EVM chain is not known"),
        (Need(family="contract", identifiers=(("address:solana", ADDRESS),)), "EVM chain is not known"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


# Source and proxy -------------------------------------------------------------------


def flags(parsed):
    (row,) = parsed.rows
    assert isinstance(row, ContractRow)
    return row.verified_source, row.proxy


def test_a_published_source_and_a_proxy():
    parsed = read(PROVIDER, SOURCE, payload("etherscan", "source"))
    assert flags(parsed) == (True, True)
    assert parsed.rows[0].asset.identifiers == (("address:base", ADDRESS),)
    assert (parsed.rows[0].as_of, parsed.rows[0].honeypot, parsed.rows[0].owner_authority) == (NOW, None, "")


def test_in_a_source_that_is_not_published_nobody_has_looked_for_a_proxy():
    parsed = read(PROVIDER, SOURCE, payload("etherscan", "unpublished"))
    assert flags(parsed) == (False, None)
    assert parsed.follow[0].context["verified"] == "0"
    assert "proxy" not in parsed.follow[0].context


@pytest.mark.parametrize(
    ("value", "proxy"),
    [
        ({"Proxy": "0"}, False),
        ({"Proxy": "1"}, True),
        ({"Proxy": ""}, None),
        ({}, None),
        ({"Proxy": "2"}, None),
        ({"Proxy": "0", "Implementation": "0x" + "c2" * 20}, True),
    ],
    ids=str,
)
def test_the_flag_of_a_proxy_has_three_states(value, proxy):
    assert flags(read(PROVIDER, SOURCE, body([{"SourceCode": "contract X {}"} | value]))) == (True, proxy)


# Creation ---------------------------------------------------------------------------


def test_creator_and_moment_are_told_together_with_the_source():
    (row,) = read(PROVIDER, CREATION, payload("etherscan", "creation")).rows
    assert (row.verified_source, row.proxy) == (True, True)
    assert row.creator_address == "0x" + "c1" * 20
    assert row.deployed_at == datetime(2020, 8, 24, 4, 16, 3, tzinfo=UTC)


def test_a_moment_ahead_of_ours_is_not_believed():
    value = {"contractAddress": ADDRESS, "contractCreator": "0x" + "c1" * 20, "timestamp": "1893456000"}
    (row,) = read(PROVIDER, CREATION, body([value])).rows
    assert (row.creator_address, row.deployed_at) == ("0x" + "c1" * 20, None)


@pytest.mark.parametrize("result", [[], [{"contractAddress": "0x" + "d1" * 20}]], ids=["none", "another"])
def test_no_creation_is_no_row(result):
    parsed = read(PROVIDER, CREATION, body(result))
    assert (parsed.rows, parsed.remarks) == ((), (f"Etherscan knows of no creation of {ADDRESS}.",))


# Errors inside a 200 ----------------------------------------------------------------


@pytest.mark.parametrize("name", BODIES)
def test_no_data_with_status_0_is_an_empty_answer(name):
    parsed = read(PROVIDER, BODIES[name], payload("etherscan", "empty"))
    assert (parsed.rows, parsed.rejected, len(parsed.remarks)) == ((), 0, 1)


def test_no_transactions_found_is_an_empty_answer_too():
    assert read(PROVIDER, CREATION, body([], "0", "No transactions found")).rows == ()


def test_after_an_empty_answer_about_the_source_the_creation_is_still_asked():
    (following,) = read(PROVIDER, SOURCE, payload("etherscan", "empty")).follow
    (row,) = read(PROVIDER, following, payload("etherscan", "creation")).rows
    assert (row.verified_source, row.proxy, row.creator_address) == (None, None, "0x" + "c1" * 20)


@pytest.mark.parametrize("name", BODIES)
def test_a_rate_limit_passes(name):
    with pytest.raises(TransientError, match="rate limit reached"):
        read(PROVIDER, BODIES[name], payload("etherscan", "limit"))


def test_the_documented_rate_limit_passes():
    value = "Max rate limit reached, please use API Key for higher rate limit"
    with pytest.raises(TransientError):
        read(PROVIDER, SOURCE, body(value, "0", "NOTOK"))


def test_an_answer_that_is_not_ready_passes():
    with pytest.raises(TransientError, match="not finished"):
        read(PROVIDER, SOURCE, payload("etherscan", "pending"))


@pytest.mark.parametrize("name", BODIES)
def test_a_chain_that_the_plan_does_not_cover_is_a_refusal(name):
    with pytest.raises(RefusedError, match="refused: Free API access is not supported for this chain"):
        read(PROVIDER, BODIES[name], payload("etherscan", "refused"))


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (body("Invalid API Key", "0", "NOTOK"), "refused: Invalid API Key"),
        (body("Too many invalid api key attempts, please try again later", "0", "NOTOK"), "Too many invalid"),
        (body(None, "0", "NOTOK"), "no reason given"),
    ],
    ids=["key", "keys", "nothing"],
)
def test_a_refusal_tells_its_reason(value, says):
    with pytest.raises(RefusedError, match=says):
        read(PROVIDER, SOURCE, value)


def test_a_refusal_does_not_repeat_our_key():
    with pytest.raises(RefusedError) as caught:
        read(PROVIDER, SOURCE, body(f"Invalid API Key (#err2)|{KEY}-", "0", "NOTOK"))
    assert str(caught.value) == "Etherscan refused: Invalid API Key (#err2)|…-."


# Bodies that are none ---------------------------------------------------------------


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(
    "value", [b"", b"<html>", b"5", b"[]", b"null", b"{}", body("x"), body({})], ids=repr
)
def test_a_body_of_another_shape_is_unreadable(name, value):
    with pytest.raises(UnreadableError):
        read(PROVIDER, BODIES[name], value)


@pytest.mark.parametrize("name", BODIES)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    with suppress(TransientError):  # Status 2 asks for patience.
        mutated(data, PROVIDER, BODIES[name], payload("etherscan", name))


# Recorded bodies ----------------------------------------------------------------------


@pytest.mark.shared
def test_the_recorded_creation_in_the_same_language():
    """Blockscout's server speaks as Etherscan does."""
    address = "0x5a464c28d19848f44199d003bef5ecc87d090f87"
    value = json.loads(recorded("blockscout/recorded/contract_getcontractcreation__bb68dc76.json"))
    (following,) = read(
        PROVIDER, ask((("address:ethereum", address),)), payload("etherscan", "source")
    ).follow
    (row,) = read(PROVIDER, following, json.dumps(value["body"]).encode()).rows
    assert row.creator_address == "0xda0fab0700a4389f6e6679abab1692b4601ce9bf"


@pytest.mark.shared
def test_the_recorded_answer_without_a_creation():
    value = json.loads(recorded("blockscout/recorded/contract_getcontractcreation__b68840d8.json"))
    parsed = read(PROVIDER, CREATION, json.dumps(value["body"]).encode())
    assert (parsed.rows, len(parsed.remarks)) == ((), 1)
