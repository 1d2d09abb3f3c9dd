import json
from datetime import timedelta

import pytest

from assets.providers.evm_rpc.abi import ContractCall
from assets.providers.evm_rpc.node import MOST_ONE_BY_ONE, ask, one_by_one, quantity, told
from assets.sourcing.contract import (
    DamagedError,
    RawObservation,
    RefusedError,
    TransientError,
    UnreadableError,
)
from tests.assets.providers.answers import NOW
from tests.assets.providers.evm_rpc.chain import Chain, words

TOKEN = "0x" + "aa" * 20
CALLS = [ContractCall.of(TOKEN, "totalSupply()"), ContractCall.of(TOKEN, "owner()")]


def chain(**changed):
    return Chain(**changed).says(TOKEN, "totalSupply()", answer=words(5))


def asked(calls=CALLS):
    return ask("contract", calls, {"call": "token"}, ("eth_getCode", (TOKEN, "latest")))


def raw(body, request=None):
    return RawObservation(
        provider="evm_rpc_8453", request=request or asked(), status_code=200, body=body, fetched_at=NOW
    )


def read(observed, count=2):
    return told(observed, count, beside=1, chain_id=8453, node="Base RPC", variable="ASSAY_EVM_RPC_8453_URL")


def test_one_body_asks_for_chain_block_questions_and_the_rest():
    request = asked()
    methods = [each["method"] for each in request.body]
    assert methods == ["eth_chainId", "eth_getBlockByNumber", "eth_call", "eth_getCode"]
    assert (request.path, request.context) == ("", {"call": "token"})


def test_answers_are_as_old_as_the_newest_block():
    at = NOW - timedelta(minutes=5)
    found = read(raw(chain(block=at).answer(asked())))
    assert (found.at, found.words[0].number(0), found.words[1]) == (at, 5, None)
    assert len(found.beside) == 1
    assert read(raw(chain().answer(asked()))).at == NOW, "this node does not tell its block"
    assert read(raw(chain(block=NOW + timedelta(minutes=1)).answer(asked()))).at == NOW, "clocks differ"


@pytest.mark.parametrize(
    ("node", "says"),
    [
        (chain(number=1), "The node is of chain 1 and not of 8453; check ASSAY_EVM_RPC_8453_URL"),
        (
            chain(block=NOW - timedelta(hours=2)),
            "Base RPC is behind: its newest block is of 2026-03-01T10:00",
        ),
        (chain(block=NOW + timedelta(hours=1)), "its newest block is yet to come"),
    ],
)
def test_a_node_that_can_not_be_believed(node, says):
    with pytest.raises(RefusedError, match=says):
        read(raw(node.answer(asked())))


@pytest.mark.parametrize(
    ("line", "kind", "says"),
    [
        ({"result": None}, RefusedError, "has yet to catch up"),
        (
            {"error": {"code": -32000, "message": "header not found"}},
            RefusedError,
            "no longer has the history",
        ),
        ({"error": {"code": -32005, "message": "limit exceeded"}}, TransientError, "fewer calls"),
        ({"result": {"number": "0x5"}}, UnreadableError, "of when its newest block is"),
        ({"result": "0x5"}, UnreadableError, "of when its newest block is"),
    ],
)
def test_a_node_without_a_newest_block_is_not_believed(line, kind, says):
    lines = json.loads(chain().answer(asked()))
    lines[1] = {"jsonrpc": "2.0", "id": 2} | line
    with pytest.raises(kind, match=says):
        read(raw(json.dumps(lines).encode()))


def test_a_part_of_the_answers_is_asked_for_again():
    lines = json.loads(chain().answer(asked()))
    with pytest.raises(DamagedError, match="answered 3 of 4 calls"):
        read(raw(json.dumps(lines[:3]).encode()))


@pytest.mark.parametrize("page", [b"<html><body>503 Service Unavailable</body></html>", b"", b'[{"jsonrpc":'])
def test_a_page_in_the_place_of_data_is_asked_for_again(page):
    with pytest.raises(DamagedError):
        read(raw(page))


def without(node):
    node.has_multicall = False
    return node


def test_a_chain_without_multicall_is_asked_one_by_one():
    node = without(chain())
    again = one_by_one(raw(node.answer(asked())), node="Base RPC")
    assert [each["method"] for each in again.body[2:]] == ["eth_call", "eth_call", "eth_getCode"]
    assert again.context == {"call": "token", "single": "2"}
    body = node.answer(again)
    assert one_by_one(raw(body, again), node="Base RPC") is None, "it is not asked a third time"
    found = read(raw(body, again))
    assert [each and each.number(0) for each in found.words] == [5, None]


def test_too_many_questions_are_not_put_one_by_one():
    node, many = without(chain()), asked(CALLS * MOST_ONE_BY_ONE)
    body = node.answer(many)
    assert one_by_one(raw(body, many), node="Base RPC") is None
    with pytest.raises(RefusedError, match="finds no Multicall3"):
        read(raw(body, many), count=2 * MOST_ONE_BY_ONE)
    assert one_by_one(raw(chain().answer(asked())), node="Base RPC") is None, "it could put them together"


def failing(code, text):
    lines = json.loads(chain().answer(asked()))
    lines[2] = {"jsonrpc": "2.0", "id": 3, "error": {"code": code, "message": text}}
    return json.dumps(lines).encode()


@pytest.mark.parametrize(
    ("body", "kind", "says"),
    [
        (failing(-32000, "missing trie node 5a"), RefusedError, "no longer has the history"),
        (failing(-32005, "limit exceeded"), TransientError, "fewer calls"),
    ],
)
def test_what_asking_again_does_not_help(body, kind, says):
    assert one_by_one(raw(body), node="Base RPC") is None
    with pytest.raises(kind, match=says):
        read(raw(body))


def test_a_node_with_too_little_gas_is_asked_one_by_one():
    assert one_by_one(raw(failing(-32000, "out of gas")), node="Base RPC") is not None


def test_something_else_is_unreadable():
    lines = json.loads(chain().answer(asked()))
    lines[2]["result"] = words(5)
    with pytest.raises(UnreadableError, match="other than what was asked"):
        read(raw(json.dumps(lines).encode()))


@pytest.mark.parametrize(
    ("value", "number"), [("0x0", 0), ("0x1F", 31), ("1", None), ("0x", None), (5, None), (None, None)]
)
def test_numbers_are_in_hexadecimal_digits(value, number):
    assert quantity(value) == number
