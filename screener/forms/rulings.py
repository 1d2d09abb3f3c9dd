"""Ruling form: which value of a questioned figure counts, and why."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.metrics.families import FUNDAMENTALS
from screener.services.dossier.rulings import Rulable
from screener.words.numbers import in_sentence

KEEP: Final = "keep"
WITNESS: Final = "witness"
OTHER: Final = "other"
MOST_DIGITS: Final = 38
MOST_DECIMALS: Final = 12


def unit_of(field: str) -> str:
    return next((unit for unit in ("usd", "share") if field.endswith(f"_{unit}")), "count")


class RulingForm(forms.Form):
    choice = forms.ChoiceField(
        label=gettext_lazy("What counts"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose one of the values.")
        ),
    )
    value = forms.DecimalField(
        label=gettext_lazy("Another value"),
        required=False,
        max_digits=MOST_DIGITS,
        decimal_places=MOST_DECIMALS,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("This is no number. Write it like 1250000.5.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": gettext_lazy("Say why, so that it can be checked later.")},
    )

    def __init__(self, *args: Any, rulable: Rulable, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"ruling-{rulable.family}-{rulable.field}-%s")
        super().__init__(*args, **kwargs)
        self.rulable = rulable
        self.fields["choice"].choices = list(self._choices())  # type: ignore[attr-defined]
        if rulable.field.endswith("_share"):
            self.fields["value"].help_text = _("A share of one: 0.25 is 25 %.")

    def _choices(self) -> Any:
        unit = unit_of(self.rulable.field)
        if self.rulable.yields:
            stated = in_sentence(self.rulable.stated, unit)
            yield KEEP, _("Keep what the source says: %(value)s") % {"value": stated}
        for name, witness in self._of_witnesses.items():
            value = in_sentence(witness, unit)
            yield name, _("Take the other value: %(value)s") % {"value": value}
        yield OTHER, _("Another value")

    @property
    def _of_witnesses(self) -> dict[str, float]:
        """By choice what a witness says."""
        return {f"{WITNESS}-{place}": value for place, value in enumerate(self.rulable.witnesses, start=1)}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        value, choice = cleaned.get("value"), cleaned.get("choice")
        if choice == OTHER and "value" not in self.errors:
            if value is None:
                self.add_error("value", _("Write the value that counts."))
            elif self.rulable.is_whole and value != value.to_integral_value():
                self.add_error("value", _("This figure is a whole number."))
            elif value < 0 and self.rulable.family != FUNDAMENTALS:
                self.add_error("value", _("This figure can't be negative."))
            elif value > 1 and self.rulable.field.endswith("_share"):
                self.add_error("value", _("A share is no more than 1; write 0.25 for 25 %."))
        return cleaned

    @property
    def ruled(self) -> Decimal:
        """The value that was chosen, of a valid form."""
        choice = self.cleaned_data["choice"]
        if choice == OTHER:
            return Decimal(self.cleaned_data["value"])
        chosen = self._of_witnesses.get(choice, self.rulable.stated)
        return round(Decimal(repr(chosen)), 0 if self.rulable.is_whole else MOST_DECIMALS)
