from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from assets.metrics.exits import FOREVER_DAYS
from assets.models import Asset
from assets.sourcing.rows import (
    BookRow,
    ContractRow,
    HolderRow,
    Position,
    SupplyRow,
    Unlock,
    UnlockRow,
)
from screener.screens.position import PositionSize
from screener.services.dossier.facts import DossierFacts, OwnSettings
from screener.services.dossier.sections.selling import (
    BIDS,
    IMPACT,
    POOL_FEES,
    TAKER_FEES,
    TAX,
    UNSOLD,
    UNSURE,
    read_selling,
)
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import store
from tests.screener.services.dossier.sections.priced_pool import NOW, POOL, PRICE, TOLD, bars_with_a_gap

pytestmark = pytest.mark.django_db

BOOK = BookRow(
    **TOLD,
    venue="Kraken",
    pair="A/USD",
    bid_usd=Decimal("1.97"),
    ask_usd=Decimal("1.99"),
    bids=((Decimal("1.97"), Decimal(1_000)), (Decimal("1.90"), Decimal(5_000))),
    asks=((Decimal("1.99"), Decimal(9_000)),),
)
RANGED = replace(
    POOL,
    pool_type="concentrated",
    quote_price_usd=Decimal(1),
    quote_reserve=Decimal(40_000),
    virtual_quote_reserve=Decimal(500_000),
)
DOLLARS = PositionSize(usd=10_000)


def selling(*rows, position=DOLLARS, scored=True):
    store(*rows)
    asset = Asset.objects.get()
    if scored:
        score_assets([asset.pk], now=NOW)
    return read_selling(DossierFacts(asset, now=NOW, own_settings=lambda: OwnSettings(position=position)))


def lost(shown):
    return {each.reason: each.usd for each in shown.sale.losses}


def test_what_it_brings_and_what_is_lost_add_up_to_its_worth():
    shown = selling(PRICE, POOL, BOOK, ContractRow(**TOLD, sell_tax_share=0.05))
    assert (shown.units, shown.size_usd, shown.sale.worth_usd) == (5_000, 10_000, 10_000)
    assert [*lost(shown)] == [BIDS, IMPACT, POOL_FEES, TAX, TAKER_FEES]
    assert shown.sale.outcome.proceeds_usd + sum(lost(shown).values()) == pytest.approx(10_000)
    assert min(lost(shown).values()) > 0
    assert sum(each.units_share for each in shown.places) == pytest.approx(1)
    assert [each.units_share for each in shown.places] == sorted(
        (each.units_share for each in shown.places), reverse=True
    )


def test_venues_that_quote_below_the_price_are_told_as_such():
    shown = selling(PRICE, replace(POOL, price_usd=Decimal("1.8")))
    assert lost(shown)[BIDS] == pytest.approx(5_000 * 0.2)
    assert shown.sale.outcome.reference_usd == pytest.approx(1.8)


def test_a_tax_that_nobody_tells_is_not_none():
    assert lost(selling(PRICE, POOL))[TAX] is None


def test_exchanges_take_fees_and_no_tax():
    assert [*lost(selling(PRICE, BOOK))] == [BIDS, IMPACT, TAKER_FEES]


def test_a_position_in_units_is_sold_as_such():
    shown = selling(PRICE, POOL, position=PositionSize(units=300))
    assert (shown.units, shown.size_usd, shown.sale.outcome.units) == (300, 600, 300)


def test_what_books_do_not_take_is_taken_by_nobody():
    shown = selling(PRICE, BOOK, position=PositionSize(units=8_000))
    assert lost(shown)[UNSOLD] == pytest.approx(2_000 * 2)
    assert not shown.sale.outcome.is_least


def test_what_a_pool_may_take_besides_is_unsure():
    unsure = selling(PRICE, RANGED, position=PositionSize(units=8_000))
    assert lost(unsure)[UNSURE] > 0
    assert unsure.at_best.proceeds_usd > unsure.sale.outcome.proceeds_usd
    assert [each.is_least for each in unsure.most] == [True, True, True]


def test_a_sale_within_what_is_known_is_exact():
    shown = selling(PRICE, RANGED, position=PositionSize(units=100))
    assert not shown.sale.outcome.is_least
    assert shown.at_best is None


def test_of_venues_of_unknown_formula_nothing_is_worked_out():
    shown = selling(PRICE, replace(POOL, pool_type=""))
    assert (shown.sale, shown.most) == (None, ())
    assert shown.at_best.proceeds_usd == pytest.approx(10_000 * 0.997)
    assert [(each.units_share, each.proceeds_usd) for each in shown.places] == [(None, None)]
    assert [each.sale for each in shown.stops] == [None] * 3
    open_ended = selling(replace(POOL, pool_type="", reserve_usd=None, address="0xb"))
    assert open_ended.at_best is None


DRAINED = replace(POOL, pool_type="", quote_reserve=Decimal(0), quote_price_usd=Decimal(1))


def cost_of(shown):
    """What the finding about the round trip says of the size of the sale."""
    return Asset.objects.get().scorecards.get().figures.get("round_trip_cost_share")


@pytest.mark.parametrize("kind", ["", "constant_product", "concentrated", "stable", "bonding_curve"])
def test_what_the_finding_calls_a_loss_of_all_is_none_that_can_be_sold(kind):
    shown = selling(PRICE, replace(DRAINED, pool_type=kind))
    assert cost_of(shown) == 1
    assert shown.venues.takes_nothing
    assert (shown.sale.outcome.proceeds_usd, shown.sale.outcome.unfilled_share) == (0, 1)
    assert lost(shown)[UNSOLD] == pytest.approx(10_000)


def test_nothing_can_be_sold_whatever_a_unit_costs(client):
    shown = selling(replace(DRAINED, price_usd=None))
    assert (cost_of(shown), shown.sale, shown.venues.takes_nothing) == (1, None, True)
    asset = Asset.objects.get()
    page = client.get(f"/assets/{asset.slug}/sections/selling/", headers={"HX-Request": "true"}).text
    assert "Nothing can be sold, whatever the size" in page
    assert (
        "not known"
        not in page.split("Venues of the sale")[0].split("Expected proceeds")[1].split("</div>")[0]
    )


def test_where_next_to_nothing_is_left_that_is_the_answer(client):
    shown = selling(PRICE, replace(DRAINED, quote_reserve=Decimal(40)))
    assert cost_of(shown) > 0.98
    assert (shown.sale, shown.is_hopeless) == (None, True)
    assert shown.at_best.proceeds_usd <= 40
    asset = Asset.objects.get()
    page = client.get(f"/assets/{asset.slug}/sections/selling/", headers={"HX-Request": "true"}).text
    assert "at most: the venues hold no more" in page
    assert "The proceeds are not known" not in page
    assert not selling(PRICE, replace(DRAINED, quote_reserve=Decimal(90_000), address="0xb")).is_hopeless


def test_beside_an_empty_pool_an_unknown_one_is_not_known():
    unknown = replace(POOL, address="0xb", pool_type="", reserve_usd=None)
    shown = selling(PRICE, DRAINED, unknown)
    assert (cost_of(shown), shown.sale, shown.venues.takes_nothing) == (None, None, False)


def test_without_venues_only_the_volume_tells():
    shown = selling(PRICE)
    assert (shown.sale, shown.at_best, shown.places) == (None, None, [])
    assert [each.days for each in shown.days] == pytest.approx([10 / 6, 1, 10 / 18])


def test_days_are_those_of_the_card_in_proportion():
    shown = selling(PRICE, POOL, position=PositionSize(usd=50_000))
    card = Asset.objects.get().scorecards.get().figures
    ten = next(each.days for each in shown.days if each.participation_share == 0.10)
    assert ten == pytest.approx(card["days_to_exit"] * 50_000 / card["position_usd"])


def test_an_asset_that_nobody_trades_is_never_sold_and_an_unknown_volume_says_nothing():
    never = selling(replace(PRICE, volume_24h_usd=Decimal(0)), BOOK)
    assert {each.days for each in never.days} == {FOREVER_DAYS}


def test_an_unknown_volume_says_nothing_of_days():
    assert {each.days for each in selling(replace(PRICE, volume_24h_usd=None), POOL).days} == {None}


def test_without_a_price_a_sum_is_no_number_of_units():
    shown = selling(replace(POOL, pool_type="", price_usd=None))
    assert shown.units != shown.units
    assert (shown.sale, shown.size_usd) == (None, 10_000)


def test_an_asset_without_a_score_is_sold_at_its_venues_prices():
    shown = selling(POOL, scored=False)
    assert shown.units == 5_000
    assert {each.days for each in shown.days} == {None}


def test_a_stop_fills_below_where_it_stands_and_its_past_is_that_of_the_bars():
    bars = bars_with_a_gap(opens="1.70", low="1.60")
    shown = selling(PRICE, POOL, *bars)
    for each in shown.stops:
        assert each.sale.slippage_share > each.stop_share
    five = shown.stops[0].history
    assert (five.days, five.reached_count, five.gaps_count) == (28, 1, 1), "the bar of today is still open"
    assert five.worst_open_share == pytest.approx(0.15)
    assert (shown.bars.provider, shown.bars.family) == ("sandbox", "candles")


def test_of_few_bars_nothing_is_said():
    shown = selling(PRICE, POOL)
    assert [each.history for each in shown.stops] == [None] * 3
    assert shown.bars is None


def test_whoever_leaves_first_takes_the_better_prices():
    holders = HolderRow(**TOLD, holder_count=90, positions=(Position(holder_type="wallet", share=0.02),))
    unlock = Unlock(unlock_at=NOW + timedelta(days=9), amount=Decimal(50_000), category="team")
    supply = SupplyRow(**TOLD, circulating=Decimal(600_000), total=Decimal(1_000_000))
    shown = selling(PRICE, POOL, supply, holders, UnlockRow(**TOLD, events=(unlock,)))
    owner, unlocked = shown.ahead
    assert owner.ahead.units == pytest.approx(20_000)
    assert 0 < unlocked.left_share < owner.left_share < 1
    assert owner.left_share == owner.sale.proceeds_usd / shown.sale.outcome.proceeds_usd


def test_of_what_is_not_sure_no_share_is_left_and_no_stop_fills():
    supply = SupplyRow(**TOLD, circulating=Decimal(600_000), total=Decimal(600_000))
    schedule = UnlockRow(**TOLD, complete=True)
    shown = selling(PRICE, RANGED, supply, schedule, position=PositionSize(units=9_000))
    assert [(each.ahead.units, each.left_share) for each in shown.ahead] == [(0, None)]
    assert shown.ahead[0].sale.is_least
    assert [each.sale for each in shown.stops] == [None] * 3


def test_a_sale_without_a_price_of_the_asset_says_so():
    assert not selling(BOOK).has_price
    assert selling(PRICE).has_price
