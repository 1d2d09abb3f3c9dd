"""Token contracts on EVM chains: the calls about one, and what its answers, its code and its persons say.

Three calls, each with all questions in one: the token; the code behind it, where it is a proxy; the persons
who hold its powers, with attempts to mint in their names.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from assets.identity.burned import is_burned
from assets.metrics.families import CONTRACT
from assets.providers.evm_rpc.abi import ContractCall, Returned
from assets.providers.evm_rpc.code import ADMIN_SLOT, SLOTS, clone_of, code_of, hash_of, is_wallet, powers_of
from assets.providers.evm_rpc.minting import (
    Minters,
    Minting,
    can_blacklist,
    mint_authority,
    minter_questions,
    minting_of,
    trial_calls,
)
from assets.providers.evm_rpc.node import NodeAnswer, ask, quantity
from assets.providers.evm_rpc.pools import whole
from assets.sourcing.contract import Request
from assets.sourcing.jsonrpc import RpcError
from assets.sourcing.reading import RowReader

MOST_DECIMALS: Final = 255
TOKEN_QUESTIONS: Final = (
    *("totalSupply()", "decimals()", "name()", "symbol()", "owner()", "getOwner()"),
    *("paused()", "implementation()"),
)
PERSON_QUESTIONS: Final = ("getMinDelay()", "delay()")
"""What a timelock answers: OpenZeppelin's TimelockController and Compound's Timelock."""
BESIDE: Final = 1 + len(SLOTS) + 1
"""Code, slots of proxies, and the slot of their admin."""
NOBODY: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractCase:
    """What is known of a token between calls, as a request carries it.

    `minting` is None while the code that runs for it isn't known. `owner` and `admin` are addresses, "" where
    there is none; one who gave up is a burn address.
    """

    address: str
    owner: str = ""
    admin: str = ""
    minting: Minting | None = None
    can_blacklist: bool | None = None
    minters: Minters = field(default_factory=lambda: Minters((), are_none=False))

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"minting": self.minting.to_json() if self.minting else None}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ContractCase":
        minting, minters = stored["minting"], stored["minters"]
        return cls(
            **{
                **stored,
                "minting": Minting.from_json(minting) if minting else None,
                "minters": Minters(tuple(minters["named"]), are_none=minters["are_none"]),
            }
        )

    def with_code(self, code: str) -> "ContractCase":
        return replace(self, minting=minting_of(code), can_blacklist=can_blacklist(code))

    def code_fields(self) -> dict[str, Any]:
        """Fields of a ContractRow that the code alone decides."""
        is_settled = self.minting is not None and not self.minting.mints and not self.minting.is_open
        return ({"mint_authority": NOBODY} if is_settled else {}) | (
            {"blacklist": True} if self.can_blacklist else {}
        )

    def persons(self) -> tuple[str, ...]:
        """Whoever holds a power, each once."""
        every = (self.owner, *(self.minters.named if self.mints else ()), self.admin)
        return tuple(dict.fromkeys(each for each in every if each and not is_burned(each)))

    @property
    def mints(self) -> tuple[str, ...]:
        return self.minting.mints if self.minting else ()

    @property
    def trials(self) -> list[tuple[str, Sequence[object]]]:
        owner = "" if self.owner and is_burned(self.owner) else self.owner
        return trial_calls(self.address, self.mints, owner=owner)


# The token --------------------------------------------------------------------------


def _token_questions(token: str) -> list[ContractCall]:
    return [*(ContractCall.of(token, each) for each in TOKEN_QUESTIONS), *minter_questions(token)]


def token_call(token: str, *, chains: str) -> Request:
    slots = [("eth_getStorageAt", (token, slot, "latest")) for slot in (*SLOTS.values(), ADMIN_SLOT)]
    context = {"call": "token", "address": token, "chains": chains}
    return ask(CONTRACT, _token_questions(token), context, ("eth_getCode", (token, "latest")), *slots)


def token_count(token: str) -> int:
    return len(_token_questions(token))


@dataclass(frozen=True, slots=True)
class ToldToken:
    """What a token's own answers say; `slots` are the numbers in `SLOTS`, None where they aren't told."""

    address: str
    answered: Mapping[str, Returned | None]
    code: str | None
    slots: Mapping[str, int | None]
    admin: str
    minters: Minters

    @classmethod
    def of(cls, address: str, answer: NodeAnswer) -> "ToldToken":
        count = len(TOKEN_QUESTIONS)
        code, *slots, admin = answer.beside
        return cls(
            address=address,
            answered=dict(zip(TOKEN_QUESTIONS, answer.words, strict=False)),
            code=told_code(code),
            slots=dict(zip(SLOTS, map(_slot, slots), strict=True)),
            admin=_address(_slot(admin)),
            minters=Minters.of(answer.words[count:]),
        )

    @property
    def owner(self) -> str:
        return owner_in(self.answered["owner()"], self.answered["getOwner()"])

    def total(self) -> Decimal | None:
        units, places = (_number(self.answered[each]) for each in ("totalSupply()", "decimals()"))
        if units is None or places is None or places > MOST_DECIMALS:
            return None
        return whole(Decimal(units), places)

    def implementation(self) -> tuple[str, bool]:
        """The contract whose code runs for it, and whether that one is a beacon that names it; "" of none."""
        direct = next(
            (self.slots[each] for each in ("implementation", "uups", "zeppelin") if self.slots[each]), 0
        )
        if target := _address(direct) or clone_of(self.code or ""):
            return target, False
        if beacon := _address(self.slots["beacon"]):
            return beacon, True
        named = self.answered["implementation()"]
        target = named.address(0) if named is not None else ""
        return (target if target and not is_burned(target) and self.is_proxy else ""), False

    @property
    def is_proxy(self) -> bool:
        return bool(self.powers().get("proxy"))

    def powers(self) -> dict[str, Any]:
        named = self.answered["implementation()"]
        if not self.code:
            return {}
        return powers_of(self.code, self.slots.values(), named.address(0) if named is not None else "")

    def case(self) -> ContractCase:
        """Of a proxy, the code that is to be judged isn't known yet."""
        case = ContractCase(address=self.address, owner=self.owner, admin=self.admin, minters=self.minters)
        return case.with_code(self.code) if self.code and not self.implementation()[0] else case

    def fields(self) -> dict[str, Any]:
        """Fields of a ContractRow."""
        paused, owner = self.answered["paused()"], self.owner
        target, is_beacon = self.implementation()
        is_given_up = bool(owner) and is_burned(owner)
        return {
            **self.powers(),
            **self.case().code_fields(),
            "implementation_address": "" if is_beacon else target,
            "code_hash": hash_of(self.code) if self.code else "",
            # Who can tell whether it is paused can be paused.
            "pausable": True if paused is not None and paused.flag(0) is not None else None,
            "owner_authority": NOBODY if is_given_up else "",
            "owner_address": "" if is_given_up else owner,
        }

    def follow(self) -> tuple[Request, ...]:
        target, is_beacon = self.implementation()
        case = self.case()
        return (behind_call(case, target, is_beacon=is_beacon),) if target else persons_call(case)


# The code behind it -----------------------------------------------------------------


def behind_call(case: ContractCase, target: str, *, is_beacon: bool) -> Request:
    """Asks a proxy's implementation for its code, and a beacon for the implementation as well."""
    along = {"call": "behind", "case": json.dumps(case.to_json()), "is_beacon": "yes" if is_beacon else ""}
    named = [ContractCall.of(target, "implementation()")]
    return ask(CONTRACT, named, along, ("eth_getCode", (target, "latest")))


# Its persons ------------------------------------------------------------------------


def persons_call(case: ContractCase) -> tuple[Request, ...]:
    """Asks what each person is, and tries to mint; nothing where there is nobody and nothing to try."""
    persons = case.persons()
    if not persons and not case.mints:
        return ()
    asked = _person_questions(case)
    codes = [("eth_getCode", (person, "latest")) for person in persons]
    return (
        ask(CONTRACT, asked, {"call": "persons", "case": json.dumps(case.to_json())}, *codes, *case.trials),
    )


def _person_questions(case: ContractCase) -> list[ContractCall]:
    return [
        *(ContractCall.of(person, each) for person in case.persons() for each in PERSON_QUESTIONS),
        ContractCall.of(case.address, "owner()"),  # A call of nothing isn't taken by each node.
    ]


def persons_count(case: ContractCase) -> int:
    return len(_person_questions(case))


def persons_beside(case: ContractCase) -> int:
    return len(case.persons()) + len(case.trials)


def persons_fields(case: ContractCase, answer: NodeAnswer, reader: RowReader) -> dict[str, Any]:
    """Fields of a ContractRow; those of whom it isn't told what they are are left out, with a remark."""
    beside, words = iter(answer.beside), iter(answer.words)
    level_of = {
        person: _level(next(beside), [*islice(words, len(PERSON_QUESTIONS))]) for person in case.persons()
    }
    trials = [*beside]
    half = len(trials) // (2 if case.owner and not is_burned(case.owner) else 1)
    found = dict(_authorities(case, level_of, reader))
    if case.minting and case.minting.mints:
        found["mint_authority"] = mint_authority(
            case.minting,
            case.minters,
            owner=NOBODY if case.owner and is_burned(case.owner) else level_of.get(case.owner, ""),
            named=[
                NOBODY if is_burned(each) else level_of.get(each, "") or "contract"
                for each in case.minters.named
            ],
            by_stranger=trials[:half],
            by_owner=trials[half:],
        )
    return {name: each for name, each in found.items() if each}


def _authorities(
    case: ContractCase, level_of: Mapping[str, str], reader: RowReader
) -> Iterator[tuple[str, str]]:
    for person, level in level_of.items():
        if not level:
            reader.remark("The type of the account %(address)s is unknown.", address=person)
    if level := level_of.get(case.owner, ""):
        yield "owner_authority", level
        yield "owner_address", case.owner
    if case.admin:
        yield "proxy_authority", NOBODY if is_burned(case.admin) else level_of.get(case.admin, "")


def _level(code: object, delays: Sequence[Returned | None]) -> str:
    """A person, a timelock, or a contract of which nothing more is known; "" where its code is not told."""
    told = told_code(code)
    if told is None:
        return ""
    if is_wallet(told):
        return "wallet"
    return "timelock" if any(each.number(0) for each in delays if each is not None) else "contract"


# Values -----------------------------------------------------------------------------


def owner_in(*answered: Returned | None) -> str:
    """The owner as either of two functions names it; "" where neither is there."""
    return next((each.address(0) for each in answered if each is not None and each.address(0)), "")


def told_code(answer: object) -> str | None:
    return None if isinstance(answer, RpcError) else code_of(answer)


def _slot(answer: object) -> int | None:
    return None if isinstance(answer, RpcError) else quantity(answer)


def _address(number: int | None) -> str:
    """ "" of zero, and of what is no address."""
    return f"0x{number:040x}" if number and number < 2**160 else ""


def _number(answer: Returned | None) -> int | None:
    return answer.number(0) if answer is not None else None
