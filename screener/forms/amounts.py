"""Amount field: a number as people write it, in the signs of their language."""

import math
from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from screener.screens.amounts import EXPECTED, amount_of


class AmountField(forms.Field):
    """A number in `unit`, a unit of `screener.screens.amounts`: `50m`, `$2b`, `1.5%`, `2d`; None where empty.

    A number below `least` or above `most` is refused in the same words as a text that is none: `invalid`
    among the messages, or else what the unit expects.
    """

    def __init__(self, unit: str, *, least: float = -math.inf, most: float = math.inf, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unit, self.least, self.most = unit, least, most

    def to_python(self, value: Any) -> float | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            amount = amount_of(in_plain_signs(text), self.unit)
        except ValueError:
            amount = math.nan
        if not self.least <= amount <= self.most:
            expected = self.error_messages.get("invalid") or _(EXPECTED[self.unit]).format(value=text)
            raise forms.ValidationError(expected, "invalid")
        return amount


def in_plain_signs(text: str) -> str:
    """With the decimal sign and the sign between thousands that the reader's language has swapped."""
    if get_format("DECIMAL_SEPARATOR") == ",":
        return text.translate(str.maketrans(",.", ".,"))
    return text
