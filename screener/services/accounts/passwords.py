"""Passwords: how they are hashed, and how long they may be (OWASP ASVS 4.0.3, 2.1)."""

import re
from itertools import pairwise
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 128


class ModestArgon2Hasher(Argon2PasswordHasher):
    """Argon2id within 19 MiB, the first choice of OWASP's Password Storage Cheat Sheet.

    Django's own 100 MiB and eight threads would let ten strangers at the log-in page take a gigabyte.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


class MaximumLengthValidator:
    """What is longer is refused, never cut (ASVS 2.1.2, 2.1.3)."""

    def validate(self, password: str, _user: AbstractBaseUser | None = None) -> None:
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return ngettext(
            "Your password may have at most %(count)d character.",
            "Your password may have at most %(count)d characters.",
            LONGEST_PASSWORD,
        ) % {"count": LONGEST_PASSWORD}


class PaddedPasswordValidator(CommonPasswordValidator):
    """Refuse what is common but for the signs that made it long enough: lists of breached passwords are full
    of "password2024!", "qwertyqwerty" and "aaaaaaaaaaaa" (ASVS 2.1.7). Spaces beside each other make nothing
    long enough either (ASVS 2.1.1)."""

    def validate(self, password: str, _user: AbstractBaseUser | None = None) -> None:
        _refuse_padding_of_spaces(password)
        plain = password.casefold().strip()
        inner = plain.strip(NOT_LETTERS)
        bare = {_unit(each) for each in (plain, inner, inner.translate(SIGNS_AS_LETTERS)) if each}
        bare |= {_unit(each.strip(NOT_LETTERS)) for each in bare} - {""}
        if any(len(each) < 4 or each in self.passwords for each in bare) or _is_a_row(plain):
            raise ValidationError(
                _("This password is one of those that are tried first. Choose another one."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("Your password must not be a common one, nor one with something put before or behind it.")


def _refuse_padding_of_spaces(password: str) -> None:
    """What is short as it stands is Django's own validator's to refuse."""
    if len(password) >= SHORTEST_PASSWORD > len(re.sub(r"\s+", " ", password)):
        text = ngettext(
            "Spaces beside each other count as one: your password must have at least %(count)d character.",
            "Spaces beside each other count as one: your password must have at least %(count)d characters.",
            SHORTEST_PASSWORD,
        )
        raise ValidationError(text % {"count": SHORTEST_PASSWORD}, code="password_too_short")


NOT_LETTERS: Final = "0123456789!?.,;:-_+*#@$%&/()=<>'\"^~ "
SIGNS_AS_LETTERS: Final = str.maketrans("01345$@!", "oleassai")


def _unit(text: str) -> str:
    """What a text repeats, or the text itself."""
    found = re.fullmatch(r"(.+?)\1+", text)
    return found[1] if found else text


def _is_a_row(text: str) -> bool:
    """Whether its signs follow each other, up or down: "abcdefghijkl", "987654321098"."""
    steps = {(ord(after) - ord(before)) % 10 for before, after in pairwise(text)}
    return len(steps) == 1 and (text.isdecimal() or len({ord(b) - ord(a) for a, b in pairwise(text)}) == 1)
