"""Minting on EVM chains: whether a token's code can make units, and who may.

The functions of the code say whether anything in it mints. Who may is tried: a node runs a call as anybody,
changes nothing and tells whether it went through. What neither decides stays "contract": there is a way to
make units, and who walks it is not known. Code with functions of names that are not known says nothing of
what it lacks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assets.identity.token_functions import BLACKLISTS, MINTER_ROLES, MINTERS, MINTS, WITHOUT_MINTING
from assets.providers.evm_rpc.abi import ContractCall, Returned, selector
from assets.providers.evm_rpc.code import can_delegate, functions_of, without_metadata
from assets.sourcing.jsonrpc import RpcError

MINT_OF: Final = {selector(each): each for each in MINTS}
ROLE_OF: Final = {selector(each): each for each in (*MINTERS, *MINTER_ROLES)}
BLACKLIST_OF: Final = {selector(each): each for each in BLACKLISTS}
KNOWN: Final = frozenset({*MINT_OF, *ROLE_OF, *map(selector, WITHOUT_MINTING)})
OF_A_TOKEN: Final = frozenset(map(selector, ("transfer(address,uint256)", "balanceOf(address)")))
"""Without these the functions of a token were not found, wherever its code keeps them."""

STRANGER: Final = "0x51d9a5b2c37e48f06a1bd0e4927fc8630d15ea74"
"""Somebody whom no contract knows: a number that nobody has the key of, drawn once."""
MINTER_ROLE: Final = 0x9F2DF0FED2C77648DE5860A4CC508CD0818C85B8B8A1AB4CEEEF8D981C8956A6
"""keccak256("MINTER_ROLE"): OpenZeppelin's AccessControl."""
MOST_MINTERS: Final = 3
YES: Final = 1


@dataclass(frozen=True, slots=True)
class Minting:
    """What the functions of a token's code say: those that mint, and whether others than an owner may be
    allowed to (`has_roles`), or there are functions of which it is not known what they do (`is_open`)."""

    mints: tuple[str, ...]
    has_roles: bool
    is_open: bool

    def to_json(self) -> dict[str, Any]:
        return {"mints": [*self.mints], "has_roles": self.has_roles, "is_open": self.is_open}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Minting":
        return cls(tuple(stored["mints"]), stored["has_roles"], stored["is_open"])


def functions(code: str) -> frozenset[str]:
    return functions_of(without_metadata(bytes.fromhex(code)))


def minting_of(code: str) -> Minting:
    """Of hexadecimal digits of code that runs for the token."""
    found = functions(code)
    return Minting(
        mints=tuple(sorted(MINT_OF[each] for each in found & MINT_OF.keys())),
        has_roles=bool(found & ROLE_OF.keys()),
        is_open=not found >= OF_A_TOKEN or not found <= KNOWN or can_delegate(code),
    )


def can_blacklist(code: str) -> bool | None:
    """True where a function shuts somebody out; that none does can't be told by names."""
    return True if functions(code) & BLACKLIST_OF.keys() else None


# Who may ----------------------------------------------------------------------------


def minter_questions(token: str) -> list[ContractCall]:
    """Who is named as minter, whether minting has ended, and who has OpenZeppelin's roles."""
    return [
        *(ContractCall.of(token, each) for each in (*MINTERS, "mintingFinished()")),
        ContractCall.of(token, "getRoleMember(bytes32,uint256)", MINTER_ROLE, 0),
        ContractCall.of(token, "getRoleMemberCount(bytes32)", MINTER_ROLE),
        ContractCall.of(token, "getRoleMemberCount(bytes32)", 0),
    ]


@dataclass(frozen=True, slots=True)
class Minters:
    """What a token says of its minters: `named` are addresses, `are_none` that by its own word none is."""

    named: tuple[str, ...]
    are_none: bool

    @classmethod
    def of(cls, answered: Sequence[Returned | None]) -> "Minters":
        *getters, finished, member, count, admins = answered
        every = [each.address(0) for each in (*getters, member) if each is not None and len(each.data) == 32]
        counts = [each.number(0) if each is not None else None for each in (count, admins)]
        return cls(
            named=tuple(dict.fromkeys(each for each in every if each))[:MOST_MINTERS],
            are_none=counts == [0, 0] or (finished is not None and finished.flag(0) is True),
        )


def trial_calls(token: str, mints: Sequence[str], *, owner: str) -> list[tuple[str, Sequence[object]]]:
    """Attempts to mint one unit: by a stranger, then by the owner where there is one."""
    asked = [ContractCall.of(token, each, *_arguments(each)) for each in mints if _can_try(each)]
    return [
        ("eth_call", ({"from": who, "to": token, "data": "0x" + call.data}, "latest"))
        for who in (STRANGER, *([owner] if owner else []))
        for call in asked
    ]


def _types(signature: str) -> list[str]:
    inside = signature.partition("(")[2].removesuffix(")")
    return inside.split(",") if inside else []


def _can_try(signature: str) -> bool:
    return {*_types(signature)} <= {"address", "uint256"}


def _arguments(signature: str) -> list[int | str]:
    return [STRANGER if each == "address" else 1 for each in _types(signature)]


def succeeded(answers: Sequence[object]) -> bool:
    """Whether one of these attempts went through: it returned nothing, or yes.

    Another word is how some contracts tell why they refuse, as Compound's do.
    """
    words = [None if isinstance(each, RpcError) else Returned.of(each) for each in answers]
    return any(each is not None and (not each.data or each.number(0) == YES) for each in words)


def all_refused(answers: Sequence[object]) -> bool:
    """Whether each was tried and turned down; an attempt that the node did not make says nothing."""
    return all(isinstance(each, RpcError) and each.is_revert for each in answers)


def mint_authority(
    minting: Minting,
    minters: Minters,
    *,
    owner: str,
    named: Sequence[str],
    by_stranger: Sequence[object],
    by_owner: Sequence[object],
) -> str:
    """Who can mint, as a level of `metrics.contract.AUTHORITIES`; "" where the code can't tell.

    `owner` is the owner's level, "none" of one who gave up and "" where there is none; `named` are the levels
    of the minters that the token names.
    """
    if not minting.mints:
        return "" if minting.is_open else "none"
    if succeeded(by_stranger):
        return "wallet"
    if owner not in ("", "none") and succeeded(by_owner):
        return owner
    living = [each for each in named if each != "none"]
    if living:
        return "wallet" if "wallet" in living else living[0]
    is_owners_alone = not minting.has_roles and not minting.is_open
    if not is_owners_alone and not (minters.are_none and not minting.is_open):
        return "contract"
    if minters.are_none:
        return "none"
    if owner == "none" and all_refused(by_stranger):
        return "none"
    return owner if owner not in ("", "none") else "contract"
