"""First login of a fresh installation: nobody knows its password before it is made."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.contrib.auth import get_user_model

NAME: Final = "analyst"


@dataclass(frozen=True, slots=True)
class FirstLogin:
    name: str
    password: str
    kept_in: Path
    is_new: bool


def ensure_first_login(*, kept_in: Path) -> FirstLogin | None:
    """Make the first account if there is none at all; None once its password has been changed."""
    users = get_user_model().objects
    if not users.exists():
        password = secrets.token_urlsafe(12)
        _keep(password, kept_in)
        users.create_superuser(username=NAME, password=password)
        return FirstLogin(NAME, password, kept_in, is_new=True)
    if not kept_in.exists():
        return None
    password = kept_in.read_text().split()[-1]
    user = users.filter(username=NAME).first()
    if user is None or not user.check_password(password):
        return None
    return FirstLogin(NAME, password, kept_in, is_new=False)


def _keep(password: str, kept_in: Path) -> None:
    """Written before the account is made: an account whose password nobody knows would be of no use."""
    descriptor = os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{NAME} {password}\n")
