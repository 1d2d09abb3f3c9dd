"""Notes of the user on the asset."""

from collections.abc import Iterable
from dataclasses import dataclass

from screener.models import Note
from screener.services.desk.notes import notes_on
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesSection:
    notes: Iterable[Note]


def read_notes(facts: DossierFacts) -> NotesSection:
    return NotesSection(notes=notes_on(user=facts.user, asset=facts.asset))
