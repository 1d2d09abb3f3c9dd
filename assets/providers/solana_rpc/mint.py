"""Mint of a token on Solana: its supply, who may make units or freeze accounts, and what its program can do.

https://solana.com/docs/tokens. A node reads the account for us (`jsonParsed`). The classic token program
knows no extensions, and of Token-2022 a mint has those that it was made with: one that is not listed can't
come later, so that its power is known not to be there. https://solana.com/docs/tokens/extensions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from assets.identity.checksums import is_solana_address
from assets.identity.holder_types import is_off_curve
from assets.identity.token_programs import CLASSIC_PROGRAM, POWER_EXTENSIONS, PROGRAM_2022
from assets.sourcing.reading import (
    WIDE,
    RowReader,
    amount_of,
    count_of,
    decimal_of,
    moment_of,
    portion_of,
    text_of,
)

Fields = Mapping[str, Any]

NOBODY: Final = "11111111111111111111111111111111"
"""The system program: who hands a power to it gives the power up."""
MOST_DECIMALS: Final = 255
BASIS_POINTS: Final = 10_000
POINTS: Final = "transferFeeBasisPoints"
SLOTS_OF_AN_EPOCH: Final = 432_000
"""On the main network, from its first slot. Source: solana.com/docs/references/terminology#epoch."""
UNREAD: Final = "unparseableExtension"
"""What a node calls an extension that it is too old to know."""

FROZEN: Final = {"frozen": True, "initialized": False}


@dataclass(frozen=True, slots=True)
class Mint:
    """A mint as the node tells it. `extensions` are those it was made with, by name."""

    address: str
    program: str
    info: Fields
    extensions: Mapping[str, Fields]

    def decimals(self, reader: RowReader) -> int | None:
        return reader.known(count_of, self.info.get("decimals"), name=self.address, field="decimals")

    def total(self, at: datetime, reader: RowReader) -> Decimal | None:
        """All units there are, in whole tokens; None where there is none, or it isn't told."""
        units = reader.known(amount_of, self.info.get("supply"), name=self.address, field="supply")
        return whole(units, self.decimals(reader), self.multiplier(at, reader)) or None

    def multiplier(self, at: datetime, reader: RowReader) -> Decimal:
        """How many tokens wallets show for one: the new one once its moment has come."""
        config = self.extensions.get("scaledUiAmountConfig", {})
        told = {
            key: reader.known(decimal_of, config.get(key), name=self.address, field=key)
            for key in ("multiplier", "newMultiplier")
        }
        since = config.get("newMultiplierEffectiveTimestamp")
        starts_at = reader.known(moment_of, since, name=self.address, field="newMultiplierEffectiveTimestamp")
        is_new = starts_at is None or starts_at <= at  # 0 stands for "from the beginning".
        chosen = told["newMultiplier"] if is_new and told["newMultiplier"] else told["multiplier"]
        return chosen if chosen and chosen > 0 else Decimal(1)

    @property
    def names(self) -> tuple[str, str]:
        """(name, symbol) that the mint itself keeps."""
        kept = self.extensions.get("tokenMetadata", {})
        texts = (kept.get("name"), kept.get("symbol"))
        name, symbol = (text_of(each)[:200] if isinstance(each, str) else "" for each in texts)
        return name, symbol


def mint_in(account: object, address: str) -> Mint | None:
    """The mint in an account as a node reads it; None where the account is something else."""
    fields = account if isinstance(account, Mapping) else {}
    program = fields.get("owner")
    data = part_of(fields, "data")
    parsed = part_of(data, "parsed")
    info = part_of(parsed, "info")
    if program not in (CLASSIC_PROGRAM, PROGRAM_2022) or parsed.get("type") != "mint" or "supply" not in info:
        return None
    listed = info.get("extensions")
    extensions = {
        each["extension"]: part_of(each, "state")
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, Mapping) and isinstance(each.get("extension"), str)
    }
    return Mint(address, str(program), info, extensions)


def contract_of(mint: Mint, *, slot: int | None, reader: RowReader) -> dict[str, Any]:
    """Fields of a ContractRow."""
    freeze = holder_of(mint.info, "freezeAuthority", reader)
    tax = tax_of(mint, slot=slot, reader=reader)
    return {
        "mint_authority": level_of(holder_of(mint.info, "mintAuthority", reader)),
        "freeze_authority": level_of(freeze),
        "buy_tax_share": tax,
        "sell_tax_share": tax,
        "transfer_tax_share": tax,
        "non_transferable": "nonTransferable" in mint.extensions or absent(mint),
        "frozen_by_default": starts_frozen(mint),
        "default_state_mutable": state_mutable(mint, freeze),
        **{power: has_power(mint, *held, reader) for power, held in POWER_EXTENSIONS.items()},
    }


def absent(mint: Mint) -> bool | None:
    """What a mint without an extension says of its power: none, unless the node could not read them all."""
    return None if UNREAD in mint.extensions else False


def has_power(mint: Mint, extension: str, holder: str, reader: RowReader) -> bool | None:
    """Whether somebody holds the power of this extension; None where that isn't told."""
    if extension not in mint.extensions:
        return absent(mint)
    held = holder_of(mint.extensions[extension], holder, reader)
    return None if held is None else bool(held)


def starts_frozen(mint: Mint) -> bool | None:
    if "defaultAccountState" not in mint.extensions:
        return absent(mint)
    return FROZEN.get(str(mint.extensions["defaultAccountState"].get("accountState")))


def state_mutable(mint: Mint, freeze: str | None) -> bool | None:
    """Whether new accounts can be made frozen: it is up to the freeze authority."""
    if "defaultAccountState" not in mint.extensions:
        return absent(mint)
    return None if freeze is None else bool(freeze)


def tax_of(mint: Mint, *, slot: int | None, reader: RowReader) -> float | None:
    """What each transfer costs, 0–1: the fee that holds, or the one that is announced where it is higher.

    The newer fee holds from its epoch on, which the slot of the answer tells; without it the higher one.
    """
    if "transferFeeConfig" not in mint.extensions:
        return None if absent(mint) is None else 0.0
    config = mint.extensions["transferFeeConfig"]
    older, newer = (part_of(config, name) for name in ("olderTransferFee", "newerTransferFee"))
    since = reader.known(count_of, newer.get("epoch"), name=mint.address, field="epoch")
    is_over = slot is not None and since is not None and since <= slot // SLOTS_OF_AN_EPOCH
    told = [
        reader.known(_share_of_points, fee.get(POINTS), name=mint.address, field=POINTS)
        for fee in ((newer,) if is_over else (older, newer))
    ]
    known = [each for each in told if each is not None]
    return max(known) if len(known) == len(told) else None


def level_of(holder: str | None) -> str:
    """One of `metrics.contract.AUTHORITIES`; a program's account has no key of its own."""
    if holder is None:
        return ""
    return ("contract" if is_off_curve(holder) else "wallet") if holder else "none"


def holder_of(fields: Fields, key: str, reader: RowReader) -> str | None:
    """Who holds a power: an account, "" for nobody, None where that isn't told."""
    if key not in fields:
        return None
    value = fields[key]
    if value in (None, "", NOBODY):
        return ""
    if isinstance(value, str) and is_solana_address(value):
        return value
    reader.remark("%(field)s is no account.", field=key)
    return None


def part_of(fields: Fields, key: str) -> Fields:
    """An object in an object; empty where there is none."""
    value = fields.get(key)
    return value if isinstance(value, Mapping) else {}


def whole(units: Decimal | None, decimals: int | None, multiplier: Decimal = Decimal(1)) -> Decimal | None:
    """In whole tokens; None where one of the two is not known or the amount is beyond sense."""
    if units is None or decimals is None or decimals > MOST_DECIMALS:
        return None
    try:
        return amount_of(WIDE.multiply(units.scaleb(-decimals, context=WIDE), multiplier))
    except ValueError:
        return None


def _share_of_points(points: object) -> float | None:
    number = amount_of(points)
    return None if number is None else portion_of(number * 100 / BASIS_POINTS)
