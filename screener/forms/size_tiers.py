"""Size tiers form: by kind of asset the market cap below which each tier ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from screener.forms.amounts import AmountField
from screener.screens.amounts import written
from screener.screens.tier_limits import LIMITED, NEEDED, TierLimits, TierLimitsError, Whose, steps_of
from screener.words.numbers import localized
from screener.words.size_tiers import NAMES, TITLES

LONGEST_TYPED: Final = 24
NO_AMOUNT: Final = gettext_lazy("Write an amount in US dollars, like 50m or 2b.")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFields:
    title: str
    limits: tuple[tuple[str, BoundField], ...]
    has_errors: bool


class SizeTiersForm(forms.Form):
    """`usual` are the operator's limits, which an empty field takes; an empty nano means that there is none.

    `own` are those of the profile that is edited.
    """

    def __init__(self, *args: Any, usual: TierLimits, own: TierLimits | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual
        for kind, each in (own or usual).by_kind.items():
            limits = dict(each.steps)
            for tier in LIMITED:
                label = _("%(title)s: %(tier)s ends below") % {"title": TITLES[kind], "tier": NAMES[tier]}
                widget = forms.TextInput(
                    {"aria-label": label, "maxlength": LONGEST_TYPED, "size": 8, "autocomplete": "off"}
                )
                shown = localized(written(limits[tier], "usd")) if tier in limits else ""
                self.fields[_name(kind, tier)] = AmountField(
                    "usd",
                    required=False,
                    initial=shown,
                    widget=widget,
                    error_messages={"invalid": NO_AMOUNT},
                )

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            for kind in self.usual.steps:
                try:
                    steps_of(self._limits(kind))
                except TierLimitsError as refusal:
                    self.add_error(_name(kind, refusal.tier), _(refusal.text))
        return self.cleaned_data

    def tiers(self) -> TierLimits:
        """What was typed, as far as it differs from the operator's."""
        own = {kind: steps_of(self._limits(kind)) for kind in self.usual.steps}
        return self.usual.with_own(own, whose=Whose.PROFILE)

    def _limits(self, kind: str) -> dict[str, float]:
        typed = {tier: self.cleaned_data.get(_name(kind, tier)) for tier in LIMITED}
        usual = {tier: limit for tier, limit in self.usual.steps[kind] if tier in NEEDED}
        return usual | {tier: limit for tier, limit in typed.items() if limit is not None}

    @property
    def kinds(self) -> Iterator[KindFields]:
        """The fields in their order, for the page."""
        for kind in self.usual.steps:
            names = {tier: _name(kind, tier) for tier in LIMITED}
            yield KindFields(
                title=str(TITLES[kind]),
                limits=tuple((str(NAMES[tier]), self[name]) for tier, name in names.items()),
                has_errors=any(name in self.errors for name in names.values()),
            )


def _name(kind: str, tier: str) -> str:
    return f"tier-{kind}-{tier}"
