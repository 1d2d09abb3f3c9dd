"""What one person has set for themselves: the size of position they think in, and the profile they see by."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from screener.models import Preference, Profile

Person = AbstractBaseUser | AnonymousUser


def preference_of(user: Person) -> Preference:
    """The person's settings; an unsaved one without any for a stranger and for who never set one."""
    if not user.is_authenticated:
        return Preference()
    told = Preference.objects.filter(user_id=user.pk).select_related("profile").first()
    if told and told.profile and told.profile.deleted_at:
        told.profile = None  # A deleted profile counts again when it is brought back.
    return told or Preference(user_id=user.pk)


def default_position_usd() -> int:
    """The size that every stored score is for."""
    return int(settings.ASSAY_POSITION_USD)


def set_position(*, user: AbstractBaseUser, position_usd: int | None) -> None:
    """None goes back to the default."""
    Preference.objects.update_or_create(user_id=user.pk, defaults={"position_usd": position_usd})


def set_profile(*, user: AbstractBaseUser, profile: Profile | None) -> None:
    """See every asset under this profile as well; None goes back to the checklist alone."""
    Preference.objects.update_or_create(user_id=user.pk, defaults={"profile": profile})
