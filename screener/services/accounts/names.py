"""Account names: which nobody may take, because they speak for the house or look like somebody else's."""

import re
import unicodedata
from typing import Final

from django.contrib.auth import get_user_model

from assets.identity.looks import mixes_alphabets, skeleton_of
from assets.providers import PROVIDERS

RESERVED: Final = frozenset(
    (
        *("admin", "administrator", "root", "system", "superuser", "sysadmin", "sudo", "daemon", "operator"),
        *("owner", "staff", "team", "official", "moderator", "support", "help", "helpdesk", "service"),
        *(
            "security",
            "abuse",
            "postmaster",
            "hostmaster",
            "webmaster",
            "noreply",
            "mailer",
            "info",
            "contact",
        ),
        *("billing", "sales", "legal", "privacy", "press", "api", "www", "mail", "smtp", "ftp", "localhost"),
        *("anonymous", "guest", "nobody", "everybody", "everyone", "somebody", "me", "self", "you", "user"),
        *("null", "none", "undefined", "true", "false", "nan", "unknown", "deleted", "test"),
        *("assay", "sandbox", "analyst", "checklist", "screener", "login", "logout", "signup", "account"),
        *(provider.name for provider in PROVIDERS),
    )
)
"""Mailboxes of RFC 2142, roles, words that programs read otherwise, our own name and those of providers,
which pages show as the source of a fact."""
SPEAKING: Final = frozenset(
    (
        *("admin", "administrator", "root", "official", "staff", "moderator", "support", "security"),
        *("helpdesk", "assay", "system", "postmaster", "webmaster"),
    )
)
"""Reserved as a part of a name as well: "assay-support", "admin2"."""
DIGITS_AS_LETTERS: Final = str.maketrans("0134578@", "oieastba")
ALIKE: Final = (("rn", "m"), ("vv", "w"), ("1", "i"), ("l", "i"))


def looks_of(name: str) -> str:
    """What a name looks like in small print, without its signs: two that give the same can be confused."""
    looks = skeleton_of(unicodedata.normalize("NFKC", name))
    for letters, letter in ALIKE:
        looks = looks.replace(letters, letter)
    return looks


def is_reserved(name: str) -> bool:
    """Whether a name, or a part of it, speaks for the house; digits may stand for letters."""
    parts = re.split(r"[\W_]+|(?<=[^\W\d_])(?=\d)", name)
    written = {name, name.translate(DIGITS_AS_LETTERS)}
    parts += [part for each in written for part in re.split(r"[\W_]+", each)]
    whole = {looks_of(each) for each in written}
    return bool(whole & _RESERVED_LOOKS) or any(looks_of(part) in _SPEAKING_LOOKS for part in parts if part)


def is_confusable(name: str) -> bool:
    """Whether it can be taken for the name of somebody who has an account, or mixes alphabets to look so."""
    looks = looks_of(name)
    if not looks or mixes_alphabets(name):
        return True
    names = get_user_model().objects.values_list("username", flat=True)
    return any(looks_of(each) == looks for each in names.iterator())


_RESERVED_LOOKS: Final = frozenset(map(looks_of, RESERVED))
_SPEAKING_LOOKS: Final = frozenset(map(looks_of, SPEAKING))
