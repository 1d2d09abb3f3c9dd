import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.evm_rpc.abi import ContractCall, Returned, aggregate, calls_in, results, selector, word
from tests.assets.providers.answers import RECORDED, recorded
from tests.assets.providers.evm_rpc.chain import aggregated, text, words

A, B = "0x" + "aa" * 20, "0x" + "0" * 39 + "b"


@pytest.mark.parametrize(
    ("signature", "digits"),
    [
        # Source: www.4byte.directory
        ("totalSupply()", "18160ddd"),
        ("balanceOf(address)", "70a08231"),
        ("getReserves()", "0902f1ac"),
        ("getPool(address,address,uint24)", "1698ee82"),
        ("ticks(int24)", "f30dba93"),
        ("tokenLocks(address,uint256)", "ccebfa3f"),
        ("getLocksForToken(address,uint256,uint256)", "332f26d7"),
        ("aggregate3((address,bool,bytes)[])", "82ad56cb"),
    ],
)
def test_a_question_is_the_hash_of_its_signature(signature, digits):
    assert selector(signature) == digits


def test_arguments_are_words():
    assert word(-1) == "f" * 64
    assert word(A) == "0" * 24 + "aa" * 20
    assert ContractCall.of(A, "ticks(int24)", -60).data == "f30dba93" + "f" * 62 + "c4"


CALLS = st.builds(ContractCall, st.sampled_from([A, B]), st.binary(max_size=100).map(bytes.hex))


@given(st.lists(CALLS, max_size=8))
def test_calls_come_out_as_they_were_put_together(calls):
    assert calls_in(aggregate(calls)) == calls


@given(st.lists(st.none() | st.binary(min_size=1, max_size=100), max_size=8))
def test_each_call_has_its_own_result(wanted):
    digits = aggregated([None if each is None else "0x" + each.hex() for each in wanted])
    found = results(digits, len(wanted))
    assert [each and each.data for each in found] == wanted
    assert results(digits, len(wanted) + 1) is None


def test_a_call_to_nobody_returns_nothing():
    assert results(aggregated(["0x"]), 1) == [None]


@pytest.mark.parametrize("digits", [None, 5, "0x", "0xzz", "1234", words(32), words(32, 1), words(32, 1, 5)])
def test_something_else_is_no_result(digits):
    assert results(digits, 1) is None


@given(st.binary(max_size=400), st.integers(0, 3))
def test_any_bytes_are_read_or_are_none(data, count):
    found = results("0x" + data.hex(), count)
    assert found is None or len(found) == count
    for place in range(3):
        told = Returned(data)
        assert (told.number(place) is None) == (len(data) < 32 * (place + 1))
    assert isinstance(Returned(data).text(), str)


def test_values_are_read_from_words():
    told = Returned.of(words(5, -60, A, 1, 2, 2**200))
    assert [told.number(0), told.signed(1), told.address(2)] == [5, -60, A]
    assert [told.flag(3), told.flag(4), told.address(5), told.address(9)] == [True, None, "", ""]
    assert [told.number(9), told.signed(9), told.number(-1)] == [None, None, None]
    assert Returned.of("0x0x" + "00" * 32).number(0) == 0, "as some recordings have it"


def test_names_are_strings_or_words():
    assert Returned.of(text("Aurelium")).text() == "Aurelium"
    assert Returned.of("0x" + "4d4b52".ljust(64, "0")).text() == "MKR"
    assert (
        Returned.of(words(33, 5)).text() == Returned.of(words(32, 500)).text() == Returned(b"").text() == ""
    )


@pytest.mark.shared
def test_recorded_answers_of_multicall():
    names = sorted(path.name for path in (RECORDED / "evm_rpc/recorded").glob("*multicall*"))
    read = 0
    for name in names:
        body = json.loads(recorded(f"evm_rpc/recorded/{name}"))
        data = body["request"]["body"]["params"][0]["data"]
        if data.startswith("0xbce38bd7"):  # tryAggregate, which answers in the same form
            count = Returned.of("0x" + data[10:]).number(2)
            found = results(body["body"]["result"], count)
            assert len(found) == count
            read += sum(each is not None for each in found)
    assert read > 50
