"""Profiles: making them, changing them, copying them, and what they make of the checklist."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from screener.checklist import DIMENSIONS, Dimension
from screener.checklist.profiles import Changes, ProfileError, ProfileProblem, adjusted
from screener.models import Profile
from screener.screens.tier_limits import TierLimits
from screener.services.desk.size_tiers import default_tiers, stored_tiers, tiers_under
from screener.universe.ranking import RANKINGS, Ranking
from screener.words.findings import thresholds
from screener.words.size_tiers import TITLES, limits_in_words

# Reading --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChecklist:
    """The checklist under a profile; `problems` and `unknown` are of changes that no longer fit."""

    dimensions: tuple[Dimension, ...]
    changes: Changes
    problems: tuple[ProfileProblem, ...] = ()
    unknown: tuple[str, ...] = ()


def checklist_of(profile: Profile) -> OwnChecklist:
    """The checklist with the profile's changes in.

    A newer checklist may have no place for some of them: those change nothing and are reported.
    """
    changes = changes_of(profile)
    unknown = changes.unknown_to(DIMENSIONS)
    problems: list[ProfileProblem] = []
    while True:
        try:
            made = adjusted(DIMENSIONS, changes)
        except ProfileError as refusal:
            problems += refusal.problems
            places = {each.setting.of for each in refusal.problems if each.setting}
            changes = _without(changes, places) if places else Changes()
        else:
            return OwnChecklist(dimensions=made, changes=changes, problems=tuple(problems), unknown=unknown)


def rank_under(profile: Profile) -> Ranking:
    """The universe's ranks under this profile beside those under the checklist."""
    return RANKINGS.under(checklist_of(profile).dimensions, version=(profile.pk, profile.edited_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChange:
    """A dimension, a criterion or a scale of sizes that the profile changes: `what` is weight, thresholds or
    tiers, as texts."""

    title: str
    what: str
    before: str
    after: str


def differences(own: OwnChecklist) -> list[ProfileChange]:
    """What differs from the checklist, in its order."""
    found: list[ProfileChange] = []
    for before, after in zip(DIMENSIONS, own.dimensions, strict=True):
        title = next(iter(before.titles.values()))
        if before.weight != after.weight:
            found.append(_weight(title, before.weight, after.weight))
        for was, now in zip(before.criteria, after.criteria, strict=True):
            if was.weight != now.weight:
                found.append(_weight(was.title, was.weight, now.weight))
            if was.thresholds_text != now.thresholds_text:
                texts = {"before": thresholds(was), "after": thresholds(now)}
                found.append(ProfileChange(title=was.title, what="thresholds", **texts))
    return found


def tier_differences(profile: Profile) -> list[ProfileChange]:
    """The size tiers of which the profile has limits of its own, beside the operator's."""
    usual, own = default_tiers().by_kind, tiers_under(profile).by_kind
    return [
        ProfileChange(
            title=str(TITLES[kind]),
            what="tiers",
            before=limits_in_words(usual[kind].steps),
            after=limits_in_words(own[kind].steps),
        )
        for kind in usual
        if own[kind] != usual[kind]
    ]


def _weight(title: str, before: float, after: float) -> ProfileChange:
    return ProfileChange(title=title, what="weight", before=f"{before:g}", after=f"{after:g}")


def changes_of(profile: Profile) -> Changes:
    return Changes(
        dimension_weights=profile.dimension_weights,
        criterion_weights=profile.criterion_weights,
        thresholds=profile.thresholds,
    )


def _without(changes: Changes, ids: set[str]) -> Changes:
    def rest(by_id: Mapping[str, Any]) -> dict[str, Any]:
        return {id: each for id, each in by_id.items() if id not in ids}

    return Changes(
        dimension_weights=rest(changes.dimension_weights),
        criterion_weights=rest(changes.criterion_weights),
        thresholds=rest(changes.thresholds),
    )


# Writing --------------------------------------------------------------------------


def create_profile(
    *,
    user: AbstractBaseUser,
    name: str,
    description: str = "",
    changes: Changes | None = None,
    tiers: TierLimits | None = None,
) -> Profile:
    """`ProfileError` where the changes make no checklist."""
    profile = _new(user, name, description)
    _save(profile, changes or Changes(), tiers or default_tiers())
    return profile


def edit_profile(
    *, profile: Profile, name: str, description: str, changes: Changes, tiers: TierLimits | None = None
) -> None:
    """Without `tiers` they stay as they are."""
    profile.name, profile.description = name, description
    _save(profile, changes, tiers or tiers_under(profile))


def copy_profile(*, profile: Profile, user: AbstractBaseUser) -> Profile:
    """The same changes as a profile of this person, under a name that is still free."""
    copy = _new(user, profile.name, profile.description)
    _set(copy, changes_of(profile), tiers_under(profile))
    copy.save_under_free_name()
    return copy


def _new(user: AbstractBaseUser, name: str, description: str) -> Profile:
    """Profiles have their link from the beginning."""
    return Profile(owner_id=user.pk, name=name, description=description, share_token=uuid.uuid4())


def _save(profile: Profile, changes: Changes, tiers: TierLimits) -> None:
    adjusted(DIMENSIONS, changes)
    _set(profile, changes, tiers)
    profile.save_named()


def _set(profile: Profile, changes: Changes, tiers: TierLimits) -> None:
    profile.size_tiers = stored_tiers(tiers)
    profile.dimension_weights = dict(changes.dimension_weights)
    profile.criterion_weights = dict(changes.criterion_weights)
    profile.thresholds = {each: _plain(limits) for each, limits in changes.thresholds.items()}


def _plain(limits: Sequence[Mapping[str, Any] | None]) -> list[dict[str, Any] | None]:
    return [dict(each) if each else None for each in limits]
