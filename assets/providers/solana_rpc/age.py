"""Age of a mint on Solana: the first transaction that named it, where the node still has all of them.

https://solana.com/docs/rpc/http/getsignaturesforaddress: a thousand at a time, the newest first. A node that
has thrown away old blocks can't know which was the first: `getFirstAvailableBlock` says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assets.sourcing.reading import RowReader, moment_of

PAGE: Final = 1_000
MOST_PAGES: Final = 3
"""A mint that is named more often is asked for no further: its launchpad tells its age sooner."""
FROM_THE_FIRST: Final = 1
"""Nodes with all blocks say that theirs begin with 0 or 1."""


@dataclass(frozen=True, slots=True)
class Transactions:
    """A page of transactions: how many, and the signature and moment of the oldest; None where untold."""

    count: int
    oldest: str = ""
    happened_at: datetime | None = None


def transactions_in(answer: object, mint: str, reader: RowReader) -> Transactions:
    """The page as the node lists it, the newest first."""
    listed = [each for each in answer if isinstance(each, Mapping)] if isinstance(answer, list) else []
    if not listed:
        return Transactions(0)
    last = listed[-1]
    signature, seconds = last.get("signature"), last.get("blockTime")
    at = reader.known(moment_of, seconds, name=mint, field="blockTime")
    return Transactions(len(listed), signature if isinstance(signature, str) else "", at)


def is_whole(first_block: object) -> bool:
    """Whether the node has every block that there ever was."""
    if not isinstance(first_block, int) or isinstance(first_block, bool):
        return False
    return 0 <= first_block <= FROM_THE_FIRST
