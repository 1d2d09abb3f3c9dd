from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import HolderRow, ListingRow, Position
from screener.checklist.profiles import Changes
from screener.models import Scorecard
from screener.services.desk.profiles import create_profile, edit_profile, rank_under
from screener.services.scoring.score_assets import score_assets
from screener.universe import live, ranking
from screener.universe.live import UNIVERSE
from screener.universe.ranking import RANKINGS, TooManyAssetsError, card_of, moved_most
from tests.factories.example import NOW, make_ref, rated_rows, store

pytestmark = pytest.mark.django_db

WITHOUT_HOLDERS = Changes(dimension_weights={"holder_concentration": 0})


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(live, "LOOK_AGAIN_S", -1.0)
    monkeypatch.setattr(live, "LOOK_AT_NAMES_S", float("inf"))
    UNIVERSE.forget()
    RANKINGS.forget()


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def market():
    """Three assets of which much is known, alike but for their holders, and one of which nothing is."""
    for name, share in (("Spread", 0.01), ("Held", 0.4), ("Owned", 0.9)):
        rows = [each for each in rated_rows(named(name)) if not isinstance(each, HolderRow)]
        positions = tuple(Position(holder_type="wallet", share=share / 10) for _ in range(10))
        holders = HolderRow(asset=named(name), as_of=NOW, holder_count=5_000, positions=positions)
        store(*rows, holders)
    store(ListingRow(asset=named("Nothing"), as_of=NOW))
    score_assets(Asset.objects.values_list("pk", flat=True))
    return {each.name: each.pk for each in Asset.objects.all()}


def named(name):
    return make_ref(identifiers=(("x", name.lower()),), name=name, symbol=name[:3])


def test_under_the_checklist_nobody_moves_and_totals_are_the_stored_ones(ana, market):
    ranking = rank_under(create_profile(user=ana, name="Same"))
    stored = dict(Scorecard.objects.latest_of_each_asset().values_list("asset_id", "total"))
    assert {id: ranking.of(id).total_after for id in stored} == stored
    assert {id: ranking.of(id).total_before for id in stored} == stored
    assert stored[market["Nothing"]] is None
    assert ranking.of(market["Nothing"]).rank_after == 4, "what is not rated is the last"
    assert (len(ranking), ranking.moved, ranking.left_out) == (4, 0, 0)
    assert moved_most(ranking, most=9) == []


def test_a_profile_moves_ranks_and_tells_whose(ana, market):
    ranking = rank_under(create_profile(user=ana, name="Blind", changes=WITHOUT_HOLDERS))
    before = [ranking.of(market[name]).rank_before for name in ("Spread", "Held", "Owned")]
    assert before == sorted(set(before)), "the more a few hold, the further behind"
    spread, held = ranking.of(market["Spread"]), ranking.of(market["Held"])
    assert (spread.rank_after, spread.total_after) == (held.rank_after, held.total_after), "else alike"
    moves = [move for _asset, move in moved_most(ranking, most=9)]
    assert len(moves) == ranking.moved > 0
    assert [abs(each.places_up) for each in moves] == sorted(abs(each.places_up) for each in moves)[::-1]
    assert all(each.places_up == each.rank_before - each.rank_after == -each.places_down for each in moves)
    assert len(moved_most(ranking, most=1)) == 1


def test_of_an_asset_that_is_not_there_nothing_is_told(ana, market):
    assert rank_under(create_profile(user=ana, name="Same")).of(0) is None


def test_a_new_scorecard_and_an_edited_profile_are_noticed(
    ana, market, monkeypatch, django_assert_num_queries
):
    profile = create_profile(user=ana, name="Blind")
    before = rank_under(profile)
    with django_assert_num_queries(1):
        assert rank_under(profile) is before, "nothing is read or worked out again"
    edit_profile(profile=profile, name="Blind", description="", changes=WITHOUT_HOLDERS)
    assert rank_under(profile).moved
    card = Scorecard.objects.filter(asset=market["Held"]).latest("pk")
    card.pk, card.total = None, 99.0
    card.save()
    assert rank_under(profile).of(market["Held"]).total_before == 99
    Asset.objects.filter(pk=market["Held"]).delete()
    monkeypatch.setattr(live, "LOOK_AT_NAMES_S", -1.0)
    assert rank_under(profile).of(market["Held"]) is None


def test_cards_of_another_checklist_are_left_out(ana, market):
    Scorecard.objects.filter(asset=market["Held"]).update(checklist_version="0")
    ranking = rank_under(create_profile(user=ana, name="Same"))
    assert (len(ranking), ranking.left_out) == (3, 1)


def test_a_newer_card_of_another_checklist_takes_its_asset_out(ana, market):
    profile = create_profile(user=ana, name="Same")
    assert rank_under(profile).of(market["Held"])
    card = Scorecard.objects.filter(asset=market["Held"]).latest("pk")
    card.pk, card.checklist_version = None, "0"
    card.save()
    ranking = rank_under(profile)
    assert (len(ranking), ranking.left_out, ranking.of(market["Held"])) == (3, 1, None)


def test_a_universe_without_scores_has_no_ranks(ana):
    ranking = rank_under(create_profile(user=ana, name="Same"))
    assert (len(ranking), ranking.moved) == (0, 0)


def test_a_larger_universe_is_refused(ana, market, monkeypatch):
    monkeypatch.setattr(ranking, "MOST_ASSETS", 3)
    with pytest.raises(TooManyAssetsError):
        rank_under(create_profile(user=ana, name="Same"))


def test_the_profiles_asked_for_last_are_kept(ana, market, monkeypatch):
    monkeypatch.setattr(ranking, "MOST_KEPT", 2)
    RANKINGS.forget()
    one, two, three = (create_profile(user=ana, name=name) for name in ("One", "Two", "Three"))
    first, second = rank_under(one), rank_under(two)
    assert rank_under(one) is first
    rank_under(three)
    assert rank_under(one) is first
    assert rank_under(two) is not second


def test_a_card_without_a_context_takes_the_assets_type_of_today(market):
    card = Scorecard.objects.filter(asset=market["Held"]).latest("pk")
    card.context = {}
    assert card_of(card).context["kind"] == "token"


def test_money_is_read_as_it_was_stored(market):
    card = Scorecard.objects.filter(asset=market["Held"]).latest("pk")
    assert card_of(card).measures["price_usd"] == float(Decimal("0.50"))
