"""Override form: how a criterion is answered otherwise, why, on what evidence and for how long."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from screener.models import Override
from screener.services.desk.overrides import ANSWERS

USUAL_DAYS: Final = 90
MOST_DAYS: Final = 731
"""An answer is looked at again after two years at the latest."""

CHOICES: Final = {
    "pass": _("pass"),
    "caution": _("caution"),
    "fail": _("fail"),
    "n-a": _("n/a: does not apply"),
}


class OverrideForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(each.value, CHOICES[each.value]) for each in ANSWERS],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the answers.")),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=Override._meta.get_field("reason").max_length,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why: an answer without a reason can't be checked later.")},
    )
    evidence_url = forms.URLField(
        label=_("Link to the evidence"),
        required=False,
        max_length=Override._meta.get_field("evidence_url").max_length,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("This is no web address. It starts with https:// or http://.")},
    )
    expires_on = forms.DateField(
        label=_("Counts until"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Choose the last day on which the answer counts, as 2030-12-31.")
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = timezone.localdate() + timedelta(days=USUAL_DAYS)

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("This day is past. Choose today or a later one."))
        if day > today + timedelta(days=MOST_DAYS):
            raise forms.ValidationError(_("Choose a day within two years, so that it is reviewed."))
        return day
