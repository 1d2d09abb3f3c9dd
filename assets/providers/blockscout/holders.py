"""Holders at Blockscout: addresses with the units that they hold, typed by the tags that it gives them.

The name of a contract is given by its author, who may call it a bridge: it is shown and does not count. The
one exception is the name of a pool's verified code, because most pools have no tag.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from assets.identity.holder_types import holder_type
from assets.providers.blockscout.calls import objects_in
from assets.providers.blockscout.tokens import Units, amount_in
from assets.sourcing.holder_lists import until_unread
from assets.sourcing.reading import Flag, Name, RowReader, Text, VendorModel, address_of, text_of
from assets.sourcing.rows import Position

DELEGATED: Final = "eip7702"
"""A wallet that lets a contract act for it: it has a key as before. https://eips.ethereum.org/EIPS/eip-7702."""

POOL_CODE: Final = frozenset({"UniswapV2Pair", "UniswapV3Pool", "PancakePair", "PancakeV3Pool"})
"""Names in the published code of pools: github.com/Uniswap/v2-core, v3-core, pancakeswap."""

TAG_TYPES: Final = ("name", "protocol", "generic")
"""The tags that say who an address is, the most telling first; others warn or advertise."""


class BlockscoutAccount(VendorModel):
    """An address by itself, or in a list of holders with the units that it holds."""

    hash: Name
    name: Text = ""
    is_contract: Flag = None
    is_verified: Flag = None
    proxy_type: Text = ""
    is_scam: Flag = None
    reputation: Text = ""
    """Told beside the mark as "ok" or "scam"."""
    creation_status: Text = ""
    creator_address_hash: Text = ""
    creation_transaction_hash: Text = ""
    units: Units = None


def positions_in(
    items: Sequence[Any], *, supply: int, decimals: int | None, chain: str, reader: RowReader
) -> tuple[Position, ...]:
    """The holders of a list from large to small, up to the first of whom it can't be read what they hold."""
    accounts = list(_accounts(items, supply, reader))
    return until_unread(
        [
            _position(account, tags, chain, supply, decimals) if account else None
            for account, tags in accounts
        ],
        reader,
    )


def _accounts(
    items: Sequence[Any], supply: int, reader: RowReader
) -> Iterator[tuple[BlockscoutAccount | None, list[str]]]:
    """Each holder once, with tags; None where what they hold can't be read. Who holds nothing is none."""
    for item in items:
        held = item if isinstance(item, dict) else {}
        body = objects_in([held.get("address")])
        account = reader.read(BlockscoutAccount, {**body[0], "units": held.get("value")} if body else None)
        if account is None or account.units is None:
            yield None, []
        elif account.units > supply:
            reader.reject("%(address)s holds more than there is.", address=address_of(account.hash))
            yield None, []
        elif account.units and reader.is_first(address_of(account.hash), what=account.hash):
            yield account, _tags(body[0])


def _position(
    account: BlockscoutAccount, tags: list[str], chain: str, supply: int, decimals: int | None
) -> Position:
    address, units = address_of(account.hash)[:128], account.units or 0
    is_pool = account.is_verified is True and account.name in POOL_CODE
    return Position(
        holder_type=holder_type(
            address,
            chain=chain,
            label=", ".join(tags),
            is_contract=False if account.proxy_type == DELEGATED else account.is_contract,
            pools=frozenset({address} if is_pool else ()),
        ),
        share=units / supply,
        address=address,
        label=next((each for each in (*tags, account.name) if each), "")[:160],
        balance=amount_in(units, decimals),
    )


def _tags(body: Mapping[str, Any]) -> list[str]:
    """What Blockscout calls this address, its name first."""
    metadata = body.get("metadata")
    tags = objects_in(metadata.get("tags")) if isinstance(metadata, dict) else []
    names = [each.get("name") for kind in TAG_TYPES for each in tags if each.get("tagType") == kind]
    names += [each.get("display_name") for each in objects_in(body.get("public_tags"))]
    return [text_of(each)[:160] for each in names if isinstance(each, str) and text_of(each)]
