"""Smart contract: what it allows, and to whom."""

from dataclasses import dataclass

from assets.metrics import families
from assets.models import ContractSnapshot
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSection:
    contract: ContractSnapshot | None


def read_contract(facts: DossierFacts) -> ContractSection:
    return ContractSection(contract=facts.rows.row(families.CONTRACT))
