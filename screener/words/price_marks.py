"""Marks of the price chart in words: the letter that stands on a day, and what happened.

A mark here is whatever has `kind` and `shown`, as those of the dossier's price, or an event of the calendar.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from screener.words.calendar import KIND_TITLES, event_sentence, event_title, kind_title
from screener.words.filing_forms import form_name
from screener.words.numbers import short

MARK_TITLES: Final = {
    "grade": gettext_lazy("Grade"),
    "documents": gettext_lazy("Filings"),
    "note": gettext_lazy("Note"),
    "plan": gettext_lazy("Plan"),
}
LETTERS: Final = {
    "unlock": pgettext_lazy("letter of unlocks on the price chart", "U"),
    "lock-up": pgettext_lazy("letter of ending lock-ups on the price chart", "L"),
    "liquidity-lock": pgettext_lazy("letter of ending liquidity locks on the price chart", "Q"),
    "split": pgettext_lazy("letter of splits on the price chart", "S"),
    "documents": pgettext_lazy("letter of filings on the price chart", "F"),
    "grade": pgettext_lazy("letter of grades on the price chart", "G"),
    "note": pgettext_lazy("letter of notes on the price chart", "N"),
    "plan": pgettext_lazy("letter of plans on the price chart", "P"),
}
MOST_FORMS: Final = 3
"""Of a day with more documents so many are named."""
NOTE_LETTERS: Final = 120


def mark_letter(kind: str) -> str:
    return str(LETTERS[kind])


def mark_title(kind: str) -> str:
    return kind_title(kind) if kind in KIND_TITLES else str(MARK_TITLES[kind])


def mark_text(mark: Any) -> str:
    """What happened, in one sentence."""
    if mark.kind in SENTENCES:
        return SENTENCES[mark.kind](mark.shown)
    return ": ".join(each for each in (event_title(mark), event_sentence(mark)) if each)


def _grade(change: Any) -> str:
    old, new = (grade or _("not rated") for grade in (change.old_grade, change.new_grade))
    text = _("Grade %(old)s → %(new)s") % {"old": old, "new": new}
    return text if change.same_rules else f"{text}, {_('by another version of the checklist')}"


def _documents(documents: Sequence[Any]) -> str:
    named = ", ".join(form_name(each.form) for each in documents[:MOST_FORMS])
    further = len(documents) - MOST_FORMS
    if further <= 0:
        return _("Filed: %(documents)s") % {"documents": named}
    text = ngettext(
        "Filed: %(documents)s and %(further)s more",
        "Filed: %(documents)s and %(further)s more",
        further,
    )
    return text % {"documents": named, "further": further}


def _note(written: Any) -> str:
    said = _("You wrote:") if written.is_first else _("You edited:")
    return f"{said} {Truncator(' '.join(written.revision.body.split())).chars(NOTE_LETTERS)}"


def _plan(plan: Any) -> str:
    figures = {"size": short(plan.size_usd, "usd"), "loss": short(plan.loss_usd, "usd")}
    return _("You planned a position of %(size)s, with %(loss)s at risk.") % figures


SENTENCES: Final[Mapping[str, Callable[[Any], str]]] = {
    "grade": _grade,
    "documents": _documents,
    "note": _note,
    "plan": _plan,
}
