"""Disclosure: official channels, and who has checked what."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.metrics import families
from assets.models import Audit, DisclosureSnapshot
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureSection:
    disclosure: DisclosureSnapshot | None
    promotion: DisclosureSnapshot | None
    """What is told of what was paid to have it seen."""
    audits: Sequence[Audit]
    code: Sequence[DisclosureSnapshot]
    """What is told of the work on its code, the first word first: commits and releases come apart."""
    hacked: DisclosureSnapshot | None
    raised: DisclosureSnapshot | None
    """Who tells of hacks and of raises, which are lists there."""


def read_disclosure(facts: DossierFacts) -> DisclosureSection:
    answers = facts.rows.answers(families.DISCLOSURE)
    return DisclosureSection(
        disclosure=facts.rows.row(families.DISCLOSURE),
        promotion=next((each for each in answers if each.profile_paid is not None), None),
        audits=facts.rows.audits,
        code=[
            each
            for each in answers
            if each.repository or each.commits_90d is not None or each.releases_12m is not None
        ],
        hacked=next((each for each in answers if each.hacks), None),
        raised=next((each for each in answers if each.raises), None),
    )
