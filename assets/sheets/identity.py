"""Asset identity in a sheet: the identifiers on a line, and the known assets behind them.

The reader can't query the database. It is given the known assets, each with one identifier of its
own by which facts find it; they are stored with the sheet, so that reading it again later gives
the same rows.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from assets.identity.chains import address_on
from assets.identity.venues import is_currency_code
from assets.sheets.cells import CellError
from assets.sourcing.contract import UnreadableError
from assets.sourcing.rows import AssetRef, Identifier

SLUG: Final = "slug"
"""The namespace of our own short names. It stands in sheets only, never in the database."""

FROM_COLUMN: Final = {SLUG: "asset", "cik": "cik", "coingecko": "coingecko"}

EXCHANGES: Final = "exchanges"
"""The column of an asset's codes at exchanges; only the sheet of assets has it."""

IDENTIFYING: Final = ("address", *FROM_COLUMN.values(), EXCHANGES)

AssetsByIdentifier = Mapping[Identifier, AssetRef]
"""By identifier in a sheet the asset behind it, where there is one."""


class IdentityError(Exception):
    """What is wrong with the identity of a line, and in which column."""

    def __init__(self, column: str, error: CellError) -> None:
        super().__init__(column, error)
        self.column = column
        self.error = error


def identifiers_of(values: Mapping[str, Any]) -> tuple[Identifier, ...]:
    """The identifiers of the line's asset; `IdentityError` when a contract is none, or half of one."""
    identifiers: list[Identifier] = [
        (namespace, values[column]) for namespace, column in FROM_COLUMN.items() if values.get(column)
    ]
    chain, address = values.get("chain"), values.get("address")
    if address and not chain:
        raise IdentityError("chain", CellError("is missing beside the address"))
    if address and chain:
        try:
            identifiers.insert(0, address_on(chain, address, typed=True))
        except ValueError as error:
            raise IdentityError("address", CellError(str(error))) from error
    return (*identifiers, *values.get(EXCHANGES, ()))


def column_of(identifier: Identifier) -> str:
    """Where the identifier stood."""
    if is_currency_code(identifier[0]):
        return EXCHANGES
    return FROM_COLUMN.get(identifier[0], "address")


def known_asset(identifiers: tuple[Identifier, ...], known: AssetsByIdentifier) -> AssetRef:
    """The asset that all of these identifiers name; `IdentityError` when they don't name a single one."""
    if not identifiers:
        raise IdentityError(
            "asset", CellError("names no asset; fill it, or chain and address, cik or coingecko")
        )
    for identifier in identifiers:
        if identifier not in known:
            raise IdentityError(
                column_of(identifier),
                CellError("names no asset that is known; import it with the sheet of assets first"),
            )
    return _same_asset(identifiers, known)


def described_asset(
    values: Mapping[str, Any], identifiers: tuple[Identifier, ...], known: AssetsByIdentifier
) -> AssetRef:
    """The asset that a line of the sheet of assets describes, known or new.

    A code that an exchange has listed is known of an asset of its own, which becomes this one.
    """
    present = tuple(each for each in identifiers if each in known and not is_currency_code(each[0]))
    lasting = tuple(each for each in identifiers if each[0] != SLUG)
    if len(lasting) < len(identifiers):
        known_asset(tuple(each for each in identifiers if each[0] == SLUG), known)
    if not present and not lasting:
        raise IdentityError(
            "address",
            CellError("is missing; fill chain and address, cik, coingecko or exchanges"),
        )
    own: tuple[Identifier, ...] = ()
    if present:
        asset = _same_asset(present, known)
        own = asset.identifiers
        if asset.kind != values["kind"]:
            raise IdentityError("kind", CellError("contradicts what is known: %(kind)s", kind=asset.kind))
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


def _same_asset(identifiers: tuple[Identifier, ...], known: AssetsByIdentifier) -> AssetRef:
    asset = known[identifiers[0]]
    for identifier in identifiers[1:]:
        if known[identifier].identifiers != asset.identifiers:
            raise IdentityError(
                column_of(identifier),
                CellError("names another asset than %(column)s", column=column_of(identifiers[0])),
            )
    return asset


# Kept with the sheet ------------------------------------------------------------------


def to_text(known: AssetsByIdentifier) -> str:
    """The known assets as a text that can be stored."""
    return json.dumps(
        [[*identifier, asset.kind, *asset.identifiers[0]] for identifier, asset in sorted(known.items())]
    )


def from_text(text: str) -> AssetsByIdentifier:
    """What `to_text` wrote; nothing is known where nothing was written."""
    try:
        return {
            (namespace, value): AssetRef(kind=kind, identifiers=((own_namespace, own_value),))
            for namespace, value, kind, own_namespace, own_value in json.loads(text or "[]")
        }
    except (TypeError, ValueError) as error:
        raise UnreadableError("The assets that were known to this sheet can't be read.") from error
