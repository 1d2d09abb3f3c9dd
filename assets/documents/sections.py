"""Rules over a section: the first sentence that says something, in a section and in those that it refers
to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from assets.documents.days import days_in
from assets.documents.items import ReportItem
from assets.documents.patterns import MAY, any_of
from assets.documents.text import DocumentText, TextPassage

REFERRED: Final = re.compile(
    r"\bitems? (?:no\. ?)?([1-9]\.[0-9]{2})(?:(?: ?,| ?and| or) ?(?:items? )?([1-9]\.[0-9]{2}))?", re.I
)
BY_REFERENCE: Final = any_of(
    r"\bincorporated\b[^.;]{0,60}\bby reference\b",
    r"\b(?:set forth|disclosed|contained|described|information)\b[^;]{0,80}\bitems? [1-9]\.[0-9]{2}",
)
CONDITIONAL: Final = any_of(
    r"^(?:if|in the event|unless|should|to the extent|at that time|alternatively|where)\b",
    r"\b(?:if|in the event|unless|should) (?:at any time|the|we|our|it|such|its|compliance|nasdaq|nyse)\b",
    rf"\b(?:{MAY}|might|could|would|can)\b",
)
"""What is not said to have happened."""

ON: Final = re.compile(r"(?:^|\b)(?:on|effective|effective as of|effective on)(?: [A-Z][a-z]+day,?)? $", re.I)
EARLIER: Final = any_of(
    r"\bpreviously (?:disclosed|reported|announced|received|notified)\b", r"\bhad (?:previously|received)\b"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a section; `at` is its place in the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedEvent:
    """What happened by an item of an 8-K, and in which words; a day, ratio or rule that is not given is
    None or "".

    `ratio` is new shares for an old one. `by_reference` names the item in which the words stand, where it is
    another one; `reasons` are words of our own vocabulary for why.
    """

    item: str
    event: str
    passage: TextPassage | None = None
    happened_on: date | None = None
    effective_on: date | None = None
    deadline_on: date | None = None
    ratio: float | None = None
    rules: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    by_reference: str = ""


UNDECIDED: Final = "undecided"
REFERENCE_ONLY: Final = "reference_only"


class ItemSection:
    """An item's sentences, and those of the items that it refers to."""

    def __init__(self, document: DocumentText, item: ReportItem, items: Sequence[ReportItem]) -> None:
        self.document, self.item = document, item
        self.text = document.line[item.start : item.end]
        self.sentences = tuple(_sentences(document, item))
        self._items = items

    def referred(self) -> "tuple[ItemSection, ...]":
        """The items that this one takes its words from."""
        if not BY_REFERENCE.search(self.text):
            return ()
        numbers = [each for match in REFERRED.finditer(self.text) for each in match.groups() if each]
        return tuple(
            ItemSection(self.document, each, ())
            for number in dict.fromkeys(numbers)
            for each in self._items
            if each.number == number != self.item.number
        )

    def is_reference(self) -> bool:
        """Whether nothing stands here but a reference to other items."""
        own = [each.text for each in self.sentences if not BY_REFERENCE.search(each.text)]
        return bool(BY_REFERENCE.search(self.text)) and not any(len(each.split()) > 8 for each in own)

    def first(self, pattern: re.Pattern[str], *, unless: Sequence[re.Pattern[str]] = ()) -> Sentence | None:
        return next(
            (
                each
                for each in self.sentences
                if pattern.search(each.text) and not any(other.search(each.text) for other in unless)
            ),
            None,
        )

    def event(self, event: str, sentence: Sentence | None, **details: object) -> ReportedEvent:
        passage = self.document.passage(sentence.start, sentence.end) if sentence else None
        happened_on = self._day_before(sentence) if sentence else None
        found = ReportedEvent(item=self.item.number, event=event, passage=passage, happened_on=happened_on)
        return replace(found, **details)  # type: ignore[arg-type]

    def _day_before(self, sentence: Sentence) -> date | None:
        """The day that a sentence names, or else the last one before it."""
        if (day := named_day(sentence.text)) is not None:
            return day
        before = [each for each in self.sentences if each.start < sentence.start]
        days = (named_day(each.text) for each in reversed(before) if not EARLIER.search(each.text))
        return next((day for day in days if day is not None), None)


def named_day(text: str) -> date | None:
    """The first day on which something is said to have happened: "on May 6, 2025", not "the year ended"."""
    return next((day for at, day in days_in(text) if ON.search(text[max(0, at - 40) : at])), None)


def _sentences(document: DocumentText, item: ReportItem) -> Iterator[Sentence]:
    for start, end in document.sentences:
        first, last = max(start, item.start), min(end, item.end)
        if first < last and document.line[first:last].strip():
            yield Sentence(first, last, document.line[first:last].strip())
