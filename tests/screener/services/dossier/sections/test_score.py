import pytest

from assets.models import Asset
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.score import read_score
from tests.factories.example import fill_example

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
