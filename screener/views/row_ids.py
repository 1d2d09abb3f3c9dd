"""Row numbers in addresses and forms: digits that can be one, of whatever length they come."""

from typing import Final

HIGHEST: Final = 2**63 - 1
"""What a column of the databases holds."""


def row_id(text: str) -> int | None:
    """The number that a row can have; None for anything else. Python refuses 4,300 digits."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 19:
        return None
    number = int(text)
    return number if number <= HIGHEST else None
