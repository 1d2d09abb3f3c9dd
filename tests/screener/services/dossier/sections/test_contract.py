import pytest

from assets.models import Asset
from assets.sourcing.rows import ContractRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.contract import read_contract
from tests.factories.example import NOW, make_ref, store

pytestmark = pytest.mark.django_db


def test_the_newest_row_is_shown():
    now = {"asset": make_ref(kind="token"), "as_of": NOW}
    store(ContractRow(**now, mint_authority="none"))
    assert read_contract(DossierFacts(Asset.objects.get())).contract.mint_authority == "none"


def test_nothing_known_is_still_shown():
    assert read_contract(DossierFacts(Asset.objects.create(kind="token", slug="bare"))).contract is None


@pytest.mark.parametrize(("chain", "is_of_chain"), [("solana", True), ("ethereum", False), ("", False)])
def test_a_token_of_a_chain_with_one_program_runs_that(chain, is_of_chain):
    asset = Asset.objects.create(kind="token", slug="bare", chain=chain)
    assert read_contract(DossierFacts(asset)).is_of_chain is is_of_chain
