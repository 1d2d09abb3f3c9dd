"""Dossier section: one part of the asset page, what it reads and the template that shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assets.metrics import families
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True)
class DossierSection:
    """`name` is its anchor and the end of its address; `read` gives None where there is nothing to show.

    `title` is by kind of asset where that differs.
    `template`: the name of the file, where it is not the section's own.
    `tab`: the name of the tab that it stands on.
    `beside`: the section whose evidence it is; it is read and shown with that one.
    `needs_score`: left out as long as the asset has no scorecard.
    `in_past`: shown of past days as well; False for what is worked out of today's market, or is the reader's.
    """

    name: str
    title: str | Mapping[str, str]
    read: Callable[[DossierFacts], Any]
    template: str = ""
    kinds: tuple[str, ...] = families.KINDS
    tab: str = ""
    beside: str = ""
    needs_score: bool = False
    in_past: bool = True

    @property
    def template_name(self) -> str:
        return f"dossier/sections/{self.template or self.name}.html"

    def title_of(self, kind: str) -> str:
        return self.title if isinstance(self.title, str) else self.title[kind]

    def applies_to(self, facts: DossierFacts) -> bool:
        if facts.as_of is not None and not self.in_past:
            return False
        return facts.asset.kind in self.kinds and not (self.needs_score and facts.card is None)
