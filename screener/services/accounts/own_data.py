"""Own data: all that an account keeps of a person, to take along or to have erased (ASVS 8.3.2)."""

from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core import serializers
from django.db.models import Model

from screener.models import (
    AssetVisit,
    CalendarFeed,
    CalendarFeedEntry,
    ColumnSet,
    Note,
    NoteRevision,
    Override,
    Plan,
    Preference,
    Profile,
    SavedScreen,
    Watchlist,
    WatchlistEntry,
)

OWNED: Final[tuple[tuple[type[Model], str], ...]] = (
    (EmailAddress, "user"),
    (UserSession, "user"),
    (Authenticator, "user"),
    (LogEntry, "user"),
    (Preference, "owner"),
    (Watchlist, "owner"),
    (WatchlistEntry, "watchlist__owner"),
    (CalendarFeed, "watchlist__owner"),
    (CalendarFeedEntry, "feed__watchlist__owner"),
    (Note, "owner"),
    (NoteRevision, "note__owner"),
    (Profile, "owner"),
    (Override, "owner"),
    (Plan, "owner"),
    (SavedScreen, "owner"),
    (ColumnSet, "owner"),
    (AssetVisit, "owner"),
)
"""Each table with rows of a person, and the way from a row to them."""
SECRETS: Final = {"usersessions.usersession": ("session_key",), "mfa.authenticator": ("data",)}
"""What lets somebody in is not handed out."""
ABOUT_A_USER: Final = (
    "username",
    "email",
    "first_name",
    "last_name",
    "date_joined",
    "last_login",
    "is_staff",
)


class LastSuperuserError(Exception):
    """Without this account nobody could look after the installation."""


def own_data(user: User) -> dict[str, Any]:
    """`{table: [{field: value}]}`, ready for JSON but for moments; what was thrown away is in it as well."""
    found: dict[str, Any] = {"account": {name: getattr(user, name) for name in ABOUT_A_USER}}
    for model, owner in OWNED:
        rows = serializers.serialize(
            "python", model._default_manager.filter(**{owner: user.pk}).order_by("pk")
        )
        secrets = SECRETS.get(model._meta.label_lower, ())
        found[model._meta.model_name or ""] = [
            {"id": row["pk"], **{name: value for name, value in row["fields"].items() if name not in secrets}}
            for row in rows
        ]
    return found


def erase(user: User) -> None:
    """Delete the account with all that is its own; facts and rulings it brought in stay, with its name."""
    others = get_user_model().objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise LastSuperuserError
    user.delete()
