"""Values of one token in an answer of GoPlus: what makes no sense is remarked and not known."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from assets.sourcing.reading import RowReader, address_of, amount_of, text_of

FLAGS: Final = {"1": True, "0": False, "true": True, "false": False, "yes": True, "no": False}

Fields = Mapping[str, Any]

ROUNDED: Final = 1e-6
"""Shares that the vendor worked out may be this much more than the whole."""


def address_of_key(key: object) -> str:
    try:
        return address_of(key)
    except ValueError:
        return ""


class Values:
    """The fields of one token, read one by one."""

    def __init__(self, fields: Fields, reader: RowReader) -> None:
        self.fields, self.reader = fields, reader

    def value(self, key: str, read: Any, fields: Fields | None = None) -> Any:
        """One value; None, with a remark, when it is not what it should be."""
        try:
            return read((self.fields if fields is None else fields).get(key))
        except ValueError as error:
            self.reader.remark("%(name)s %(problem)s.", name=key, problem=error)
            return None

    def text(self, key: str, fields: Fields | None = None) -> str:
        return str(self.value(key, lambda value: text_of(value)[:160], fields) or "")

    def flag(self, key: str, fields: Fields | None = None) -> bool | None:
        """ "1" is yes, "0" no, nothing not known; whatever else is not known either, but worth a remark."""
        value = (self.fields if fields is None else fields).get(key)
        if value is None or value == "":
            return None
        known = FLAGS.get(str(value).strip().casefold()) if isinstance(value, (str, int)) else None
        if known is None:
            self.reader.remark("%(field)s is neither 0 nor 1.", field=key)
        return known

    def status(self, key: str) -> bool | None:
        """A flag that may stand in an object of its own."""
        entry = self.fields.get(key)
        return self.flag("status", entry) if isinstance(entry, dict) else self.flag(key)

    def share(self, key: str, fields: Fields | None = None) -> float | None:
        """A fraction of one: "1" is all of it, and so is "100%"."""
        number = self.value(key, fraction_of, fields)
        if number is not None and number > 1 + ROUNDED:
            self.reader.remark("%(field)s is more than the whole.", field=key)
            return None
        return None if number is None else min(float(number), 1.0)

    def listed(self, key: str) -> list[Fields]:
        entries = self.fields.get(key)
        return [each for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []


def fraction_of(value: object) -> Decimal | None:
    """With a percent sign a hundredth of the number before it."""
    if isinstance(value, str) and value.strip().endswith("%"):
        number = amount_of(value.strip().removesuffix("%").strip())
        return None if number is None else number / 100
    return amount_of(value)
