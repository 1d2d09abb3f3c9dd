"""Whom a line of a sheet speaks of: the identifiers that it tells, and the assets that are known by them.

The reader can't ask the database. It is given the known assets, each with one identifier of its
own by which facts find it; they are stored with the sheet, so that reading it again later gives
the same rows.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from assets.identity.chains import namespace_of
from assets.identity.venues import is_currency_code
from assets.sheets.cells import ComplaintError, phrase
from assets.sourcing.contract import UnreadableError
from assets.sourcing.rows import AssetRef, Identifier

SLUG: Final = "slug"
"""The namespace of our own short names. It stands in sheets only, never in the database."""

FROM_COLUMN: Final = {SLUG: "asset", "cik": "cik", "coingecko": "coingecko"}

EXCHANGES: Final = "exchanges"
"""The column of an asset's codes at exchanges; only the sheet of assets has it."""

IDENTIFYING: Final = ("address", *FROM_COLUMN.values(), EXCHANGES)

Known = Mapping[Identifier, AssetRef]
"""By each identifier that a sheet tells the asset behind it, where there is one."""


class MisplacedError(Exception):
    """What is wrong with the identity of a line, and in which column."""

    def __init__(self, column: str, complaint: ComplaintError) -> None:
        super().__init__(column, complaint)
        self.column = column
        self.complaint = complaint


def identifiers_of(values: Mapping[str, Any]) -> tuple[Identifier, ...]:
    """What the line tells of its asset's identity; `MisplacedError` when half of a contract is missing."""
    told: list[Identifier] = [
        (namespace, values[column]) for namespace, column in FROM_COLUMN.items() if values.get(column)
    ]
    chain, address = values.get("chain"), values.get("address")
    if address and not chain:
        raise MisplacedError("chain", ComplaintError(phrase("is missing beside the address")))
    if address and chain:
        told.insert(0, (namespace_of(chain), address))
    return (*told, *values.get(EXCHANGES, ()))


def column_of(identifier: Identifier) -> str:
    """Where the identifier stood."""
    if is_currency_code(identifier[0]):
        return EXCHANGES
    return FROM_COLUMN.get(identifier[0], "address")


def known_asset(told: tuple[Identifier, ...], known: Known) -> AssetRef:
    """The asset that all of these identifiers name; `MisplacedError` when they don't name a single one."""
    if not told:
        raise MisplacedError(
            "asset", ComplaintError(phrase("names nobody; fill it, or chain and address, cik or coingecko"))
        )
    for identifier in told:
        if identifier not in known:
            raise MisplacedError(
                column_of(identifier),
                ComplaintError(
                    phrase("names no asset that is known; import it with the sheet of assets first")
                ),
            )
    return _same_asset(told, known)


def described_asset(values: Mapping[str, Any], told: tuple[Identifier, ...], known: Known) -> AssetRef:
    """The asset that a line of the sheet of assets describes, known or new.

    A code that an exchange has listed is known of an asset of its own, which becomes this one.
    """
    present = tuple(each for each in told if each in known and not is_currency_code(each[0]))
    lasting = tuple(each for each in told if each[0] != SLUG)
    if len(lasting) < len(told):
        known_asset(tuple(each for each in told if each[0] == SLUG), known)
    if not present and not lasting:
        raise MisplacedError(
            "address",
            ComplaintError(phrase("is missing; fill chain and address, cik, coingecko or exchanges")),
        )
    own: tuple[Identifier, ...] = ()
    if present:
        asset = _same_asset(present, known)
        own = asset.identifiers
        if asset.kind != values["kind"]:
            raise MisplacedError(
                "kind", ComplaintError(phrase("contradicts what is known: %(kind)s"), kind=asset.kind)
            )
    homepage = values.get("homepage")
    return AssetRef(
        kind=values["kind"],
        identifiers=tuple(dict.fromkeys((*own, *lasting))),
        links={"homepage": homepage} if homepage else {},
        symbol=values.get("symbol", ""),
        name=values.get("name", ""),
        chain=values.get("chain", ""),
        venue=values.get("venue", ""),
        sector=values.get("sector", ""),
    )


def _same_asset(told: tuple[Identifier, ...], known: Known) -> AssetRef:
    asset = known[told[0]]
    for identifier in told[1:]:
        if known[identifier].identifiers != asset.identifiers:
            raise MisplacedError(
                column_of(identifier),
                ComplaintError(phrase("names another asset than %(column)s"), column=column_of(told[0])),
            )
    return asset


# Kept with the sheet ------------------------------------------------------------------


def to_text(known: Known) -> str:
    """The known assets as a text that can be stored."""
    return json.dumps(
        [[*identifier, asset.kind, *asset.identifiers[0]] for identifier, asset in sorted(known.items())]
    )


def from_text(text: str) -> Known:
    """What `to_text` wrote; nobody is known where nothing was written."""
    try:
        return {
            (namespace, value): AssetRef(kind=kind, identifiers=((own_namespace, own_value),))
            for namespace, value, kind, own_namespace, own_value in json.loads(text or "[]")
        }
    except (TypeError, ValueError) as error:
        raise UnreadableError("The assets that were known to this sheet can't be read.") from error
