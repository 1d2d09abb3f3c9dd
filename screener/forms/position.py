"""Position form: how large a position a person thinks in."""

import re
from typing import Any, Final

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from screener.screens.amounts import amount_of
from screener.screens.position import LONGEST_POSITION

LEAST_USD: Final = 1
MOST_USD: Final = 1_000_000_000

DOLLARS: Final = re.compile(r"^(?:us\s?\$|usd|\$)\s*|\s*(?:us\s?\$|usd|\$)$", re.IGNORECASE)
CENTS: Final = re.compile(r"\.\d*$")


class WholeDollarsField(forms.Field):
    """Whole US dollars as people write them: `25000`, `$25,000`, `25k`, `1.5m`, `USD 25k`.

    The thousands and the decimal sign are those of the reader's language. Without a suffix there are no
    decimals: `25.000` would be 25 to one reader and 25,000 to the next. Another currency is refused, not
    taken for dollars.
    """

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if len(text) > LONGEST_POSITION:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        amount = DOLLARS.sub("", text).strip()
        if get_format("DECIMAL_SEPARATOR") == ",":
            amount = amount.translate(str.maketrans(",.", ".,"))
        try:
            number = amount_of(amount, "usd")
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None
        if CENTS.search(amount) or not number.is_integer() or not LEAST_USD <= number <= MOST_USD:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return int(number)


class PositionForm(forms.Form):
    """Empty goes back to the default."""

    position_usd = WholeDollarsField(
        label=_("Position in US dollars"),
        required=False,
        error_messages={
            "invalid": _(
                "The position is a whole number of US dollars from 1 to 1,000,000,000, "
                "like 25000, 25k or 1.5m."
            )
        },
    )
