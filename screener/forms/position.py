"""Position form: how large a position a person thinks in."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

LEAST_USD: Final = 1
MOST_USD: Final = 1_000_000_000


class PositionForm(forms.Form):
    """Empty goes back to the default."""

    position_usd = forms.IntegerField(
        label=_("Position in US dollars"),
        required=False,
        min_value=LEAST_USD,
        max_value=MOST_USD,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            _("The position is a whole number of US dollars from 1 to 1,000,000,000."),
        ),
    )
