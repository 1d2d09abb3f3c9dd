import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.checksums import (
    BASE58,
    RIPPLE58,
    base58_bytes,
    base58_text,
    checked_bytes,
    checksummed,
    crc16,
    is_bech32,
    is_evm_address,
    is_solana_address,
    is_stellar_key,
    with_checksum,
)

# The examples of EIP-55 itself.
EXAMPLES = (
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
)


@pytest.mark.parametrize("address", EXAMPLES)
def test_the_examples_of_the_standard(address):
    assert is_evm_address(address)
    assert checksummed(address.lower()) == address
    assert is_evm_address(address.lower())
    assert is_evm_address("0x" + address[2:].upper())


@given(st.sampled_from(EXAMPLES), st.integers(2, 41))
def test_a_letter_in_the_wrong_case_is_noticed(address, place):
    changed = address[:place] + address[place].swapcase() + address[place + 1 :]
    assert is_evm_address(changed) == (changed == address)


@pytest.mark.parametrize("text", ["", "0x", "0x" + "a" * 39, "0x" + "g" * 40, "a" * 42, " 0x" + "a" * 40])
def test_what_is_no_evm_address(text):
    assert not is_evm_address(text)


@pytest.mark.parametrize(
    "address",
    [
        "So11111111111111111111111111111111111111112",
        "JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN",
        "11111111111111111111111111111111",
    ],
)
def test_solana_addresses_are_32_bytes(address):
    assert is_solana_address(address)
    assert not is_solana_address(address[:-1])
    assert not is_solana_address(address[:-1] + "0")


@given(st.text(alphabet=BASE58, min_size=1, max_size=50))
def test_any_text_has_an_answer(text):
    assert is_solana_address(text) in {True, False}


@pytest.mark.parametrize("value", [b"\x02", b"\0", b"\0\0\x01", bytes(range(33))])
def test_base58_there_and_back(value):
    assert base58_bytes(base58_text(value)) == value
    assert checked_bytes(with_checksum(value)) == value


def test_what_is_no_letter_of_base58_stands_for_nothing():
    assert base58_bytes("0OIl") == b""


def test_the_accounts_of_the_xrp_ledger_have_an_alphabet_of_their_own():
    assert len(checked_bytes("rsoLo2S1kiGeCcn6hCUXVrCpGMWLrRrLZz", alphabet=RIPPLE58)) == 21
    assert checked_bytes("rsoLo2S1kiGeCcn6hCUXVrCpGMWLrRrLZz") == b""


def test_crc_16_of_the_catalogue():
    assert crc16(b"123456789") == 0x31C3  # CRC-16/XMODEM, https://reveng.sourceforge.io/crc-catalogue


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("terra1dzhzukyezv0etz22ud940z7adyv7xgcjkahuun", True),
        ("terra1dzhzukyezv0etz22ud940z7adyv7xgcjkahuum", False),
        ("terra", False),
    ],
)
def test_bech32(text, holds):
    assert is_bech32(text) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("GA5ZSEJYB37JRC5AVCIA5MOP4RHTM335X2KGX3IHOJAPP5RE34K4KZVN", True),
        ("GA5ZSEJYB37JRC5AVCIA5MOP4RHTM335X2KGX3IHOJAPP5RE34K4KZVA", False),
        ("G", False),
    ],
)
def test_keys_of_stellar(text, holds):
    assert is_stellar_key(text) is holds
