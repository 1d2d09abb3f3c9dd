"""Smart contract: what it allows, and to whom."""

from dataclasses import dataclass

from assets.metrics import families
from assets.metrics.contract import ONE_PROGRAM_CHAINS
from assets.models import ContractSnapshot
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSection:
    """`is_of_chain`: it runs the chain's own token program, whose source needs no proof of its own."""

    contract: ContractSnapshot | None
    is_of_chain: bool


def read_contract(facts: DossierFacts) -> ContractSection:
    contract = facts.rows.row(families.CONTRACT)
    is_of_chain = facts.asset.chain.casefold() in ONE_PROGRAM_CHAINS
    return ContractSection(contract=contract, is_of_chain=is_of_chain)
