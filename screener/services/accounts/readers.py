"""Reader of a session: who it is, together with what they have set, which the head of every page shows."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class ReaderBackend(AuthenticationBackend):
    """The log-in of allauth, which reads people with their preference and its profile, in one query.

    Sessions name the backend that they began with, so that allauth's own stays in the settings for those of
    earlier versions. It is asked for no password: each is hashed once, and what this one refuses is refused.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User:
        user = super().authenticate(request, **credentials)
        if user is None:
            raise PermissionDenied
        return user

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("preference__profile").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
