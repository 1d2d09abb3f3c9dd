"""Notes: writing, changing without losing anything, and what an edit changed."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from assets.models import Asset
from screener.models import Note, NoteRevision
from screener.models.owned import Person
from screener.services.desk.search_words import search_words

LONGEST: Final = 20_000
"""Characters in a note; the model says the same."""

MOST_COMPARED: Final = 2_000
"""Of lines or words; longer passages are shown as replaced whole, comparing them would take too long."""


class EditedMeanwhileError(Exception):
    """The note was changed after this edit began; `theirs` is how it reads now."""

    def __init__(self, theirs: Note) -> None:
        super().__init__(f"note {theirs.pk} was edited meanwhile")
        self.theirs = theirs


# Reading --------------------------------------------------------------------------


def notes_of(user: Person) -> QuerySet[Note]:
    """This person's notes, the last edited first, with `revision_id`: where an edit starts from."""
    # Grouped: to order the revisions of all notes is a plan that costs all of them for each note.
    revisions = NoteRevision.objects.filter(note=OuterRef("pk")).order_by().values("note")
    newest = revisions.annotate(newest=Max("pk")).values("newest")
    return Note.objects.of(user).select_related("asset").annotate(revision_id=Subquery(newest))


def notes_on(*, user: Person, asset: Asset) -> QuerySet[Note]:
    """This person's notes on an asset, the last edited first."""
    return notes_of(user).filter(asset=asset)


def notes_saying(*, user: Person, words: str) -> QuerySet[Note]:
    """This person's notes in which, or in whose asset's name or symbol, each of the first words occurs."""
    found = notes_of(user)
    for word in search_words(words):
        found = found.filter(
            Q(body__icontains=word) | Q(asset__name__icontains=word) | Q(asset__symbol__iexact=word)
        )
    return found


def newest_revision(note: Note) -> NoteRevision:
    return note.revisions.order_by("-pk")[:1].get()


# Writing --------------------------------------------------------------------------


def write_note(*, user: AbstractBaseUser, asset: Asset, body: str) -> Note:
    now = timezone.now()
    with transaction.atomic():
        note = Note.objects.create(owner_id=user.pk, asset=asset, body=body, created_at=now, edited_at=now)
        NoteRevision.objects.create(note=note, body=body, written_at=now)
    return note


def edit_note(*, note: Note, body: str, seen: int) -> Note:
    """Save a new text over the revision `seen`; `EditedMeanwhileError` when that is no longer the newest.

    The same text again makes no revision. A note deleted meanwhile comes back: a text is never lost.
    """
    now = timezone.now()
    with transaction.atomic():
        stored = Note.objects.select_for_update().get(pk=note.pk)
        if stored.body != body:
            if newest_revision(stored).pk != seen:
                raise EditedMeanwhileError(stored)
            stored.body, stored.edited_at = body, now
            NoteRevision.objects.create(note=stored, body=body, written_at=now)
        stored.deleted_at = None
        stored.save(update_fields=["body", "edited_at", "deleted_at"])
    return stored


# What changed -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


def changes(before: str, after: str) -> list[Passage]:
    """How one text became another: first by lines, then by words inside the lines that changed."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    passages: list[Passage] = []
    for same, gone, come in _compare(old, new):
        if same:
            passages.append(Passage("same", "".join(gone)))
        else:
            passages.extend(_changes_of_words("".join(gone), "".join(come)))
    return passages


def _changes_of_words(before: str, after: str) -> Iterator[Passage]:
    """A word takes the space before it, so that text added at the end leaves the last word as it was."""
    old, new = re.findall(r"\s*\S+|\s+", before), re.findall(r"\s*\S+|\s+", after)
    for same, gone, come in _compare(old, new):
        if same:
            yield Passage("same", "".join(gone))
            continue
        if gone:
            yield Passage("removed", "".join(gone))
        if come:
            yield Passage("added", "".join(come))


def _compare(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Stretches that are the same in both and stretches that are not, in order."""
    if max(len(old), len(new)) > MOST_COMPARED:
        yield old == new, old, new
        return
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new).get_opcodes():
        yield tag == "equal", old[i:j], new[k:m]
