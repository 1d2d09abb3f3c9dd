from dataclasses import replace
from decimal import Decimal

import pytest

from assets.metrics.planning.bounds import ACCOUNT, DEPTH, EDGE, FORMULAS, PARTICIPATION, RISK
from assets.metrics.planning.ladder import RISING
from assets.models import Asset
from assets.sourcing.rows import MarketRow
from screener.models import Scorecard
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.plan_terms import AskedPlan, MoneyOrShare, PlanTerms
from screener.services.dossier.sections.plan import TITLES, read_plan
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import fill_example, store
from tests.screener.services.dossier.sections.priced_pool import NOW, POOL, PRICE, TOLD, bars_with_a_gap

pytestmark = pytest.mark.django_db

STOPPED = PlanTerms(account_usd=50_000, stop=MoneyOrShare(share=0.15))


def section(*rows, terms=STOPPED, clear=True):
    """The plan of an asset of these facts. No gate of it is open or unverified if `clear`."""
    store(*rows)
    asset = Asset.objects.get()
    score_assets([asset.pk], now=NOW)
    if clear:
        Scorecard.objects.filter(asset=asset).update(gates_open=[], gates_unverified=[])
    return read_plan(DossierFacts(asset, now=NOW, asked_plan=AskedPlan(terms=terms)))


def planned(*rows, **more):
    return section(*rows, **more).plan


def bounds(plan):
    return {each.name: each.usd for each in plan.bounds}


def test_each_bound_has_a_title():
    assert {*TITLES} == {*FORMULAS}


def test_the_least_bound_decides_and_each_is_shown():
    plan = planned(PRICE, POOL)
    depth = Scorecard.objects.get().figures["depth_down_usd"]
    assert bounds(plan) == {
        RISK: pytest.approx(50_000 * 0.01 / 0.15),
        PARTICIPATION: 10_000,
        DEPTH: pytest.approx(0.10 * depth),
        ACCOUNT: 50_000,
    }
    (least,) = [each for each in plan.bounds if each.is_least]
    assert least is plan.bounds[0]
    assert plan.size_usd == least.usd == min(bounds(plan).values())
    assert plan.loss_usd == pytest.approx(plan.size_usd * 0.15)
    assert plan.is_clear


def test_a_gate_that_is_not_clear_makes_all_of_it_a_loss():
    plan = planned(PRICE, POOL, clear=False)
    assert plan.gates_unverified
    assert not plan.is_clear
    assert bounds(plan)[RISK] == pytest.approx(500)
    assert plan.loss_usd == plan.size_usd


def test_without_a_stop_all_of_it_can_be_lost():
    plan = planned(PRICE, POOL, terms=PlanTerms(account_usd=50_000))
    assert (plan.stop_usd, plan.at_stop) == (0, None)
    assert plan.loss_usd == plan.size_usd


def test_an_edge_bounds_only_where_it_is_stated():
    assert EDGE not in bounds(planned(PRICE, POOL))
    stated = replace(STOPPED, win_share=0.5, payoff_ratio=2.0)
    asset = Asset.objects.get()
    plan = read_plan(DossierFacts(asset, now=NOW, asked_plan=AskedPlan(terms=stated))).plan
    assert bounds(plan)[EDGE] == pytest.approx(50_000 * 0.25 * 0.25)


def test_bad_odds_leave_nothing_to_buy():
    plan = planned(PRICE, POOL, terms=replace(STOPPED, win_share=0.2, payoff_ratio=1.0))
    assert (plan.size_usd, plan.units, plan.steps) == (0, 0, ())


def test_bounds_that_nobody_knows_come_last_and_are_named():
    plan = planned(replace(PRICE, volume_24h_usd=None))
    assert {*plan.unknown} == {PARTICIPATION, DEPTH}
    assert [each.usd is None for each in plan.bounds] == [False, False, True, True]
    assert plan.size_usd == pytest.approx(50_000 * 0.01 / 0.15)
    assert plan.steps[0].exit is None
    assert plan.steps[0].impact_share is None


def test_orders_spend_all_of_it_and_the_average_goes_down():
    terms = replace(STOPPED, steps=4, spacing_share=0.1, weights=RISING)
    plan = planned(PRICE, POOL, terms=terms)
    assert sum(each.spend_usd for each in plan.steps) == pytest.approx(plan.size_usd)
    assert [each.price_usd for each in plan.steps] == pytest.approx([2, 1.8, 1.62, 1.458])
    assert plan.average_usd == pytest.approx(plan.size_usd / plan.units)
    assert [each.is_beyond_stop for each in plan.steps] == [False, False, True, True]
    assert all(each.impact_share < 0 for each in plan.steps)
    assert all(each.exit.together.proceeds_usd < each.held_units * each.price_usd for each in plan.steps)


def test_a_stop_loses_more_than_its_distance_and_only_what_was_bought_above_it():
    plan = planned(PRICE, POOL, terms=replace(STOPPED, steps=2, spacing_share=0.2))
    assert plan.at_stop.fall_share == pytest.approx(0.15)
    assert plan.at_stop.planned_loss_usd == pytest.approx(plan.steps[0].spend_usd * 0.15)
    assert plan.at_stop.sale.units == pytest.approx(plan.steps[0].units)
    assert plan.at_stop.loss_usd > plan.at_stop.planned_loss_usd
    assert plan.at_stop.history is None


def test_the_past_of_such_a_stop_is_that_of_the_bars():
    bars = bars_with_a_gap(opens="1.60", low="1.50")
    history = planned(PRICE, POOL, *bars).at_stop.history
    assert (history.reached_count, history.gaps_count) == (1, 1)
    assert history.worst_open_share == pytest.approx(0.2)


def test_a_stop_above_the_market_has_no_fill():
    terms = replace(STOPPED, entry_usd=4.0, stop=MoneyOrShare(usd=3.0))
    assert planned(PRICE, POOL, terms=terms).at_stop is None


def test_what_the_price_rules_out_is_told_at_its_field():
    above = section(PRICE, POOL, terms=replace(STOPPED, stop=MoneyOrShare(usd=2.0)))
    assert (above.plan, [*above.problems]) == (None, ["stop"])


def test_without_a_price_the_entry_has_to_be_named():
    assert [*section(MarketRow(**TOLD, volume_24h_usd=Decimal(5))).problems] == ["entry"]


def test_nothing_is_worked_out_while_nothing_is_asked():
    shown = read_plan(DossierFacts(fill_example()))
    assert (shown.plan, shown.problems, shown.sources) == (None, {}, None)
    assert shown.price_usd is not None


def test_an_asset_without_a_score_counts_as_unchecked():
    store(PRICE, POOL)
    terms = replace(STOPPED, entry_usd=2.0)
    plan = read_plan(DossierFacts(Asset.objects.get(), now=NOW, asked_plan=AskedPlan(terms=terms))).plan
    assert not plan.is_scored
    assert plan.loss_usd == plan.size_usd == pytest.approx(500)
