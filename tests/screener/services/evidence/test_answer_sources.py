import pytest

from assets.models import Asset
from screener.checklist import CRITERIA
from screener.services.evidence.answer_sources import sources_of, who_could_answer

MINT = CRITERIA["tokenomics.mint_authority"]
FILED = CRITERIA["transparency.filings_on_time"]


def test_sources_are_those_that_have_a_family_for_the_kind():
    assert "goplus" in sources_of(MINT, "token")
    assert sources_of(MINT, "equity") == ()
    assert "sec" in {each.partition("_")[0] for each in sources_of(FILED, "equity")}
    assert sources_of(FILED, "token") == ()


@pytest.mark.parametrize(
    ("chain", "knows", "doesnt"),
    [("solana", "goplus", "blockscout"), ("base", "blockscout", None), ("", "blockscout", None)],
)
def test_who_knows_assets_by_contracts_is_named_where_it_covers_the_chain(chain, knows, doesnt):
    named = who_could_answer([MINT], Asset(kind="token", chain=chain))
    assert knows in named
    assert doesnt not in named


def test_each_is_named_once_whatever_it_could_answer():
    named = who_could_answer([MINT, CRITERIA["holder_concentration.top_ten_share"]], Asset(kind="token"))
    assert len(named) == len(set(named))


def test_nobody_has_facts_of_an_invented_asset():
    assert who_could_answer([MINT], Asset(kind="token", fictional=True)) == ()
