"""Plan form: on what terms a reader would hold an asset."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.metrics.planning.ladder import EVEN, MOST_STEPS, WEIGHTS, WIDEST_SHARE
from screener.forms.amounts import AmountField, in_plain_signs
from screener.forms.watchlists import LevelField
from screener.screens.amounts import amount_of
from screener.services.dossier.plan_terms import AskedPlan, MoneyOrShare, PlanTerms

MOST_USD: Final = 1e12
MOST_DAYS: Final = 365

ACCOUNT: Final = gettext_lazy("Write the account in US dollars, from 1 up, like 50k or $1.5m.")
RISK: Final = gettext_lazy(
    "Write the most to lose as a share of the account or in US dollars, like 1% or $500."
)
STOP: Final = gettext_lazy("Write the stop as a price or as a distance below the entry, like 0.85 or 15%.")
PART: Final = gettext_lazy("Write a share above 0 and up to 100%, like 55%.")
PAYOFF: Final = gettext_lazy("Write how much is won for each 1 lost, like 2 or 2.5x.")
DAYS: Final = gettext_lazy("Write a time of up to a year, like 1d, 12h or 2w.")
STEPS: Final = gettext_lazy("Write a number of orders from 1 to 50.")
SPACING: Final = gettext_lazy("Write a distance between orders of up to 50%, like 5%.")
DEFAULTS: Final = {
    "risk": "1%",
    "participation": "10%",
    "days": "1d",
    "steps": "1",
    "spacing": "5%",
    "weights": EVEN,
}
"""What an empty field stands for."""


def amount_between(unit: str, least: float, most: float, *, message: Any) -> AmountField:
    return AmountField(unit, least=least, most=most, required=False, error_messages={"invalid": message})


class MoneyOrShareField(forms.Field):
    """`1%` and `150bps` are shares, above 0 and up to 1; everything else is US dollars above 0."""

    def to_python(self, value: Any) -> MoneyOrShare | None:
        text = in_plain_signs(str(value or "").strip())
        if not text:
            return None
        is_share = text.casefold().endswith(("%", "bps", "bp"))
        try:
            amount = amount_of(text, "share" if is_share else "usd")
        except ValueError:
            amount = 0.0
        if not 0 < amount <= (1 if is_share else MOST_USD):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return MoneyOrShare(share=amount) if is_share else MoneyOrShare(usd=amount)


class PlanForm(forms.Form):
    """Read from an address. Without an account nothing is asked."""

    account = amount_between("usd", 1, MOST_USD, message=ACCOUNT)
    risk = MoneyOrShareField(required=False, error_messages={"invalid": RISK})
    entry = LevelField()
    stop = MoneyOrShareField(required=False, error_messages={"invalid": STOP})
    win = amount_between("share", 1e-9, 1, message=PART)
    payoff = amount_between("ratio", 1e-9, 1e6, message=PAYOFF)
    participation = amount_between("share", 1e-9, 1, message=PART)
    days = amount_between("days", 1e-6, MOST_DAYS, message=DAYS)
    steps = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_STEPS,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), STEPS),
    )
    spacing = amount_between("share", 0, WIDEST_SHARE, message=SPACING)
    weights = forms.ChoiceField(required=False, choices=[(each, each) for each in WEIGHTS])

    def clean_entry(self) -> float | None:
        price = self.cleaned_data["entry"]
        return None if price is None else float(price)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        edge = {"win", "payoff"}
        stated = {name for name in edge if given.get(name) is not None}
        if stated and not edge & set(self.errors):
            for missing in edge - stated:
                self.add_error(missing, _("An edge needs both: how often it wins, and how much."))
        if given.get("account") is None and any(given.get(each) is not None for each in ("entry", "stop")):
            self.add_error("account", ACCOUNT)
        return given

    @property
    def asked(self) -> AskedPlan:
        typed = {name: self.data.get(name, "").strip() or DEFAULTS.get(name, "") for name in self.fields}
        if not self.is_valid():
            return AskedPlan(typed=typed, problems={name: str(told[0]) for name, told in self.errors.items()})
        return AskedPlan(typed=typed, terms=self._terms())

    def _terms(self) -> PlanTerms | None:
        given = {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}
        if "account" not in given:
            return None
        return PlanTerms(**{NAMES[name]: value for name, value in given.items()})


NAMES: Final = {
    "account": "account_usd",
    "risk": "risk",
    "entry": "entry_usd",
    "stop": "stop",
    "win": "win_share",
    "payoff": "payoff_ratio",
    "participation": "participation_share",
    "days": "exit_days",
    "steps": "steps",
    "spacing": "spacing_share",
    "weights": "weights",
}
"""Field → the term that it states."""
