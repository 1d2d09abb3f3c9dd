import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.evm_rpc.code import code_of, instructions, is_wallet, powers_of, without_metadata

TARGET = "be" * 20
PLAIN, DELEGATES, DESTROYS = "6001600055f3", "5b60016000f400", "5b6000ff"
NONE = [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("code", "slots", "named", "powers"),
    [
        (PLAIN, NONE, "", {"proxy": False, "self_destruct": False}),
        (PLAIN, [None] * 4, "", {"proxy": False, "self_destruct": False}),
        (DESTROYS, NONE, "", {"proxy": False, "self_destruct": None}),
        (DELEGATES, NONE, "", {"proxy": None, "self_destruct": None}),
        (DELEGATES, [0, 0, 5, 0], "", {"proxy": True}),
        (DELEGATES, [None, 5, None, None], "", {"proxy": True}),
        (DELEGATES, NONE, "0x" + TARGET, {"proxy": True}),
        (DELEGATES, NONE, "0x" + "0" * 40, {"proxy": None, "self_destruct": None}),
        (PLAIN, NONE, "0x" + TARGET, {"proxy": False, "self_destruct": False}),
        (f"363d3d373d3d3d363d73{TARGET}5af43d82803e903d91602b57fd5bf3", NONE, "", {"proxy": False}),
        (f"363d3d373d3d3d363d6f{TARGET[:32]}5af43d82803e903d91602b57fd5bf3", NONE, "", {"proxy": False}),
        (f"366000600037611000600036600073{TARGET}5af4602c57", NONE, "", {"proxy": False}),
    ],
)
def test_what_can_be_done_with_the_code(code, slots, named, powers):
    assert powers_of(code, slots, named) == powers


def test_a_wallet_may_let_a_contract_act_for_it():
    assert is_wallet("")
    assert is_wallet("ef0100" + TARGET)
    assert not is_wallet(PLAIN)


def test_what_is_pushed_is_no_instruction():
    assert instructions(bytes.fromhex("61f4ff00")) == {0x61, 0x00}
    assert instructions(bytes.fromhex("7f" + "f4" * 32)) == {0x7F}
    assert instructions(bytes.fromhex("60")) == {0x60}


def test_what_nobody_can_reach_is_data():
    assert 0xF4 not in instructions(bytes.fromhex("600056f4ff"))
    assert 0xF4 in instructions(bytes.fromhex("600056ff5bf4"))


@given(st.binary(max_size=100))
def test_no_code_has_more_instructions_than_bytes(code):
    assert instructions(code) <= {*code}
    assert code.startswith(without_metadata(code))


def test_the_compilers_metadata_are_left_out():
    code = bytes.fromhex(PLAIN)
    assert without_metadata(code + bytes.fromhex("a164736f6c6343000706000a")) == code
    assert without_metadata(code) == code
    assert without_metadata(b"") == b""


@pytest.mark.parametrize(
    ("digits", "code"), [("0x", ""), ("0xAB", "ab"), ("0xa", None), ("ab", None), (None, None), (5, None)]
)
def test_code_is_told_in_hexadecimal_digits(digits, code):
    assert code_of(digits) == code
