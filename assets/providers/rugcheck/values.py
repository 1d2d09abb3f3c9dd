"""Values of a report of RugCheck: objects in objects, and accounts that may be nobody's."""

from collections.abc import Mapping
from typing import Any, Final

from assets.identity.checksums import is_solana_address
from assets.sourcing.reading import RowReader

Fields = Mapping[str, Any]

NOBODY: Final = "11111111111111111111111111111111"
"""The system program: who hands a power to it gives the power up."""


def part_of(fields: Fields, key: str) -> Fields:
    """An object in an object; empty where there is none."""
    value = fields.get(key)
    return value if isinstance(value, dict) else {}


def parts_of(fields: Fields, key: str) -> list[Fields]:
    value = fields.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def account_in(fields: Fields, key: str) -> str:
    """An account; "" where none is told, or nobody's."""
    value = fields.get(key)
    told = value if isinstance(value, str) and is_solana_address(value) else ""
    return "" if told == NOBODY else told


def holder_of(fields: Fields, key: str, reader: RowReader) -> str | None:
    """Who holds a power: an account, "" for nobody, None where that isn't told."""
    value = fields.get(key)
    if key not in fields:
        return None
    if value in (None, "", NOBODY):
        return ""
    account = account_in(fields, key)
    if not account:
        reader.remark("%(field)s is no account.", field=key)
    return account or None
