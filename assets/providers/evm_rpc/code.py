"""Code of EVM contracts: whether it can be replaced, hands its work to another one, or destroys itself.

A proxy that follows a standard says so in a slot of its storage, or in its few bytes of code. Code without
DELEGATECALL can't run anybody else's, so that it is no proxy of any kind: what can't be read from the slots,
the instructions tell. https://eips.ethereum.org/EIPS/eip-1967, -1822, -1167, -7702;
https://www.evm.codes for the instructions.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from Crypto.Hash import keccak

SLOTS: Final = {
    "implementation": "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc",
    "beacon": "0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50",
    "uups": "0xc5f16f0fcc639fa48a6947836d9850f504798523bf8c9a3a87d5876cf622bcf7",
    "zeppelin": "0x7050c9e0f4ca769c69bd3a8ef740bc37934f8e2c036e5a723fd8ee048ed3f8c3",
}
"""Where a proxy keeps the address of its code: EIP-1967, its beacon, EIP-1822, and OpenZeppelin's before."""

ADMIN_SLOT: Final = "0xb53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103"
"""Where such a proxy keeps who may replace its code: EIP-1967."""

CLONE: Final = re.compile(
    r"363d3d373d3d3d363d(?:6[0-9a-f]|7[0-3])([0-9a-f]{2,40})5af43d82803e903d91602b57fd5bf3"
)
VYPER_CLONE: Final = re.compile(r"366000600037611000600036600073([0-9a-f]{40})5af4")
"""Minimal proxies, EIP-1167 with its shorter form, and Vyper's: they point to one contract for ever."""
DELEGATED: Final = re.compile(r"ef0100[0-9a-f]{40}")
"""EIP-7702: a wallet that lets a contract act for it, with a key as before."""

PUSH_1, PUSH_32 = 0x60, 0x7F
JUMPDEST: Final = 0x5B
ENDS: Final = frozenset({0x00, 0x56, 0xF3, 0xFD, 0xFE, 0xFF})
"""STOP, JUMP, RETURN, REVERT, INVALID, SELFDESTRUCT: what stands behind is reached by a JUMPDEST alone."""
DELEGATECALL, CALLCODE, SELFDESTRUCT = 0xF4, 0xF2, 0xFF
SELECTOR_PUSHES: Final = frozenset({0x62, 0x63})
"""PUSH3 and PUSH4: a selector that begins with zeros is pushed without them."""
DUP_1, DUP_16 = 0x80, 0x8F
COMPARES: Final = frozenset({0x14, 0x18, 0x03})
"""EQ; XOR and SUB, which are 0 of two that are the same: solc and Vyper."""


def steps(code: bytes) -> Iterator[tuple[int, bytes]]:
    """The instructions that can be reached, each with what it pushes, without data that lies between them."""
    place, is_reached = 0, True
    while place < len(code):
        instruction = code[place]
        is_reached = is_reached or instruction == JUMPDEST
        size = instruction - PUSH_1 + 1 if PUSH_1 <= instruction <= PUSH_32 else 0
        if is_reached:
            yield instruction, code[place + 1 : place + 1 + size]
            is_reached = instruction not in ENDS
        place += 1 + size


def instructions(code: bytes) -> set[int]:
    return {instruction for instruction, _pushed in steps(code)}


def functions_of(code: bytes) -> frozenset[str]:
    """The selectors of its public functions: what is compared with the first four bytes of a call.

    Empty where it doesn't compare so: Vyper may find its functions in a table.
    """
    found, waiting = set[str](), ""
    for instruction, pushed in steps(code):
        if instruction in SELECTOR_PUSHES:
            waiting = pushed.hex().zfill(8)
        elif waiting and (instruction in COMPARES or DUP_1 <= instruction <= DUP_16):
            if instruction in COMPARES:
                found.add(waiting)
                waiting = ""
        else:
            waiting = ""
    return frozenset(found)


def without_metadata(code: bytes) -> bytes:
    """The code without what the compiler writes behind it: CBOR, and its length in two bytes.

    docs.soliditylang.org/en/latest/metadata.html#encoding-of-the-metadata-hash-in-the-bytecode.
    """
    size = int.from_bytes(code[-2:], "big") + 2
    is_map = size <= len(code) and code[-size] & 0xE0 == 0xA0  # a map of a few pairs
    return code[:-size] if is_map else code


def code_of(digits: object) -> str | None:
    """Hexadecimal digits of a contract's code, "" where there is none; None where it isn't told."""
    if not isinstance(digits, str) or not re.fullmatch(r"0x(?:[0-9a-fA-F]{2})*", digits):
        return None
    return digits[2:].lower()


def hash_of(code: str) -> str:
    """keccak256 of the code, as EXTCODEHASH tells it: the same for the same code, EIP-1052."""
    return "0x" + keccak.new(digest_bits=256, data=bytes.fromhex(code)).hexdigest()


def is_wallet(code: str) -> bool:
    return not code or bool(DELEGATED.fullmatch(code))


def clone_of(code: str) -> str:
    """The contract to which a minimal proxy points; "" of any other code."""
    found = CLONE.match(code) or VYPER_CLONE.match(code)
    return "0x" + found[1].zfill(40) if found else ""


def can_delegate(code: str) -> bool:
    """Whether it can run another contract's code as its own."""
    return bool(instructions(without_metadata(bytes.fromhex(code))) & {DELEGATECALL, CALLCODE})


def powers_of(code: str, slots: Iterable[int | None], named: str) -> dict[str, Any]:
    """Fields of a ContractRow. `slots` are the numbers in SLOTS, None where they are not told.

    `named` is the address that its function `implementation()` gives, "" where it has none.
    """
    listed = [*slots]
    if clone_of(code):
        return {"proxy": False}  # What the code does that it points to isn't seen here.
    inside, delegates = instructions(without_metadata(bytes.fromhex(code))), can_delegate(code)
    is_proxy = any(listed) or (bool(named) and int(named, 16) > 0 and delegates)
    if is_proxy:
        return {"proxy": True}
    # Of code that hands work on without a slot for it, a library or an unknown proxy, it stays open.
    return {
        "proxy": None if delegates else False,
        "self_destruct": None if delegates or SELFDESTRUCT in inside else False,
    }
