"""Size tiers in words: what each is called, where it ends, and whose limits these are."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.size_tiers import LARGEST, Steps
from screener.screens.tier_limits import KindLimits, TierLimits, Whose
from screener.words.positions import usd_exactly

NAMES: Final = {
    "nano": gettext_lazy("Nano"),
    "micro": gettext_lazy("Micro"),
    "small": gettext_lazy("Small"),
    "mid": gettext_lazy("Mid"),
    "large": gettext_lazy("Large"),
}
TITLES: Final = {TOKEN: gettext_lazy("Token tiers"), EQUITY: gettext_lazy("Equity tiers")}


def limits_in_words(steps: Steps) -> str:
    """`Micro < $100 M · Small < $2 B · Mid < $10 B · Large`: each begins where the one before it ends."""
    limited = [f"{NAMES[name]} < {usd_exactly(limit)}" for name, limit in steps]
    return " · ".join([*limited, str(NAMES[LARGEST])])


def whose_in_words(limits: KindLimits) -> str:
    """Who has set them."""
    if limits.whose is Whose.PROFILE:
        return _("limits of your profile “%(name)s”") % {"name": limits.profile}
    if limits.whose is Whose.OPERATOR:
        return _("limits of this server's operator")
    return _("limits of the checklist")


def owners_in_words(limits: TierLimits) -> str:
    """Whose limits these are, of tokens and shares together, each owner once."""
    return ", ".join(dict.fromkeys(whose_in_words(each) for each in limits.by_kind.values()))


def owners_in_short(limits: TierLimits) -> str:
    """The same for the head of a column; nothing where they are the checklist's."""
    owners = {each.whose for each in limits.by_kind.values()}
    if Whose.PROFILE in owners:
        return _("tiers by your profile")
    return _("tiers by the operator") if Whose.OPERATOR in owners else ""


def tiers_in_words(limits: TierLimits) -> list[tuple[str, str, str]]:
    """By kind its title, whose its limits are, and where each tier ends."""
    return [
        (str(TITLES[kind]), whose_in_words(each), limits_in_words(each.steps))
        for kind, each in limits.by_kind.items()
    ]
