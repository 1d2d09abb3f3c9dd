"""Read the sections of an asset's page: all of them, those of a tab, or one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.section import DossierSection
from screener.services.dossier.sections import SECTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSection:
    """A section with what its reader gave, and its evidence."""

    section: DossierSection
    title: str
    shown: Any
    evidence: tuple["ReadSection", ...] = ()


def read_sections(facts: DossierFacts, sections: Iterable[DossierSection]) -> list[ReadSection]:
    """These from top to bottom, each with its evidence; what has nothing to show is left out."""
    read = (read_section(each, facts) for each in sections)
    return [each for each in read if each is not None]


def read_section(section: DossierSection, facts: DossierFacts) -> ReadSection | None:
    """One section with its evidence; None where it has nothing to show."""
    shown = section.read(facts) if section.applies_to(facts) else None
    if shown is None:
        return None
    evidence = (read_section(each, facts) for each in SECTIONS if each.beside == section.name)
    return ReadSection(
        section=section,
        title=section.title_of(facts.asset.kind),
        shown=shown,
        evidence=tuple(each for each in evidence if each is not None),
    )
