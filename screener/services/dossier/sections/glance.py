"""At a glance: what comes next, where it stands among its peers, and what the reader noted last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from screener.models import Note
from screener.services.desk.notes import notes_on
from screener.services.dossier.facts import AHEAD_DAYS, DossierFacts
from screener.services.dossier.sections.peers import PeersSection, read_peers

MOST_AHEAD: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceSection:
    """`ahead` are the next dated events, the nearest first, `further` how many more there are within
    `days`; `note` is the one that was edited last."""

    ahead: Sequence[Any]
    further: int
    peers: PeersSection
    note: Note | None
    days: int = AHEAD_DAYS


def read_glance(facts: DossierFacts) -> GlanceSection:
    return GlanceSection(
        ahead=facts.ahead[:MOST_AHEAD],
        further=len(facts.ahead[MOST_AHEAD:]),
        peers=read_peers(facts),
        note=notes_on(user=facts.user, asset=facts.asset).first(),
    )
