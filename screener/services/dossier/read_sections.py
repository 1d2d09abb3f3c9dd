"""Read the sections of an asset's page: all of them, the first screen only, or one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.section import DossierSection
from screener.services.dossier.sections import SECTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSection:
    """A section with what its reader gave, and its evidence; `is_waiting` where it was not read yet."""

    section: DossierSection
    title: str
    shown: Any = None
    evidence: tuple["ReadSection", ...] = ()
    is_waiting: bool = False
    anchors: tuple[str, ...] = ()


def read_sections(facts: DossierFacts, *, whole: bool) -> list[ReadSection]:
    """The page from top to bottom. What is not on its first screen waits, unless the whole is wanted."""
    found = []
    for section in _applying(facts):
        if section.beside:
            continue
        read = read_section(section, facts) if whole or section.is_first else _waiting(section, facts)
        if read is not None:
            found.append(read)
    return found


def read_section(section: DossierSection, facts: DossierFacts) -> ReadSection | None:
    """One section with its evidence; None where it has nothing to show."""
    shown = section.read(facts) if section.applies_to(facts) else None
    if shown is None:
        return None
    evidence = (read_section(each, facts) for each in _evidence(section, facts))
    return ReadSection(
        section=section,
        title=section.title_of(facts.asset.kind),
        shown=shown,
        evidence=tuple(each for each in evidence if each is not None),
    )


def _waiting(section: DossierSection, facts: DossierFacts) -> ReadSection:
    return ReadSection(
        section=section,
        title=section.title_of(facts.asset.kind),
        is_waiting=True,
        anchors=tuple(each.name for each in _evidence(section, facts)),
    )


def _applying(facts: DossierFacts) -> Sequence[DossierSection]:
    return [each for each in SECTIONS if each.applies_to(facts)]


def _evidence(section: DossierSection, facts: DossierFacts) -> Sequence[DossierSection]:
    return [each for each in _applying(facts) if each.beside == section.name]
