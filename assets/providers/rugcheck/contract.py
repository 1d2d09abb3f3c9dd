"""Contract of a token by RugCheck: authorities, extensions of Token-2022, the transfer fee and the creator.

An extension that the report names as null is not there; one that it doesn't name was not looked for. The
classic program has none. What stands among the risks is judged from the other fields, so that it isn't read,
but for one fact that stands nowhere else: that tokens of the same creator were pulled before.
"""

import re
from datetime import datetime
from typing import Any, Final

from assets.identity.holder_types import is_off_curve
from assets.identity.token_programs import CLASSIC_PROGRAM, POWER_EXTENSIONS
from assets.providers.rugcheck.values import Fields, account_in, holder_of, part_of, parts_of
from assets.sourcing.reading import RowReader, amount_of, moment_of, portion_of, positive_of

EXTENSIONS: Final = (
    *dict.fromkeys(extension for extension, _holder in POWER_EXTENSIONS.values()),
    "nonTransferable",
    "defaultAccountState",
)
STATES: Final = {"frozen": True, "2": True, "initialized": False, "1": False}
PULLED_BEFORE: Final = re.compile(r"(?=.*\b(?:creator|deployer|dev)\b).*\brug", re.IGNORECASE)
"""The name of the risk, "Creator history of rugged tokens", in whatever words it comes to be told."""
BASIS_POINTS: Final = 10_000


def contract_of(report: Fields, reader: RowReader) -> dict[str, Any]:
    """Fields of a ContractRow."""
    extensions = extensions_of(report)
    freeze = authority_in(report, "freezeAuthority", reader)
    tax = tax_of(report, extensions, reader)
    return {
        "mint_authority": level_of(authority_in(report, "mintAuthority", reader)),
        "freeze_authority": level_of(freeze),
        "buy_tax_share": tax,
        "sell_tax_share": tax,
        "non_transferable": is_fixed(extensions),
        "frozen_by_default": starts_frozen(extensions),
        "default_state_mutable": state_mutable(extensions, freeze),
        **{ours: has_power(extensions, *theirs, reader) for ours, theirs in POWER_EXTENSIONS.items()},
        "malicious": True if has_pulled(report) else None,
        # How many they were isn't told, only that there are some. Without the risk nobody says there is none.
        "creator_rugs": 1 if has_pulled(report) else None,
        **creator_of(report, reader),
    }


# Authorities ------------------------------------------------------------------------


def authority_in(report: Fields, key: str, reader: RowReader) -> str | None:
    """Told twice, of the report and of the token in it: who holds it in one of them holds it."""
    told = [holder_of(each, key, reader) for each in (report, part_of(report, "token"))]
    known = [each for each in told if each is not None]
    return next(filter(None, known), known[0] if known else None)


def level_of(holder: str | None) -> str:
    """One of `metrics.contract.AUTHORITIES`; a program's account has no key of its own."""
    if holder is None:
        return ""
    return ("contract" if is_off_curve(holder) else "wallet") if holder else "none"


# Extensions -------------------------------------------------------------------------


def extensions_of(report: Fields) -> Fields:
    """By name each extension that was looked for, None where it isn't there."""
    told = report.get("token_extensions")
    if isinstance(told, dict):
        return told
    return dict.fromkeys(EXTENSIONS) if report.get("tokenProgram") == CLASSIC_PROGRAM else {}


def has_power(extensions: Fields, extension: str, holder: str, reader: RowReader) -> bool | None:
    """Whether somebody holds the power of this extension; None where that isn't told."""
    if extension not in extensions:
        return None
    value = extensions[extension]
    if value is None:
        return False
    held = holder_of(value, holder, reader) if isinstance(value, dict) else None
    return None if held is None else bool(held)


def is_fixed(extensions: Fields) -> bool | None:
    """Whether units can't be moved at all: a flag, null where the extension isn't there."""
    value = extensions.get("nonTransferable", "untold")
    return {None: False, False: False, True: True}.get(value) if not isinstance(value, (dict, list)) else None


def starts_frozen(extensions: Fields) -> bool | None:
    if extensions.get("defaultAccountState", "untold") is None:
        return False
    told = part_of(extensions, "defaultAccountState")
    states = (STATES.get(str(told.get(key)).lower()) for key in ("accountState", "state"))
    return next((each for each in states if each is not None), None)


def state_mutable(extensions: Fields, freeze: str | None) -> bool | None:
    """Whether new accounts can be made frozen: it is up to the freeze authority."""
    if extensions.get("defaultAccountState", "untold") is None:
        return False
    is_there = bool(part_of(extensions, "defaultAccountState"))
    return bool(freeze) if is_there and freeze is not None else None


# Transfer fee -----------------------------------------------------------------------


def tax_of(report: Fields, extensions: Fields, reader: RowReader) -> float | None:
    """What each transfer costs, 0–1: of what is told the highest, because the fee that holds from another
    epoch on stands beside the one that held before."""
    told = [
        reader.known(portion_of, part_of(report, "transferFee").get("pct"), name="transferFee", field="pct")
    ]
    config = part_of(extensions, "transferFeeConfig")
    for name in ("olderTransferFee", "newerTransferFee"):
        points = part_of(config, name).get("transferFeeBasisPoints")
        told.append(reader.known(_share_of_points, points, name=name, field="transferFeeBasisPoints"))
    if extensions.get("transferFeeConfig", "untold") is None:
        told.append(0.0)
    return max((each for each in told if each is not None), default=None)


def _share_of_points(points: object) -> float | None:
    number = amount_of(points)
    return None if number is None else portion_of(number * 100 / BASIS_POINTS)


# Creator ----------------------------------------------------------------------------


def has_pulled(report: Fields) -> bool:
    """Whether tokens of the same creator were pulled, by the name of a risk."""
    return any(PULLED_BEFORE.match(str(each.get("name"))) for each in parts_of(report, "risks"))


def creator_of(report: Fields, reader: RowReader) -> dict[str, Any]:
    """Who made it, what they hold of it and how many tokens they made before."""
    creator = account_in(report, "creator")
    supply = reader.known(positive_of, part_of(report, "token").get("supply"), name="token", field="supply")
    balance = reader.known(amount_of, report.get("creatorBalance"), name="creator", field="creatorBalance")
    share = balance / supply if creator and supply and balance is not None else None
    if share is not None and share > 1:
        reader.remark("The creator holds more than there is.")
        share = None
    return {
        "creator_address": creator,
        "creator_share": None if share is None else float(share),
        "creator_earlier_tokens": earlier_tokens(report, reader),
    }


def earlier_tokens(report: Fields, reader: RowReader) -> int | None:
    """How many others the creator made, without those made after it; None where nobody looked (null)."""
    if not isinstance(report.get("creatorTokens"), list):
        return None
    seen_at = reader.known(moment_of, report.get("detectedAt"), name="token", field="detectedAt")
    others = [each for each in parts_of(report, "creatorTokens") if each.get("mint") != report.get("mint")]
    return sum(not _is_later(each, seen_at, reader) for each in others)


def _is_later(token: Fields, seen_at: datetime | None, reader: RowReader) -> bool:
    made_at = reader.known(moment_of, token.get("createdAt"), name="creatorTokens", field="createdAt")
    return bool(seen_at and made_at and made_at > seen_at)
