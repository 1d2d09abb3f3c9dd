"""Known browsers: a signed cookie of those that have logged in to an account before ("device cookie")."""

import secrets
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT: Final = "screener.known-browser"
A_YEAR_S: Final = 31_536_000
MOST_ACCOUNTS: Final = 5


def browser_known_to(request: HttpRequest, account_id: int) -> str | None:
    """The name of this browser, if it has logged in to the account."""
    return _accounts(request).get(str(account_id))


def remember_browser(request: HttpRequest, response: HttpResponse, account_id: int) -> None:
    """Know it from now on; of more than a few accounts the newest."""
    accounts = _accounts(request)
    browser = accounts.pop(str(account_id), None) or secrets.token_urlsafe(12)
    kept = dict([*accounts.items(), (str(account_id), browser)][-MOST_ACCOUNTS:])
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        signing.dumps(kept, salt=SALT),
        max_age=A_YEAR_S,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def on_logged_in(*, request: HttpRequest, response: HttpResponse, user: Any, **_kwargs: Any) -> None:
    """Connected to allauth's `user_logged_in`, which comes after every factor."""
    remember_browser(request, response, user.pk)


def _accounts(request: HttpRequest) -> dict[str, str]:
    kept = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    if not kept.isascii():
        return {}
    try:
        found = signing.loads(kept, salt=SALT, max_age=A_YEAR_S)
    except signing.BadSignature:
        return {}
    return {str(account): str(browser) for account, browser in dict(found).items()}
