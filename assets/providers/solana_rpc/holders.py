"""Holders of a token by a node of Solana: the largest token accounts, whose they are, and what those are.

https://solana.com/docs/rpc/http/gettokenlargestaccounts: the twenty largest. The public node refuses it
whatever the rate, so that it takes another one. Who owns the owner says what it is: a program's account is no
wallet, and that of a pool's or a locker's program holds for others.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from assets.identity.checksums import is_solana_address
from assets.identity.holder_types import holder_type
from assets.providers.solana_rpc.addresses import PUMP_FUN
from assets.providers.solana_rpc.layouts import PROGRAMS
from assets.providers.solana_rpc.pools import SOLANA, token_account_in
from assets.sourcing.reading import RowReader, amount_of
from assets.sourcing.rows import Position

BY_PROGRAM: Final = {
    **dict.fromkeys((*PROGRAMS, PUMP_FUN), "pool"),
    # Meteora: DAMM v1, DAMM v2, dynamic bonding curve. Source: docs.meteora.ag/resources/addresses
    "Eo7WjKq67rjJQSZxS6z3YkapzY3eMj6Xy8X5EQVn5UaB": "pool",
    "cpamdpZCGKUy5JxQXB4dcpGPiikHawvSWAd6mEn1sGG": "pool",
    "dbcij3LWUppWqq96dh6gJWwBifmcGfLSB5D4DuSMaqN": "pool",
    # Raydium LaunchLab. Source: docs.raydium.io/raydium/protocol/developers/addresses
    "LanMV9sAd7wArD4vJFi2qDdfnVhFxYSUg6eADduJ3uj": "pool",
    # Jupiter Lock. Source: github.com/jup-ag/jup-lock
    "LocpQgucEQHbqNABEYvBvwoxCPsSbG91A1QaQhQQqjn": "locker",
}
"""By program what an owner is whose account belongs to it."""


def listed_accounts(answer: object, reader: RowReader) -> list[tuple[str, int]]:
    """(token account, units) of the largest accounts, up to the first that can't be read."""
    value = answer.get("value") if isinstance(answer, Mapping) else None
    found: list[tuple[str, int]] = []
    for each in value if isinstance(value, list) else ():
        address = each.get("address") if isinstance(each, Mapping) else None
        if not isinstance(address, str) or not is_solana_address(address):
            reader.reject("An account without an address is left out, and those after it.")
            break
        units = reader.known(amount_of, each.get("amount"), name=address, field="amount")
        if units is None:
            break
        found.append((address, int(units)))
    return found


def held_by_owner(
    listed: Sequence[tuple[str, int]], accounts: Mapping[str, object], mint: str
) -> dict[str, int]:
    """Units by owner of these token accounts; who has several has the sum of them.

    Whose an account is that the node doesn't tell stays open: it stands for itself.
    """
    held: dict[str, int] = {}
    for address, units in listed:
        info = token_account_in(accounts.get(address))
        owner = info.get("owner") if info.get("mint") == mint else None
        name = owner if isinstance(owner, str) and is_solana_address(owner) else address
        held[name] = held.get(name, 0) + units
    return held


def positions_of(
    held: Mapping[str, int],
    supply: int,
    programs: Mapping[str, object],
    *,
    pools: Iterable[str] = (),
) -> tuple[Position, ...]:
    """From large to small; whoever holds more than there is, is left out."""
    known_pools = {*pools}
    largest = sorted(held.items(), key=lambda each: (-each[1], each[0]))
    return tuple(
        Position(
            holder_type=type_of(owner, programs.get(owner), known_pools),
            share=units / supply,
            address=owner,
        )
        for owner, units in largest
        if units <= supply
    )


def type_of(owner: str, program: object, pools: set[str]) -> str:
    """One of `metrics.holders.HOLDER_TYPES`."""
    if owner in pools:
        return "pool"
    ours = holder_type(owner, chain=SOLANA)
    if ours not in ("wallet", "contract", "unknown"):
        return ours
    return BY_PROGRAM.get(program, ours) if isinstance(program, str) else ours
