"""Watchlist forms: how a list may be named, and the prices at which its owner wants to act."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from screener.models.owned import LONGEST_NAME
from screener.screens.position import PositionError, Refusal, read_price


class WatchlistForm(forms.Form):
    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("A watchlist needs a name. Type one."),
            "max_length": _(
                "The name has %(show_value)d characters and may have %(limit_value)d. Shorten it."
            ),
        },
    )

    @property
    def problem(self) -> Any:
        """The first thing wrong with the name."""
        return next(iter(self.errors.get("name", [])), "")


class LevelField(forms.Field):
    """A target or a stop: the price of a unit in US dollars, as people write it; empty is none."""

    default_error_messages = {
        Refusal.INVALID.value: _(
            "Write a price in US dollars above 0 and up to 1 billion, like 0.0125, $1.50 or 25k."
        ),
        Refusal.CURRENCY.value: _(
            "%(currency)s can't be converted: no exchange rate is known here. Write the price in US dollars."
        ),
    }

    def __init__(self, *, decimal_comma: bool | None = None) -> None:
        """Without a `decimal_comma` said, numbers are written as the reader's language does."""
        super().__init__(required=False)
        self.decimal_comma = decimal_comma

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        of_language = get_format("DECIMAL_SEPARATOR") == ","
        try:
            return read_price(
                text, decimal_comma=of_language if self.decimal_comma is None else self.decimal_comma
            )
        except PositionError as error:
            said = self.error_messages[error.refusal.value]
            raise forms.ValidationError(said, error.refusal.value, {"currency": error.currency}) from None
