"""Usage of a token: who uses it, what they pay, what is locked in it."""

from dataclasses import dataclass

from assets.metrics import families
from assets.models import UsageSnapshot
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageSection:
    usage: UsageSnapshot | None


def read_usage(facts: DossierFacts) -> UsageSection:
    return UsageSection(usage=facts.rows.row(families.USAGE))
