"""ABI of EVM contracts: calls and what they return, in words of 32 bytes, several calls in one.

https://docs.soliditylang.org/en/latest/abi-spec.html. Several go through Multicall3's `aggregate3`, of which
each may fail by itself: https://www.multicall3.com, on nearly every chain at one address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from Crypto.Hash import keccak

WORD: Final = 32
MULTICALL: Final = "0xca11bde05977b3631167028862be2a173976ca11"
AGGREGATE: Final = "82ad56cb"
MOST_RESULTS: Final = 2_000


def selector(signature: str) -> str:
    """The first four bytes of the hash of a function's signature, in hexadecimal digits."""
    return keccak.new(digest_bits=256, data=signature.encode()).hexdigest()[:8]


def word(value: int | str) -> str:
    """A number, negative ones as two's complement, or an address, as a word."""
    number = int(value, 16) if isinstance(value, str) else value
    return f"{number % 2**256:064x}"


@dataclass(frozen=True, slots=True)
class ContractCall:
    """One question to a contract: `data` are hexadecimal digits."""

    to: str
    data: str

    @classmethod
    def of(cls, to: str, signature: str, *arguments: int | str) -> "ContractCall":
        """`arguments` are numbers and addresses; nothing else is asked with."""
        return cls(to, selector(signature) + "".join(map(word, arguments)))


def aggregate(calls: Sequence[ContractCall]) -> str:
    """The data of `aggregate3((address,bool,bytes)[])`, each call allowed to fail."""
    bodies = [_tuple(each) for each in calls]
    heads, at = [], WORD * len(bodies)
    for body in bodies:
        heads.append(word(at))
        at += len(body) // 2
    return "0x" + AGGREGATE + word(WORD) + word(len(bodies)) + "".join(heads) + "".join(bodies)


def calls_in(data: str) -> list[ContractCall]:
    """The calls that `aggregate` put into this data."""
    words = Returned(bytes.fromhex(data[2 + len(AGGREGATE) :]))
    found = []
    for place in range(words.number(1) or 0):
        part = Returned(words.data[2 * WORD + (words.number(2 + place) or 0) :])
        size = part.number(3) or 0
        found.append(ContractCall(part.address(0), part.data[4 * WORD : 4 * WORD + size].hex()))
    return found


def _tuple(call: ContractCall) -> str:
    size = len(call.data) // 2
    padding = "0" * (2 * (-size % WORD))
    return word(call.to) + word(1) + word(3 * WORD) + word(size) + call.data + padding


class Returned:
    """What a call returned. Everything beyond its end is None: nothing was told there."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @classmethod
    def of(cls, digits: object) -> "Returned | None":
        """From hexadecimal digits behind 0x, which some recordings repeat; None for anything else."""
        if not isinstance(digits, str) or not digits.startswith("0x"):
            return None
        try:
            return cls(bytes.fromhex(digits[2:].removeprefix("0x")))
        except ValueError:
            return None

    def number(self, place: int) -> int | None:
        part = self.data[WORD * place : WORD * (place + 1)]
        return int.from_bytes(part, "big") if len(part) == WORD and place >= 0 else None

    def signed(self, place: int) -> int | None:
        number = self.number(place)
        return number if number is None or number < 2**255 else number - 2**256

    def flag(self, place: int) -> bool | None:
        number = self.number(place)
        return bool(number) if number in (0, 1) else None

    def address(self, place: int) -> str:
        """ "" where the word is no address: it would have more than twenty bytes."""
        number = self.number(place)
        return f"0x{number:040x}" if number is not None and number < 2**160 else ""

    def text(self) -> str:
        """A `string`, or the `bytes32` in which some old tokens keep their name; "" where it is neither."""
        if len(self.data) == WORD:
            return self.data.rstrip(b"\0").decode("utf-8", "replace")
        offset = self.number(0)
        size = self.number(offset // WORD) if offset is not None and offset % WORD == 0 else None
        if offset is None or size is None:
            return ""
        part = self.data[offset + WORD : offset + WORD + size]
        return part.decode("utf-8", "replace") if len(part) == size else ""


def results(digits: object, count: int) -> list[Returned | None] | None:
    """By call what `aggregate3` returned, None where it failed; None for an answer of something else."""
    words = Returned.of(digits)
    if words is None or words.number(0) != WORD or words.number(1) != count or count > MOST_RESULTS:
        return None
    base = 2 * WORD
    found: list[Returned | None] = []
    for place in range(count):
        offset = words.number(2 + place)
        if offset is None or offset % WORD:
            return None
        part = Returned(words.data[base + offset :])
        size = part.number(2)
        data = part.data[3 * WORD : 3 * WORD + size] if size is not None else b""
        if size is None or len(data) != size or part.flag(0) is None:
            return None
        # Without a contract there every call succeeds, and returns nothing.
        found.append(Returned(data) if part.flag(0) and data else None)
    return found
