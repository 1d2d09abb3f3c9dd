"""Lockers of pool shares on EVM chains: what they hold of a pair's shares, and until when.

Each is asked by the address of the pair. UNCX: github.com/uncx-network/liquidity-locker-univ2-contracts,
`tokenLocks(address,uint256)`; PinkLock: github.com/pinkmoonfinance/pinklock-v2, `getLocksForToken`. Team
Finance tells deposits by their number alone, so that of its locks the end is not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assets.identity.known_lockers import LOCKERS
from assets.providers.evm_rpc.abi import WORD, ContractCall, Returned
from assets.sourcing.reading import RowReader, moment_of

MOST_LOCKS: Final = 10
"""Of one pair in one locker. Who splits a lock into more has the others counted as ending at once."""
NEGLIGIBLE_SHARE: Final = 0.01
"""A lock of less than this share of a pool may end without anybody's noticing."""
UNCX, PINKLOCK = "UNCX", "PinkLock"


@dataclass(frozen=True, slots=True)
class Lock:
    """So many shares, in smallest units, until then; None where the locker tells no moment."""

    amount: int
    ends_at: datetime | None


def lockers_on(chain: str) -> dict[str, str]:
    """By address the name of each locker of pool shares on this chain."""
    every = (each.addresses for each in LOCKERS if each.chain == chain)
    return {address: name for addresses in every for address, name in addresses.items() if ":" not in name}


def lock_calls(name: str, locker: str, pair: str) -> tuple[ContractCall, ...]:
    """What is asked about the locks of this pair; nothing of lockers that don't list them."""
    if name == UNCX:
        numbers = range(MOST_LOCKS)
        return tuple(
            ContractCall.of(locker, "tokenLocks(address,uint256)", pair, number) for number in numbers
        )
    if name == PINKLOCK:
        return (ContractCall.of(locker, "getLocksForToken(address,uint256,uint256)", pair, 0, MOST_LOCKS),)
    return ()


def locks_in(name: str, answers: Sequence[Returned | None], reader: RowReader) -> list[Lock]:
    """The locks that still hold something, as these answers tell them."""
    if name == UNCX:
        # lockDate, amount, initialAmount, unlockDate, lockID, owner
        listed = [(each.number(1), each.number(3)) for each in answers if each is not None]
    else:
        listed = [line for each in answers if each is not None for line in _pink_locks(each)]
    return [
        Lock(amount, _moment(ends_at, reader)) for amount, ends_at in listed if amount and ends_at is not None
    ]


def _pink_locks(answer: Returned) -> list[tuple[int | None, int | None]]:
    """(amount, end) of a list of (id, token, owner, amount, lockDate, tgeDate, tgeBps, cycle, cycleBps,
    unlockedAmount, description): what is left of it, and when its first part comes free."""
    count, base = answer.number(1), 2 * WORD
    found: list[tuple[int | None, int | None]] = []
    for place in range(min(count or 0, MOST_LOCKS + 1)):
        offset = answer.number(2 + place)
        line = (
            Returned(answer.data[base + offset :])
            if offset is not None and not offset % WORD
            else Returned(b"")
        )
        amount, unlocked, ends_at = line.number(3), line.number(9), line.number(5)
        left = None if amount is None or unlocked is None or unlocked > amount else amount - unlocked
        found.append((left, ends_at))
    return found


def _moment(seconds: int, reader: RowReader) -> datetime | None:
    """A date beyond all calendars is "never": the latest moment that there is."""
    return reader.known(moment_of, min(seconds, NEVER), name="lock", field="unlockDate")


NEVER: Final = 4_102_444_800
"""2100-01-01, the last moment that is read."""


def opens_at(locks: Iterable[Lock], *, locked: int, total: int, now: datetime) -> datetime | None:
    """When the first lock ends that frees more than next to nothing; None where not all ends are known.

    What has ended already can be taken at once, and counts as ending now.
    """
    known = [(max(each.ends_at, now), each.amount) for each in locks if each.ends_at is not None]
    if sum(amount for _end, amount in known) < locked * (1 - NEGLIGIBLE_SHARE):
        return None
    freed = 0
    for end, amount in sorted(known):
        freed += amount
        if freed > total * NEGLIGIBLE_SHARE:
            return end
    return None


def still_locked(locks: Mapping[str, Sequence[Lock]], held: Mapping[str, int], now: datetime) -> int:
    """Of what lockers hold, what no ended lock gives back: shares in smallest units."""
    ended = sum(
        each.amount
        for locker, listed in locks.items()
        if locker in held
        for each in listed
        if each.ends_at is not None and each.ends_at <= now
    )
    return max(sum(held.values()) - ended, 0)
