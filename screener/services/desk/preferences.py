"""Preferences: the size of position that a person thinks in, and the profile they see assets under."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser

from screener.models import Preference, Profile
from screener.models.owned import Person
from screener.screens.position import PositionSize


def preference_of(user: Person) -> Preference:
    """The person's settings; an unsaved one without any for a stranger and for who never set one."""
    if not user.is_authenticated:
        return Preference()
    return _in_force(next(iter(Preference.objects.of(user).select_related("profile")), None), user.pk)


def preference_with(user: Person) -> Preference:
    """The same as they were when the person was read: without a query of one who came with their session."""
    if not user.is_authenticated:
        return Preference()
    return _in_force(getattr(user, "preference", None), user.pk)


def _in_force(preference: Preference | None, owner_id: Any) -> Preference:
    if preference and preference.profile and preference.profile.deleted_at:
        preference.profile = None  # A deleted profile counts again when it is restored.
    return preference or Preference(owner_id=owner_id)


def default_position_usd() -> int:
    """The size that every stored score is for."""
    return int(settings.ASSAY_POSITION_USD)


def default_position() -> PositionSize:
    """The same as a position."""
    return PositionSize(usd=default_position_usd())


def position_in(preference: Preference) -> PositionSize | None:
    """What the person has set; None for the default."""
    if preference.position_units:
        return PositionSize(units=preference.position_units)
    return PositionSize(usd=preference.position_usd) if preference.position_usd else None


def position_of(user: Person) -> PositionSize:
    """The size that this person sees exits for, in one query; a stranger's is with their browser."""
    return position_in(preference_of(user)) or default_position()


def set_position(*, user: AbstractBaseUser, position: PositionSize | None) -> None:
    """None goes back to the default."""
    usd, units = (position.usd, position.units) if position else (None, None)
    Preference.objects.update_or_create(
        owner_id=user.pk, defaults={"position_usd": usd, "position_units": units}
    )


def set_profile(*, user: AbstractBaseUser, profile: Profile | None) -> None:
    """See every asset under this profile as well; None goes back to the checklist alone."""
    Preference.objects.update_or_create(owner_id=user.pk, defaults={"profile": profile})


def set_calendar(*, user: AbstractBaseUser, words: Sequence[tuple[str, str]]) -> None:
    """The filter with which the calendar opens, by the words of its address; none: without one."""
    kept = {"words": [list(each) for each in words]} if words else {}
    Preference.objects.update_or_create(owner_id=user.pk, defaults={"calendar": kept})
