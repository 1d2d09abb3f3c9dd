"""Unlock question form: which unlock of a schedule, or until which day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from screener.services.dossier.unlock_what_if import AskedUnlock


class UnlockForm(forms.Form):
    """Read from an address: the name that the page gave an unlock, or a day. The unlock goes before it."""

    unlock = forms.CharField(required=False)
    until = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as year, month and day, as 2030-12-31.")},
    )

    @property
    def asked(self) -> AskedUnlock:
        if not self.is_valid():
            return AskedUnlock(problem=str(next(iter(self.errors.values()))[0]))
        told: dict[str, Any] = self.cleaned_data
        return AskedUnlock(name=told["unlock"], until=None if told["unlock"] else told["until"])
