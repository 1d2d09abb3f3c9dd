"""Checksums of addresses: whether a text is an address of a chain, which a typing error does not survive.

EVM: EIP-55, https://eips.ethereum.org/EIPS/eip-55: the case of the letters is a checksum; all
lower or all upper case carries none. Solana: base58 of exactly 32 bytes.
"""

import re
from typing import Final

from Crypto.Hash import keccak

EVM_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]{40}")
BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
SOLANA_ADDRESS: Final = re.compile(rf"[{BASE58}]{{32,44}}")
SOLANA_BYTES: Final = 32


def is_evm_address(text: str) -> bool:
    """Forty hexadecimal digits behind 0x, in one case or in the right mixture of both."""
    if not EVM_ADDRESS.fullmatch(text):
        return False
    digits = text[2:]
    return digits in {digits.lower(), digits.upper()} or text == checksummed(text)


def checksummed(address: str) -> str:
    """The address with its letters in the case that EIP-55 gives them."""
    digits = address[2:].lower()
    nibbles = keccak.new(digest_bits=256, data=digits.encode()).hexdigest()
    return "0x" + "".join(
        digit.upper() if int(nibble, 16) >= 8 else digit
        for digit, nibble in zip(digits, nibbles, strict=False)
    )


def is_solana_address(text: str) -> bool:
    if not SOLANA_ADDRESS.fullmatch(text):
        return False
    number = 0
    for letter in text:
        number = number * 58 + BASE58.index(letter)
    zeros = len(text) - len(text.lstrip(BASE58[0]))
    return zeros + (number.bit_length() + 7) // 8 == SOLANA_BYTES
