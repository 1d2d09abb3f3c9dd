import pytest

from assets.models import Asset
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.score import read_score
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import fill_example, make_ref, rated_rows, store

pytestmark = pytest.mark.django_db


def test_each_dimension_has_its_bar():
    section = read_score(DossierFacts(fill_example()))
    assert len(section.dimensions) == 5
    assert all(each.scores for each in section.dimensions)
    assert section.personal_score.comparable


def test_open_gates_come_with_their_findings():
    asset = fill_example()
    card = asset.scorecards.get()
    card.gates_open = ["liquidity_depth.pool_control"]
    card.save()
    (gate,) = read_score(DossierFacts(asset)).gates_open
    assert gate.stored["criterion"] == "liquidity_depth.pool_control"
    assert gate.passes_at == "≤ 10 %"


def test_a_gate_that_is_gone_is_left_out():
    asset = fill_example()
    asset.scorecards.update(gates_open=["utility.of_old"])
    assert read_score(DossierFacts(asset)).gates_open == ()


def test_without_a_card_there_are_bars_without_scores():
    section = read_score(DossierFacts(Asset.objects.create(kind="equity", slug="inc")))
    assert section.card is None
    assert [each.scores for each in section.dimensions] == [None] * 5
    assert section.dimensions[1].title == "Capital structure"


def test_of_an_asset_that_is_not_rated_it_says_what_is_missing():
    missing = read_score(DossierFacts(fill_example())).missing
    assert missing.is_too_little
    assert not missing.no_gate_verified, "its costs could be worked out"
    assert "tokenomics.mint_authority" in {each.criterion.id for each in missing.gates}
    assert "utility" in {each.id for each in missing.dimensions}


def test_of_one_that_is_rated_nothing_is_missing():
    store(*rated_rows(make_ref()))
    asset = Asset.objects.get()
    score_assets([asset.pk])
    assert read_score(DossierFacts(asset)).missing is None
