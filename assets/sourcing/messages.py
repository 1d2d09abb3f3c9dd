"""Message catalogue of the facts: sentences are stored in English and translated where they are shown.

What a provider could not do, or what had to be left out of a sheet, is recorded by a worker that doesn't
know who will read it. So the English sentence is stored; `localized` finds the message that it was made
from, and its values, and gives the same message in the reader's language. A problem that is part of a
sentence, as in "price is negative", is the value `problem` of its message and a message of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from django.utils.formats import get_format
from django.utils.translation import get_language, gettext
from django.utils.translation.trans_real import translation

from assets.metrics.families import FAMILY_OF

CONTEXT: Final = "provider"
"""The context (msgctxt) of these messages in the translation catalogues."""

PLACEHOLDER: Final = re.compile(r"%\((\w+)\)s")
PROBLEM: Final = "problem"
FAMILIES: Final = ("family", "families")
"""Values that are names of families, shown by their titles."""

GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+")
"""A number with its thousands set off, as Python writes it."""


class MessageError(Exception):
    """An error whose text is a message: an English text, and the values that go into it."""

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(message(text, **values))


def message(text: str, /, **values: object) -> str:
    """The message in English. Its text must stand in the call: `manage.py messages` collects it there."""
    return text % values if values else text


def localized(text: str) -> str:
    """These sentences, one a line, in the reader's language; what is no known message stays as it is."""
    language = get_language() or ""
    return "\n".join(_localized(line, language) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Translation:
    """A message with values, as a pattern that finds them, and its translation."""

    pattern: re.Pattern[str]
    text: str


@lru_cache(maxsize=2048)
def _localized(text: str, language: str) -> str:
    phrases, translations = _catalogue(language)
    if text in phrases:
        return phrases[text]
    for each in translations:
        if found := each.pattern.fullmatch(text):
            return each.text % {
                name: _value(name, value, language) for name, value in found.groupdict().items()
            }
    return text


def _value(name: str, text: str, language: str) -> str:
    if name in FAMILIES:
        return ", ".join(_title(family) for family in text.split(", "))
    if GROUPED.fullmatch(text):
        return text.replace(",", get_format("THOUSAND_SEPARATOR", lang=language))
    return _localized(text, language)


def _title(family: str) -> str:
    """The title of a family as it stands within a sentence."""
    if family not in FAMILY_OF:
        return family
    title = gettext(FAMILY_OF[family].title)
    return title[:1].lower() + title[1:]


@cache
def _catalogue(language: str) -> tuple[Mapping[str, str], tuple[Translation, ...]]:
    """The messages without values, and those with values, those with the most words of their own first."""
    mark = f"{CONTEXT}\x04"
    # Django's own view for JavaScript reads the messages of a language here, too.
    stored = translation(language)._catalog.items() if language else ()  # type: ignore[attr-defined]
    known = {key.removeprefix(mark): text for key, text in stored if str(key).startswith(mark)}
    phrases = {key: text for key, text in known.items() if not PLACEHOLDER.search(key)}
    problems = "|".join(re.escape(each) for each in phrases if not each.endswith("."))
    patterns = sorted((key for key in known if key not in phrases), key=_own_length, reverse=True)
    return phrases, tuple(Translation(_pattern(key, problems), known[key]) for key in patterns)


def _own_length(text: str) -> int:
    return len(PLACEHOLDER.sub("", text))


def _pattern(text: str, problems: str) -> re.Pattern[str]:
    parts, seen = list[str](), set[str]()
    for number, part in enumerate(PLACEHOLDER.split(text)):
        if number % 2 == 0:
            parts.append(re.escape(part.replace("%%", "%")))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            parts.append(f"(?P<{part}>{problems if part == PROBLEM else '.+?'})")
    return re.compile("".join(parts))
