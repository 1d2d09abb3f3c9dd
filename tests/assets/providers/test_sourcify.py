import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.sourcify import Sourcify
from assets.sourcing.contract import DamagedError, Need, RefusedError, UnreadableError, UnsupportedError
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = Sourcify()
ADDRESS = "0x" + "aa" * 18 + "0001"
AURELIUM = (("coingecko", "aurelium"), ("address:base", ADDRESS))


def ask(identifiers=AURELIUM):
    (request,) = PROVIDER.requests(Need(family="contract", identifiers=identifiers))
    return request


ASKED = ask()


def answer(**changed):
    value = json.loads(payload("sourcify", "verified")) | changed
    return json.dumps(value).encode()


def contract(body, request=ASKED):
    (row,) = read(PROVIDER, request, body).rows
    return row


# What is asked ----------------------------------------------------------------------


def test_the_contract_is_asked_for_with_its_proxy_and_its_creation():
    assert ASKED.path == f"/v2/contract/8453/{ADDRESS}"
    assert ASKED.params == {"fields": "proxyResolution,deployment"}
    assert ask((("address:bsc", ADDRESS), ("address:base", "0x" + "d1" * 20))).path.startswith(
        "/v2/contract/56/"
    )


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


# Source -----------------------------------------------------------------------------


def test_a_verified_proxy_and_who_made_it():
    row = contract(payload("sourcify", "verified"))
    assert (row.verified_source, row.proxy, row.creator_address) == (True, True, "0x" + "c1" * 20)
    assert row.asset.identifiers == (("address:base", ADDRESS),)
    assert (row.as_of, row.deployed_at, row.honeypot) == (NOW, None, None)


@pytest.mark.parametrize(
    "matches",
    [
        {"match": "match", "creationMatch": "match", "runtimeMatch": "match"},
        {"match": "match", "creationMatch": None, "runtimeMatch": "match"},
        {"match": None, "creationMatch": "exact_match", "runtimeMatch": None},
    ],
)
def test_a_match_of_either_kind_can_be_read(matches):
    assert contract(answer(**matches)).verified_source is True


@pytest.mark.parametrize("status", [404, 200])
def test_what_it_does_not_have_is_an_answer_that_denies_nothing(status):
    parsed = read(PROVIDER, ASKED, payload("sourcify", "unknown"), status_code=status)
    assert parsed.rows == ()
    assert parsed.remarks == (f"Sourcify has no source of {ADDRESS}; it may be published elsewhere.",)
    assert PROVIDER.accepts(ASKED, 404)
    assert not PROVIDER.accepts(ASKED, 429)


def test_a_match_of_another_word_is_none():
    assert read(PROVIDER, ASKED, answer(match="no", creationMatch=5, runtimeMatch="")).rows == ()


# Proxy ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("resolution", "proxy"),
    [
        ({"isProxy": False, "proxyType": None, "implementations": []}, False),
        ({"isProxy": True, "proxyType": "DiamondProxy"}, True),
        ({"isProxy": True, "proxyType": None}, True),
        ({"isProxy": True, "proxyType": "EIP1167Proxy"}, None),
        ({"isProxy": True, "proxyType": "FixedProxy"}, None),
        ({"proxyResolutionError": {"customCode": "proxy_resolution_error", "message": "RPC failed"}}, None),
        ({"isProxy": "yes"}, None),
        (None, None),
    ],
)
def test_a_proxy_has_three_states_and_a_clone_is_none(resolution, proxy):
    row = contract(answer(proxyResolution=resolution))
    assert (row.verified_source, row.proxy) == (True, proxy)


def test_without_a_word_on_its_creation_nobody_made_it_that_we_know():
    assert contract(answer(deployment=None)).creator_address == ""
    assert contract(answer(deployment={"blockNumber": "1"})).creator_address == ""
    assert contract(answer(deployment={"deployer": "nobody"})).creator_address == ""


def test_a_chain_that_it_does_not_cover_is_an_answer():
    body = b'{"customCode": "unsupported_chain", "message": "Chain 250 is not supported", "errorId": "1"}'
    parsed = read(PROVIDER, ASKED, body, status_code=400)
    assert (parsed.rows, parsed.remarks) == ((), ("Sourcify has no contracts of the chain base.",))


@pytest.mark.parametrize("body", [payload("sourcify", "error"), b"[]", b"{}"])
def test_any_other_bad_request_is_a_refusal(body):
    with pytest.raises(RefusedError, match="Sourcify refused: "):
        read(PROVIDER, ASKED, body, status_code=400)


# Bodies that are none ---------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"match": '])
def test_a_body_that_came_to_harm_is_asked_for_again(body):
    with pytest.raises(DamagedError):
        read(PROVIDER, ASKED, body)


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{}", b"null", payload("sourcify", "error"), answer(address="0x" + "d1" * 20)],
)
@pytest.mark.parametrize("status", [200, 404])
def test_the_answer_about_another_contract_is_none(body, status):
    with pytest.raises(UnreadableError):
        read(PROVIDER, ASKED, body, status_code=status)


@pytest.mark.parametrize("name", ["verified", "unknown"])
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    mutated(data, PROVIDER, ASKED, payload("sourcify", name))


# Recorded bodies --------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("1_usdc_minimal", "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"),
        ("1_usdt_minimal", "0xdac17f958d2ee523a2206206994597c13d831ec7"),
    ],
)
def test_recorded_answers_are_read(name, address):
    row = contract(recorded(f"sourcify/{name}.json"), ask((("address:ethereum", address),)))
    assert (row.verified_source, row.proxy, row.creator_address) == (True, None, "")
