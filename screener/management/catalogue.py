"""The texts of the product and their translations: found in the sources, merged into the catalogue, checked.

Needs Babel, which is a development dependency; nothing the product runs imports this module.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from assets.sourcing.messages import CONTEXT

MessageId = str | tuple[str, str]
Found = tuple[MessageId, str | None]
"""A text, or its singular and plural, and the context that tells equal texts apart."""

KEYWORDS: Final = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "phrase": None,
    "label": None,
    "meaning": None,
    **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")},
}
"""Which calls hold a text, and in which of their arguments."""

PROVIDER_KEYWORDS: Final = dict.fromkeys(
    (
        *("message", "remark", "reject"),
        *("UnsupportedError", "RefusedError", "UnreadableError", "DamagedError", "TransientError"),
        *("MisconfiguredError", "LimitError", "AccessError"),
        *("PacingError", "ConnectError", "CellError", "RefreshRefusedError", "ImportRefusedError"),
    )
)
"""Which calls hold a message of a provider as their first argument (`assets.sourcing.messages`)."""

HEADER: Final = "# Translations of Assay. Made and checked by `manage.py messages`."

UNUSED_HEADERS: Final = (
    *("POT-Creation-Date", "PO-Revision-Date", "Generated-By"),
    *("Last-Translator", "Language-Team", "Report-Msgid-Bugs-To"),
)
"""Header lines that would differ in every commit, or be placeholders for ever."""

NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)

PLACEHOLDER: Final = re.compile(r"%%|%\(\w+\)[-+ #0]?[\d.]*[a-zA-Z]|%[sdifr]|\{[^{}]*\}")
TAG: Final = re.compile(r"</?[a-z][a-z0-9]*", re.IGNORECASE)


# Finding the texts ----------------------------------------------------------------


def texts_in_python(source: bytes) -> Iterator[Found]:
    for _line, message, _comments, context in extract("python", BytesIO(source), keywords=KEYWORDS):
        if message:
            yield _message_id(message), context
    for _line, message, _comments, _none in extract("python", BytesIO(source), keywords=PROVIDER_KEYWORDS):
        if isinstance(message, str) and message:
            yield message, CONTEXT


def texts_in_template(source: str) -> Iterator[Found]:
    """Django's own reading of a template gives Python calls between filler whose indents mean nothing."""
    calls = "\n".join(line.strip() for line in templatize(source).splitlines())
    return texts_in_python(calls.encode())


def texts_below(*folders: Path) -> Iterator[Found]:
    """Every text of the Python files and templates below these folders."""
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            yield from texts_in_python(path.read_bytes())
        for path in sorted((*folder.rglob("*.html"), *folder.rglob("*.txt"))):
            yield from texts_in_template(path.read_text())


def _message_id(message: str | tuple[str, ...]) -> MessageId:
    return message if isinstance(message, str) else (message[0], message[1])


# The catalogue ----------------------------------------------------------------------


def update(po: Path, *, language: str, texts: Iterable[Found]) -> int:
    """Write the catalogue of exactly these texts and compile it; returns how many are not yet right."""
    merged = _merge(_read(po, language), texts)
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_bytes(_as_po(merged))
    po.with_suffix(".mo").write_bytes(_as_mo(_read(po, language)))
    return sum(bool(mistake_in(message, merged.num_plurals)) for message in merged if message.id)


def check(po: Path, *, language: str, texts: Iterable[Found]) -> list[str]:
    """What keeps the catalogue from being complete and right, one sentence each; changes nothing."""
    catalogue = _read(po, language)
    mo = po.with_suffix(".mo")
    stale = not mo.exists() or mo.read_bytes() != _as_mo(catalogue)
    found = [f"{mo.name} was not compiled from {po.name} as it is now"] if stale else []
    return found + _mistakes(catalogue, texts)


def _read(po: Path, language: str) -> Catalog:
    if not po.exists():
        return Catalog(locale=language)
    with po.open("rb") as file:
        return read_po(file, locale=language)


def _merge(catalogue: Catalog, texts: Iterable[Found]) -> Catalog:
    """Translations are kept, what is no longer said is dropped.

    A text that changed is a new text: a guess from a similar one would have to be checked anyway.
    """
    merged = Catalog(locale=catalogue.locale, project="Assay", header_comment=HEADER, fuzzy=False)
    for text, context in texts:
        known = catalogue.get(_forms(text)[0], context)
        if known is None or bool(known.pluralizable) != isinstance(text, tuple):
            merged.add(text, context=context)
        else:
            flags = known.flags & {"fuzzy"}
            merged.add(text, known.string, context=context, flags=flags, user_comments=known.user_comments)
    return merged


def _as_po(catalogue: Catalog) -> bytes:
    """The same texts give the same bytes: sorted, without places, line numbers and dates."""
    written = BytesIO()
    write_po(written, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    unused = tuple(f'"{name}' for name in UNUSED_HEADERS)
    return "".join(line for line in lines if not line.startswith(unused)).encode()


def _as_mo(catalogue: Catalog) -> bytes:
    """The same catalogue gives the same bytes: Babel would write the minute of compiling into the header."""
    catalogue.creation_date = NO_DATE
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


# Checking ---------------------------------------------------------------------------


def _mistakes(catalogue: Catalog, texts: Iterable[Found]) -> list[str]:
    wanted = {(context, _forms(text)[0]): text for text, context in texts}
    stored = {(message.context, _forms(message.id)[0]): message for message in catalogue if message.id}
    found = [f"missing in the catalogue: {_short(text)}" for key, text in wanted.items() if key not in stored]
    for key, message in stored.items():
        if key not in wanted:
            found.append(f"no longer said anywhere: {_short(message.id)}")
        elif problem := mistake_in(message, catalogue.num_plurals):
            found.append(f"{problem}: {_short(message.id)}")
    return sorted(found)


def mistake_in(message: Message, plurals: int) -> str:
    """What is wrong with one translation; empty when nothing is."""
    sources, forms = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        return "not yet confirmed (fuzzy)"
    if not all(forms) or len(forms) != (plurals if message.pluralizable else 1):
        return "not translated"
    marks = _placeholders(sources[-1])
    for number, form in enumerate(forms):
        # Where the number is one, a language may write "one" instead of the figure, as English does.
        if _placeholders(form) not in ([marks] if number else [marks, _placeholders(sources[0])]):
            return "placeholders differ from the source's"
        if "%" in PLACEHOLDER.sub("", form) and any("%" in mark for mark in marks):
            return "a per cent sign must be doubled here"
    if sorted(TAG.findall(forms[-1])) != sorted(TAG.findall(sources[-1])):
        return "HTML tags differ from the source's"
    return ""


def _forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """The text itself, or its forms for one and for many."""
    return [text or ""] if isinstance(text, str | None) else [each or "" for each in text]


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text)) - {"%%"}


def _short(text: str | tuple[str, ...] | list[str]) -> str:
    text = " ".join(_forms(text)[0].split())
    return repr(text if len(text) <= 100 else f"{text[:99]}…")
