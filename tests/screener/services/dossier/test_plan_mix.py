import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.models import Asset
from screener.services.dossier.plan_mix import DIMENSIONS, category_of, effects_of, plan_mix
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_card

pytestmark = pytest.mark.django_db
NOBODY = 999_999


@pytest.fixture
def table():
    UNIVERSE.forget()
    for number, (kind, sector) in enumerate([("token", "DeFi"), ("token", "Meme"), ("equity", "DeFi")]):
        asset = Asset.objects.create(kind=kind, slug=f"a{number}", name=f"A{number}", sector=sector)
        make_card(asset)
    yield UNIVERSE.table()
    UNIVERSE.forget()


def shares(mix, dimension):
    return {each.label: each.share for each in mix.by[dimension]}


def test_money_spreads_over_what_the_assets_are(table):
    first, second, third = table.ids.tolist()
    mix = plan_mix([(first, 100, 10), (second, 300, 30), (third, 100, 40)], table)
    assert shares(mix, "kind") == {"token": 0.8, "equity": 0.2}
    assert shares(mix, "sector") == {"Meme": 0.6, "DeFi": 0.4}
    assert mix.size_usd == 500


def test_an_asset_that_is_not_scored_is_of_nothing_known(table):
    assert {category_of(table, NOBODY, each) for each in DIMENSIONS} == {""}
    assert shares(plan_mix([(NOBODY, 100, 10)], table), "tier") == {"": 1.0}


def test_no_plan_has_no_share(table):
    mix = plan_mix([], table)
    assert (mix.size_usd, mix.loss_together_usd, mix.loss_apart_usd) == (0, 0, 0)
    assert mix.by == {each: [] for each in DIMENSIONS}


def test_one_plan_more_moves_the_shares_of_its_own_categories(table):
    first, second, _third = table.ids.tolist()
    mix, effects = effects_of([(first, 100, 10)], (second, 300, 30), table)
    sector = next(each for each in effects if each.dimension == "sector")
    assert (sector.label, sector.before_share, sector.after_share) == ("Meme", 0.0, 0.75)
    assert mix.loss_together_usd == 40
    assert mix.loss_apart_usd == pytest.approx((10**2 + 30**2) ** 0.5)


@given(st.lists(st.floats(0.01, 1e9), min_size=1, max_size=20))
def test_apart_never_costs_more_than_together_or_less_than_the_worst(losses):
    mix = plan_mix([(NOBODY, 1.0, each) for each in losses], UNIVERSE.table())
    assert max(losses) * (1 - 1e-9) <= mix.loss_apart_usd <= mix.loss_together_usd * (1 + 1e-9)
    assert sum(each.share for each in mix.by["kind"]) == pytest.approx(1)
