"""Sessions end: so long after their log-in, and so long after their last page."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGAN: Final = "began_at_s"
SEEN: Final = "seen_at_s"
WRITE_AFTER_S: Final = 600
"""A session is written once in so long a time, not with every page."""


class SessionLimitsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now_s = int(timezone.now().timestamp())
            if _has_ended(request, now_s):
                logout(request)
            elif now_s - request.session.get(SEEN, 0) > WRITE_AFTER_S:
                request.session[SEEN] = now_s
        return self.get_response(request)


def _has_ended(request: HttpRequest, now_s: int) -> bool:
    """One without a beginning is from before there were limits: it begins now."""
    began_s = request.session.setdefault(BEGAN, now_s)
    seen_s = request.session.setdefault(SEEN, now_s)
    return now_s - began_s > settings.SESSION_LONGEST_S or now_s - seen_s > settings.SESSION_IDLE_S


def on_logged_in(*, request: HttpRequest | None, **_kwargs: Any) -> None:
    """Connected to Django's `user_logged_in`."""
    if request is not None:
        request.session[BEGAN] = request.session[SEEN] = int(timezone.now().timestamp())
