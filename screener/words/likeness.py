"""Likeness in words: how a name looks like another one's. A mark, not a verdict."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.identity.likeness import LETTERS, MIXED, SAME

TITLES: Final[Mapping[str, str]] = {
    MIXED: gettext_lazy("mixes alphabets"),  # type: ignore[dict-item]
    LETTERS: gettext_lazy("look-alike letters"),  # type: ignore[dict-item]
    SAME: gettext_lazy("another's name"),  # type: ignore[dict-item]
}


def likeness_title(kind: str) -> str:
    """The mark in two words, nothing where there is none."""
    return str(TITLES.get(kind, kind))


def likeness_sentence(kind: str, of: str) -> str:
    """What is alike, and whose name it looks like where that is known."""
    if kind == MIXED and of:
        return _("Its name mixes letters of several alphabets, so that it looks like %(other)s.") % {
            "other": of
        }
    if kind == MIXED:
        return _("Its name mixes letters of several alphabets that look alike.")
    if kind == LETTERS:
        return _("Its name looks like that of %(other)s, in other letters.") % {"other": of}
    if kind == SAME:
        return _("It has the name or symbol of %(other)s, which is another one.") % {"other": of}
    return ""
