"""Checksums of addresses: whether a text is an address of a chain, which a typing error does not survive.

EVM: EIP-55, https://eips.ethereum.org/EIPS/eip-55: the case of the letters is a checksum; all
lower or all upper case carries none. Solana: base58 of exactly 32 bytes. Tron and the XRP Ledger: base58 with
four bytes of a double SHA-256, https://developers.tron.network/docs/account and
https://xrpl.org/docs/references/protocol/data-types/base58-encodings. TON and Stellar: CRC-16/XMODEM,
https://docs.ton.org/v3/documentation/smart-contracts/addresses/address-formats and
https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0023.md. Cosmos: bech32, BIP-173.
"""

import base64
import binascii
import hashlib
import re
from typing import Final

from Crypto.Hash import keccak

EVM_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]{40}")
EVM_LOWERCASE: Final = re.compile("0x[0-9a-f]{40}")
"""As addresses of EVM chains are kept."""
BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE58: Final = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
SOLANA_ADDRESS: Final = re.compile(rf"[{BASE58}]{{32,44}}")
SOLANA_BYTES: Final = 32
LETTERS_OF_BOTH_CASES: Final = 20
"""One address in half a million with so many letters has them in one case by chance."""
CHECKSUM_BYTES: Final = 4

BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
BECH32_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
BECH32_ADDRESS: Final = re.compile(rf"([a-z]{{1,30}})1([{BECH32}]{{38,58}})")

STELLAR_KEY: Final = re.compile(r"[GC][A-Z2-7]{55}")


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
    """Base58 of 32 bytes. It has no checksum, and a quarter of those put into lower case still are 32 bytes:
    so many letters of one case came from such a change, not from chance."""
    if not SOLANA_ADDRESS.fullmatch(text) or len(base58_bytes(text)) != SOLANA_BYTES:
        return False
    is_of_one_case = text in {text.lower(), text.upper()}
    return not (is_of_one_case and sum(map(str.isalpha, text)) >= LETTERS_OF_BOTH_CASES)


def base58_bytes(text: str, *, alphabet: str = BASE58) -> bytes:
    """What these letters stand for; the alphabet's leading zero is a zero byte. Empty where one is none."""
    number = 0
    for letter in text:
        place = alphabet.find(letter)
        if place < 0:
            return b""
        number = number * 58 + place
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base58_text(value: bytes) -> str:
    number, letters = int.from_bytes(value, "big"), ""
    while number:
        number, place = divmod(number, 58)
        letters = BASE58[place] + letters
    return BASE58[0] * (len(value) - len(value.lstrip(b"\0"))) + letters


def checked_bytes(text: str, *, alphabet: str = BASE58) -> bytes:
    """The bytes before a right checksum at the end; empty where it is wrong."""
    value = base58_bytes(text, alphabet=alphabet)
    body, checksum = value[:-CHECKSUM_BYTES], value[-CHECKSUM_BYTES:]
    return body if _double_sha256(body) == checksum else b""


def with_checksum(body: bytes) -> str:
    return base58_text(body + _double_sha256(body))


def crc16(value: bytes) -> int:
    return binascii.crc_hqx(value, 0)


def is_bech32(text: str) -> bool:
    """BIP-173: the prefix and the checksum of six letters at the end."""
    match = BECH32_ADDRESS.fullmatch(text)
    if match is None:
        return False
    prefix = [ord(each) >> 5 for each in match[1]] + [0] + [ord(each) & 31 for each in match[1]]
    checksum = 1
    for value in (*prefix, *(BECH32.index(each) for each in match[2])):
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(BECH32_GENERATOR):
            checksum ^= generator if top >> place & 1 else 0
    return checksum == 1


def is_stellar_key(text: str) -> bool:
    """An account (G…) or a contract (C…): SEP-23, base32 with a CRC-16, the lower byte first."""
    if not STELLAR_KEY.fullmatch(text):
        return False
    value = base64.b32decode(text)
    return crc16(value[:-2]) == int.from_bytes(value[-2:], "little")


def _double_sha256(value: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(value).digest()).digest()[:CHECKSUM_BYTES]
