"""Watchlist form: how a list may be named."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from screener.models.owned import LONGEST_NAME


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
