"""Position form: how large a position a person thinks in."""

from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from screener.screens.position import PositionError, PositionSize, Refusal, read_position


class PositionField(forms.Field):
    """US dollars or units as people write them: `25000`, `$25,000`, `25k`, `1.5m`, `1m units`.

    The thousands and the decimal sign are those of the reader's language.
    """

    def to_python(self, value: Any) -> PositionSize | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_position(text, decimal_comma=get_format("DECIMAL_SEPARATOR") == ",")
        except PositionError as error:
            said = self.error_messages[error.refusal.value]
            raise forms.ValidationError(said, error.refusal.value, {"currency": error.currency}) from None


class PositionForm(forms.Form):
    """Empty goes back to the default."""

    position = PositionField(
        label=_("Position in US dollars or units"),
        required=False,
        error_messages={
            Refusal.INVALID.value: _(
                "Write a position as whole US dollars from 1 to 1,000,000,000, like 25000, 25k or $1.5m, "
                "or as a number of units, like 1m units."
            ),
            Refusal.CURRENCY.value: _(
                "%(currency)s can't be converted: no exchange rate is known here. Write the position in US "
                "dollars, like $25k, or in units, like 1m units."
            ),
        },
    )
