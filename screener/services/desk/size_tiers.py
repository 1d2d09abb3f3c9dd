"""Size tiers of a reader: the limits of their profile, or else the operator's, or the checklist's."""

from collections.abc import Mapping

from django.conf import settings

from assets.metrics.families import KINDS
from screener.models import Preference, Profile
from screener.models.owned import Person
from screener.screens.tier_limits import TierLimits, Whose, steps_of
from screener.services.desk.preferences import preference_of

Stored = Mapping[str, Mapping[str, float]]
"""By kind each tier with its limit, as a profile keeps them."""


def default_tiers() -> TierLimits:
    """The operator's limits, or the checklist's."""
    limits: TierLimits = settings.ASSAY_TIERS
    return limits


def tiers_of(user: Person) -> TierLimits:
    """The limits by which this person sees assets, in one query; a stranger has no profile."""
    return tiers_in(preference_of(user))


def tiers_in(preference: Preference) -> TierLimits:
    """The same, of settings that are read already."""
    return tiers_under(preference.profile) if preference.profile else default_tiers()


def tiers_under(profile: Profile) -> TierLimits:
    """The limits of a profile; of a kind of which it has none, the operator's."""
    own = {kind: steps_of(limits) for kind, limits in profile.size_tiers.items() if kind in KINDS}
    return default_tiers().with_own(own, whose=Whose.PROFILE, profile=profile.name)


def stored_tiers(limits: TierLimits) -> Stored:
    """What a profile keeps of these: the kinds that differ from the operator's."""
    usual = default_tiers().steps
    return {kind: dict(steps) for kind, steps in limits.steps.items() if steps != usual[kind]}
