"""Shares of pools at Blockscout: who holds a pair's LP token, and so who can take its reserves out.

An LP token is a token like others: its largest holders say what is burned, what lies with lockers that have a
tag or a known address, and what somebody may take. A concentrated pool has no such token. When a lock ends
only its locker knows.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from assets.identity.burned import is_burned
from assets.metrics.families import POOLS
from assets.providers.blockscout.calls import call, is_last_page, items_in, token_of
from assets.providers.blockscout.holders import positions_in
from assets.providers.blockscout.tokens import DIVISIBLE, BlockscoutToken
from assets.sourcing.contract import Parsed, RawObservation, Request, UnreadableError
from assets.sourcing.reading import RowReader, address_of, count_of
from assets.sourcing.rows import PoolRow, Position

MOST_POOLS: Final = 3
NEGLIGIBLE_REST: Final = 0.01
"""So much of a pool that nobody lists may be anybody's without changing who controls it."""


def shares_calls(chain: str, token: str, pools: Sequence[str]) -> tuple[Request, ...]:
    return tuple(
        call(POOLS, "tokens", chain, pool, body="shares", along={"token": token})
        for pool in pools[:MOST_POOLS]
    )


def read_shares(body: Mapping[str, Any], raw: RawObservation) -> Parsed:
    """How many LP tokens there are; who holds them is asked for next."""
    context, reader = raw.request.context, RowReader()
    token = reader.read(BlockscoutToken, body)
    if token is None or address_of(token.address_hash) != context["address"]:
        raise UnreadableError(
            "Blockscout sent something other than the token %(address)s.", address=context["address"]
        )
    if not token.total_supply or (token.type and token.type not in DIVISIBLE):
        reader.remark("%(pool)s has no LP token of which there are shares.", pool=context["address"])
        return reader.parsed([])
    along = {"token": context["token"], "supply": str(token.total_supply)}
    if token.holders_count:
        along["count"] = str(token.holders_count)
    where = (POOLS, "tokens", context["chain"], context["address"])
    return reader.parsed([], call(*where, tail="/holders", body="share holders", along=along))


def read_share_holders(body: Mapping[str, Any], raw: RawObservation) -> Parsed:
    context, reader = raw.request.context, RowReader()
    items, supply = items_in(body), int(context["supply"])
    if items is None:
        raise UnreadableError(
            "Blockscout sent something other than the holders of %(address)s.", address=context["address"]
        )
    positions = positions_in(items, supply=supply, decimals=None, chain=context["chain"], reader=reader)
    if not positions:
        reader.remark("Blockscout lists no holder of %(address)s.", address=context["address"])
        return reader.parsed([])
    is_whole = is_last_page(body) and len(positions) == len(items)
    row = PoolRow(
        asset=token_of(raw),
        as_of=raw.fetched_at,
        address=context["address"],
        chain=context["chain"],
        lp_holder_count=_count(count_of(context.get("count")), positions),
        **share_fields(positions, is_whole=is_whole),
    )
    return reader.parsed([row])


def _count(count: int | None, positions: Sequence[Position]) -> int | None:
    """Without burn addresses; None where more are listed than counted."""
    if count is None or count < len(positions):
        return None
    return count - sum(is_burned(each.address) for each in positions)


def share_fields(positions: Sequence[Position], *, is_whole: bool) -> dict[str, Any]:
    """Fields of a PoolRow, of holders from large to small; `is_whole` where nobody else holds any.

    Who isn't listed holds no more than the last who is. Where one of them may hold more than the largest that
    is free, neither how much one can take is known nor that the rest is locked.
    """
    burned, locked = (
        sum(each.share for each in positions if each.holder_type == kind) for kind in ("burn", "locker")
    )
    free = [each for each in positions if each.holder_type not in ("burn", "locker")]
    left = max(1 - sum(each.share for each in positions), 0.0)
    largest = max(free, key=lambda each: each.share, default=None)
    most = largest.share if largest else 0.0
    unlisted = 0.0 if is_whole or left <= NEGLIGIBLE_REST else min(left, positions[-1].share)
    is_open = unlisted > max(most, NEGLIGIBLE_REST)
    told = {"wallet": True, "unknown": None}
    return {
        "lp_burned_share": min(burned, 1.0),
        "lp_locked_share": None if is_open else min(locked, 1.0),
        "lp_free_share": min(sum(each.share for each in free), 1.0) if is_whole else None,
        "lp_free_holder": largest.address if largest else "",
        "lp_largest_free_share": None if is_open else min(most, 1.0),
        "lp_free_holder_is_wallet": told.get(largest.holder_type, False) if largest else None,
    }
