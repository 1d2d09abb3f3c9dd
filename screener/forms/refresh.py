"""Refresh form: what a person may ask to be refreshed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RefreshForm(forms.Form):
    """Whether the provider has the family is for the refresh to say."""

    provider = forms.CharField(
        max_length=32, error_messages={"required": _("Choose a provider, then start the refresh again.")}
    )
    family = forms.CharField(
        max_length=32, error_messages={"required": _("Choose what to refresh, then start again.")}
    )
    limit = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_000_000,
        error_messages={
            limit: _("The limit is a whole number from 1 to 1,000,000, or empty for no limit.")
            for limit in ("invalid", "min_value", "max_value")
        },
    )
