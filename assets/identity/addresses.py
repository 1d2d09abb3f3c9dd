"""Addresses of contracts: one writing of each, by the form of its chain, so that vendors and sheets meet.

`FORMS` has by name of a form how its addresses are written; `Chain.form` names it. What stands in no form
that we know is kept as it is where a vendor tells it; a person's is refused (`typed`).
"""

import base64
import binascii
import re
from collections.abc import Callable
from typing import Final

from assets.identity.checksums import (
    RIPPLE58,
    checked_bytes,
    crc16,
    is_bech32,
    is_evm_address,
    is_solana_address,
    is_stellar_key,
    with_checksum,
)
from assets.sourcing.messages import message

LONGEST: Final = 200
HEX: Final = re.compile(r"0[xX][0-9a-fA-F]+")
MOVE_ADDRESS: Final = re.compile(r"\b0[xX]([0-9a-fA-F]{1,64})\b")
MOVE_TYPE: Final = re.compile(r"0x[0-9a-f]{64}(::\w+::\w+(<.+>)?)?")
FELT: Final = re.compile(r"0[xX]([0-9a-fA-F]{1,64})")
TON_RAW: Final = re.compile(r"(-1|0):([0-9a-fA-F]{64})")
TON_FRIENDLY: Final = re.compile(r"[A-Za-z0-9_-]{48}")
TON_BOUNCEABLE: Final = 0x11
TON_TAGS: Final = frozenset({0x11, 0x51, 0x91, 0xD1})
TRON_HEX: Final = re.compile(r"(?:0x)?(41)?([0-9a-fA-F]{40})")
TRON_TAG: Final = b"\x41"
IBC_DENOM: Final = re.compile(r"ibc/([0-9a-f]{64})", re.IGNORECASE)
OTHER_DENOM: Final = re.compile(r"(factory/[a-z0-9]+/|cw20:|erc20/|peggy|gamm/|u[a-z])\S+")
XRPL_CODE: Final = re.compile(r"[A-Za-z0-9?!@#$%^&*<>(){}\[\]|]{3,20}|[0-9a-fA-F]{40}")
XRPL_ACCOUNT: Final = re.compile(r"r[1-9A-HJ-NP-Za-km-z]{24,34}")
STELLAR_ASSET: Final = re.compile(r"([A-Za-z0-9]{1,12})[-:]([GC][A-Z2-7]{55})(?:-\d)?")
NEAR_ACCOUNT: Final = re.compile(r"(?=.{2,64}$)[a-z0-9]+([-_.][a-z0-9]+)*")
HEDERA_ENTITY: Final = re.compile(r"\d+\.\d+\.\d+")
HEDERA_LONG_ZERO: Final = re.compile(r"0[xX]0{24}([0-9a-fA-F]{16})")
CARDANO_ASSET: Final = re.compile(r"[0-9a-f]{56}([0-9a-f]{2}){0,32}")
ALGORAND_ASSET: Final = re.compile(r"[1-9]\d{0,19}")

Form = Callable[[str], str]
"""From any writing of an address to the one that we keep, "" where it is none."""


def _evm(text: str) -> str:
    prefixed = f"0x{text[2:]}" if text[:2] == "0X" else text
    return prefixed.lower() if is_evm_address(prefixed) else ""


def _xdc(text: str) -> str:
    return _evm(f"0x{text[3:]}" if text[:3].lower() == "xdc" else text)


def _solana(text: str) -> str:
    return text if is_solana_address(text) else ""


def _move(text: str) -> str:
    """Sui and Aptos: every address in a type is 32 bytes, whose leading zeros may be left out (AIP-40)."""
    padded = MOVE_ADDRESS.sub(lambda found: f"0x{found[1].lower():0>64}", text)
    return padded if MOVE_TYPE.fullmatch(padded) else ""


def _felt(text: str) -> str:
    """Starknet: a number, whose leading zeros may be left out."""
    found = FELT.fullmatch(text)
    return f"0x{found[1].lower():0>64}" if found else ""


def _ton(text: str) -> str:
    """TEP-2: the raw form and all user-friendly ones name an account; we keep the bounceable one."""
    if raw := TON_RAW.fullmatch(text):
        account = int(raw[1]).to_bytes(1, "big", signed=True) + bytes.fromhex(raw[2])
    else:
        friendly = text.replace("+", "-").replace("/", "_")
        value = base64.urlsafe_b64decode(friendly) if TON_FRIENDLY.fullmatch(friendly) else b""
        if not value or value[0] not in TON_TAGS or crc16(value[:-2]) != int.from_bytes(value[-2:], "big"):
            return ""
        account = value[1:-2]
    tagged = bytes([TON_BOUNCEABLE]) + account
    return base64.urlsafe_b64encode(tagged + crc16(tagged).to_bytes(2, "big")).decode()


def _tron(text: str) -> str:
    """Base58 of 0x41 and twenty bytes, which explorers and contracts write in hexadecimal digits."""
    if found := TRON_HEX.fullmatch(text):
        return with_checksum(TRON_TAG + bytes.fromhex(found[2]))
    body = checked_bytes(text)
    return text if len(body) == 21 and body[:1] == TRON_TAG else ""


def _cosmos(text: str) -> str:
    """A denom of the bank module (ADR-001 of ibc-go: ibc/ and the hash in upper case) or a contract."""
    if found := IBC_DENOM.fullmatch(text):
        return f"ibc/{found[1].upper()}"
    if is_bech32(text.lower()) and text in {text.lower(), text.upper()}:
        return text.lower()
    return text if OTHER_DENOM.fullmatch(text) else ""


def _xrpl(text: str) -> str:
    """A currency code and its issuer; a code of more than three letters is 20 bytes in hexadecimal digits."""
    issuer = next((each for each in re.split(r"[.:+-]", text) if XRPL_ACCOUNT.fullmatch(each)), "")
    if not checked_bytes(issuer, alphabet=RIPPLE58):
        return ""
    code = text.replace(issuer, "").strip(".:+-")
    if not code:
        return issuer
    if not XRPL_CODE.fullmatch(code):
        return ""
    if len(code) == 40:
        code = code.upper()
    elif len(code) > 3:
        code = code.encode().hex().upper().ljust(40, "0")
    return f"{code}.{issuer}"


def _stellar(text: str) -> str:
    """A code and its issuer, or a contract; explorers put a number behind it."""
    if found := STELLAR_ASSET.fullmatch(text):
        return f"{found[1]}-{found[2]}" if is_stellar_key(found[2]) else ""
    return text if is_stellar_key(text) else ""


def _near(text: str) -> str:
    return text.lower() if NEAR_ACCOUNT.fullmatch(text.lower()) else ""


def _hedera(text: str) -> str:
    """A number of an entity, which EVM tools write as an address with leading zeros."""
    if found := HEDERA_LONG_ZERO.fullmatch(text):
        return f"0.0.{int(found[1], 16)}"
    return text if HEDERA_ENTITY.fullmatch(text) else _evm(text)


def _cardano(text: str) -> str:
    """The policy and the name of the asset in hexadecimal digits, with or without a point between them."""
    plain = text.replace(".", "").lower()
    return plain if CARDANO_ASSET.fullmatch(plain) else ""


def _algorand(text: str) -> str:
    return text if ALGORAND_ASSET.fullmatch(text) else ""


FORMS: Final[dict[str, Form]] = {
    "evm": _evm,
    "xdc": _xdc,
    "solana": _solana,
    "move": _move,
    "felt": _felt,
    "ton": _ton,
    "tron": _tron,
    "cosmos": _cosmos,
    "xrpl": _xrpl,
    "stellar": _stellar,
    "near": _near,
    "hedera": _hedera,
    "cardano": _cardano,
    "algorand": _algorand,
}

SURE: Final = frozenset({"evm", "xdc", "solana"})
"""Forms in which no vendor writes anything else: what is none of them is no address."""


def written(text: str, *, form: str) -> str:
    """The one writing of this address in this form, "" where it is none; of no form as it is."""
    try:
        return FORMS[form](text) if form else without_case(text)
    except (ValueError, binascii.Error, OverflowError):
        return ""


def without_case(text: str) -> str:
    """Hexadecimal digits behind 0x mean the same in either case: addresses, hashes, ids of pools."""
    return text.lower() if HEX.fullmatch(text) else text


def canonical(text: str, *, form: str, typed: bool = False) -> str:
    """The same, of a text that a vendor tells or a person has `typed`; `ValueError` says what is wrong."""
    value = written(text, form=form)
    if not value and form == "solana":
        raise ValueError(message("is not an address of Solana"))
    if not value and form in SURE:
        raise ValueError(message("is not an address of an EVM chain, or has a typing error"))
    if not value and typed and form:
        raise ValueError(message("is not an address of this chain, or has a typing error"))
    value = value or without_case(text)
    if not 0 < len(value) <= LONGEST or " " in value or "://" in value:
        raise ValueError(message("is not an address"))
    return value
