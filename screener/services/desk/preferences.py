"""Preferences: the size of position that a person thinks in, and the profile they see assets under."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser

from screener.models import Preference, Profile
from screener.models.owned import Person


def preference_of(user: Person) -> Preference:
    """The person's settings; an unsaved one without any for a stranger and for who never set one."""
    if not user.is_authenticated:
        return Preference()
    preference = Preference.objects.of(user).select_related("profile").first()
    if preference and preference.profile and preference.profile.deleted_at:
        preference.profile = None  # A deleted profile counts again when it is restored.
    return preference or Preference(owner_id=user.pk)


def default_position_usd() -> int:
    """The size that every stored score is for."""
    return int(settings.ASSAY_POSITION_USD)


def set_position(*, user: AbstractBaseUser, position_usd: int | None) -> None:
    """None goes back to the default."""
    Preference.objects.update_or_create(owner_id=user.pk, defaults={"position_usd": position_usd})


def set_profile(*, user: AbstractBaseUser, profile: Profile | None) -> None:
    """See every asset under this profile as well; None goes back to the checklist alone."""
    Preference.objects.update_or_create(owner_id=user.pk, defaults={"profile": profile})
