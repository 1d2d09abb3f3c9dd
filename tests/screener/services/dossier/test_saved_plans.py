from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import CandleRow, CapitalRow
from screener.models import Plan
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.plan_terms import AskedPlan, MoneyOrShare, PlanTerms
from screener.services.dossier.saved_plans import (
    ORDER_COLUMNS,
    order_rows,
    orders_of,
    progress_of,
    save_plan,
    shown_orders,
)
from screener.services.dossier.sections.plan import read_plan
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import make_ref, store
from tests.screener.services.dossier.sections.priced_pool import NOW, POOL, PRICE

pytestmark = pytest.mark.django_db

ASKED = AskedPlan(
    typed={"account": "50k", "stop": "15%"},
    terms=PlanTerms(account_usd=50_000, stop=MoneyOrShare(share=0.15), steps=3, spacing_share=0.05),
)


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def planned(ana):
    """A ladder of three orders from 2 USD down, with a stop 15 % below the first."""
    store(PRICE, POOL)
    asset = Asset.objects.get()
    score_assets([asset.pk], now=NOW)
    plan = read_plan(DossierFacts(asset, now=NOW, asked_plan=ASKED)).plan
    return save_plan(user=ana, asset=asset, asked=ASKED, planned=plan, now=NOW), plan


def later(day, low, close="1.95", opened="1.97"):
    return CandleRow(
        asset=make_ref(),
        as_of=NOW.replace(hour=0) + timedelta(days=day),
        open_usd=Decimal(opened),
        high_usd=Decimal(2),
        low_usd=Decimal(low),
        close_usd=Decimal(close),
        volume_usd=Decimal(9),
    )


def test_a_plan_is_kept_as_it_was_worked_out(planned):
    saved, plan = planned
    kept = Plan.objects.get()
    assert kept == saved
    assert kept.terms == {"account": "50k", "stop": "15%"}
    assert (kept.size_usd, kept.loss_usd, kept.stop_usd) == (plan.size_usd, plan.loss_usd, pytest.approx(1.7))
    assert kept.is_clear is plan.is_clear
    orders = orders_of(kept)
    assert orders.price_usd.tolist() == [each.price_usd for each in plan.steps]
    assert (orders.price_usd * orders.units).sum() == pytest.approx(plan.size_usd)


def test_a_plan_that_buys_nothing_is_not_kept(planned, ana):
    saved, plan = planned
    with pytest.raises(ValueError, match="nothing to be bought"):
        save_plan(user=ana, asset=saved.asset, asked=ASKED, planned=replace(plan, steps=()), now=NOW)


def test_it_is_held_against_the_prices_after_it(planned):
    saved, plan = planned
    store(later(-1, "1.0"), later(1, "1.85"), later(2, "1.92"))
    (made,) = progress_of([saved], now=NOW + timedelta(days=3)).values()
    assert [each is not None for each in made.filled_on] == [True, True, False]
    assert made.last_usd == pytest.approx(1.95)
    assert made.spent_usd == pytest.approx(sum(each.spend_usd for each in plan.steps[:2]))
    shown = shown_orders(orders_of(saved), made)
    assert [each.filled_on for each in shown] == [*made.filled_on]
    assert sum(each.amount_usd for each in shown) == pytest.approx(saved.size_usd)


def test_the_day_that_is_still_open_does_not_count(planned):
    saved, _plan = planned
    store(later(1, "1.85"))
    (made,) = progress_of([saved], now=NOW + timedelta(days=1)).values()
    assert made.last_on is None


def test_a_split_after_it_changes_the_units_and_not_the_money(planned):
    saved, plan = planned
    day = (NOW + timedelta(days=2)).date()
    store(
        later(1, "1.98"),
        CapitalRow(asset=make_ref(), as_of=NOW, event="redenomination", ratio=10.0, happened_on=day),
        later(3, "0.185", close="0.19", opened="0.196"),
    )
    made = progress_of([saved], now=NOW + timedelta(days=4))[saved.pk]
    assert made.filled_on[0] is not None
    assert made.spent_usd == pytest.approx(sum(each.spend_usd for each in plan.steps[:2]))
    assert made.units == pytest.approx(10 * sum(each.units for each in plan.steps[:2]))


def test_no_plan_has_no_progress():
    assert progress_of([], now=NOW) == {}


def test_each_order_is_a_row_of_the_export(planned):
    saved, plan = planned
    found = [*order_rows([saved])]
    assert len(found) == len(plan.steps)
    assert {len(row) for row in found} == {len(ORDER_COLUMNS)}
    first = dict(zip(ORDER_COLUMNS, found[0], strict=True))
    assert first["planned_at"] == "2026-01-02T12:00:00+00:00"
    assert first["amount_usd"] == pytest.approx(first["price_usd"] * first["units"])
