"""Second factor of staff: where it is needed, and what is missing of it."""

from typing import Final

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def missing_factor(request: HttpRequest) -> str | None:
    """The page to go to first: where a factor is set up, or where it is shown; None if nothing is missing.

    A session that began before the factor was set up has not shown it.
    """
    if settings.STAFF_SECOND_FACTOR == "off":
        return None
    if not is_mfa_enabled(request.user, FACTORS):
        return "mfa_index"
    records = get_authentication_records(request, request.user)
    return None if any(each.get("method") == "mfa" for each in records) else "mfa_reauthenticate"
