"""Home chain: of an asset's contracts the one that speaks for it, by rule and not by who came first.

1. The chain that a register calls its home, the latest word of several.
2. Otherwise the first in the order of `CHAINS`: where tokens are issued stands before where bridges lead.
3. Otherwise, of chains that nobody else knows, the first by name.

A bridged copy has the price of the original at best; its supply, holders and contract are its own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from assets.identity.chains import CHAINS

JUST: Final = timedelta(microseconds=1)
PLACE: Final = {chain.name: place for place, chain in enumerate(CHAINS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract of an asset and when it was one; None is without a beginning, or without an end.

    `home_since` is when a register called its chain the asset's home, `alone_until` when an asset of another
    contract was merged into this one's.
    """

    chain: str
    address: str
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    home_since: datetime | None = None
    alone_until: datetime | None = None

    def is_valid(self, moment: datetime) -> bool:
        begun = self.valid_from is None or self.valid_from <= moment
        return begun and (self.valid_until is None or self.valid_until > moment)


def home_of(contracts: Collection[Contract], *, moment: datetime) -> Contract | None:
    """The contract that speaks for the asset at this moment; None where it has none."""
    valid = [each for each in contracts if each.is_valid(moment)]
    return min(valid, key=lambda each: _rank(each, moment), default=None)


def home_chain_of(chains: Iterable[str]) -> str:
    """The home among chains of which no register has called one the home; "" among none."""
    return min(chains, key=lambda each: (PLACE.get(each, len(PLACE)), each), default="")


def speaks_since(contracts: Collection[Contract], *, moment: datetime) -> datetime | None:
    """From when on what is said of a contract is said of the asset's own; None where it always was."""
    merged = [each.alone_until for each in contracts if each.alone_until and each.alone_until <= moment]
    moments = [*merged, *filter(None, [_home_since(contracts, moment=moment)])]
    return max(moments, default=None)


def _home_since(contracts: Collection[Contract], *, moment: datetime) -> datetime | None:
    """Since when the home contract of this moment has been the home; None where none was before it."""
    events = {
        each
        for contract in contracts
        for each in (contract.valid_from, contract.valid_until, contract.home_since)
        if each is not None and each <= moment
    }
    if not events:
        return None
    current, since = home_of(contracts, moment=moment), None
    for event in (*sorted(events, reverse=True), min(events) - JUST):
        before = home_of(contracts, moment=event)
        if not _same(before, current):
            return since if before is not None else None
        since = event
    return None


def _same(contract: Contract | None, other: Contract | None) -> bool:
    if contract is None or other is None:
        return contract is other
    return (contract.chain, contract.address) == (other.chain, other.address)


def _rank(contract: Contract, moment: datetime) -> tuple[bool, float, int, str, float, str]:
    """The smallest is the home: called so last, then by the chain's place; of a chain the newest contract."""
    since = contract.home_since if contract.home_since and contract.home_since <= moment else None
    begun = contract.valid_from.timestamp() if contract.valid_from else 0.0
    return (
        since is None,
        -since.timestamp() if since else 0.0,
        PLACE.get(contract.chain, len(PLACE)),
        contract.chain,
        -begun,
        contract.address,
    )
