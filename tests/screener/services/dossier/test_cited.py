import pytest

from assets.models import Asset, SupplySnapshot
from screener.checklist import DIMENSIONS
from screener.models import Scorecard
from screener.services.dossier.cited import CitedSources, cited_dossier
from screener.services.dossier.facts import DossierFacts
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import fill_equity, fill_example, make_ref, rated_rows, store

pytestmark = pytest.mark.django_db


def cited(asset):
    return cited_dossier(DossierFacts(asset), site="https://assay.example.com")


def figure(dossier, title):
    return next(each for each in dossier.parts[0].statements if each.title == title)


def test_sources_are_numbered_by_their_first_mention_and_once():
    sources = CitedSources()
    assert sources.cited([7, 3, 7]) == (1, 2)
    assert sources.cited([3]) == (2,)
    assert sources.cited([]) == ()


def test_what_is_invented_says_so():
    assert (
        "belongs to the sandbox" in cited(Asset.objects.create(kind="token", slug="x", fictional=True)).remark
    )


def test_an_asset_that_is_not_rated_gives_its_bounds():
    asset = fill_example()
    Scorecard.objects.update(grade="", total=None, total_low=12, total_high=80)
    dossier = cited(asset)
    assert dossier.rating.startswith("Not rated: too little is known (12 to 80 of 100).")
    assert {each.score for each in dossier.parts} == {None}
    assert all(0 <= each.low <= each.high <= 100 for each in dossier.parts[1:])


def test_one_that_is_rated_gives_the_score_of_each_dimension():
    store(*rated_rows(make_ref()))
    asset = Asset.objects.get()
    score_assets([asset.pk])
    card, dossier = Scorecard.objects.get(), cited(asset)
    assert dossier.rating.startswith(f"Rated {card.grade}, ")
    assert [each.score for each in dossier.parts[1:]] == [
        100 * card.dimensions[each.id]["score"] for each in DIMENSIONS
    ]


def test_a_supply_without_a_limit_is_not_unknown():
    asset = fill_example()
    assert figure(cited(asset), "Max supply").says == "100\u202fM"
    SupplySnapshot.objects.update(uncapped=True, maximum=None)
    assert figure(cited(asset), "Max supply").says == "no limit"


def test_a_figure_that_nobody_knows_cites_nobody():
    total = figure(cited(fill_example()), "Total supply")
    assert (total.says, total.cites) == ("—", ())


def test_a_figure_that_is_questioned_says_so():
    asset = fill_example()
    card = Scorecard.objects.get()
    figures = dict(card.figures)
    card.questioned = {"facts": [], "figures": {"market_cap_usd": figures.pop("market_cap_usd")}}
    card.figures = figures
    card.save()
    cap = figure(cited(asset), "Market cap")
    assert cap.says == "$25.0\u202fM (questioned)"
    assert cap.cites


def test_shares_are_called_shares():
    titles = [each.title for each in cited(fill_equity()).parts[0].statements]
    assert titles[-3:] == ["Shares outstanding", "Shares issued", "Fully diluted shares"]
