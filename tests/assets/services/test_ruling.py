from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, FundamentalsSnapshot, HolderSnapshot, Observation, SupplySnapshot
from assets.services.importing import ImportRefusedError
from assets.services.reading.facts import facts_of
from assets.services.ruling import rule, rulings_on
from assets.services.undoing import undo_import
from assets.sheets.rulings import Ruling
from assets.sourcing import rows as told
from tests.factories.example import NOW, make_ref
from tests.factories.market import observe

pytestmark = pytest.mark.django_db

RULING = Ruling(
    family="supply", field="circulating", value=Decimal(900), as_of=NOW, reason="Seen.", seen=(100.0,)
)


@pytest.fixture
def root(django_user_model):
    return django_user_model.objects.create_user("root", is_staff=True)


def stored(*rows, provider="coingecko"):
    observe(*rows, at=NOW, provider=provider)
    return Asset.objects.get()


@pytest.fixture
def asset():
    return stored(told.SupplyRow(asset=make_ref(), as_of=NOW, circulating=Decimal(100), total=Decimal(950)))


def test_a_ruling_says_who_when_and_why(asset, root):
    rule(asset=asset, ruling=RULING, user=root, now=NOW + timedelta(hours=1))
    [past] = rulings_on(asset)
    assert (past.family, past.field, past.value) == ("supply", "circulating", 900)
    assert (past.author, past.reason, past.ruled_at) == ("root", "Seen.", NOW + timedelta(hours=1))
    row = SupplySnapshot.objects.get(provider="analyst")
    assert (row.observation_id, row.circulating, row.total) == (past.observation_id, 900, None)
    assert row.observation.payload.body == RULING.body


def test_the_same_is_ruled_once_and_another_value_again(asset, root):
    rule(asset=asset, ruling=RULING, user=root)
    with pytest.raises(ImportRefusedError, match="already"):
        rule(asset=asset, ruling=replace(RULING, reason="Seen twice."), user=root)
    rule(asset=asset, ruling=replace(RULING, value=Decimal(800)), user=root)
    rule(asset=asset, ruling=replace(RULING, value=Decimal(800), seen=(100.0, 900.0)), user=root)
    assert [each.value for each in rulings_on(asset)] == [800, 800, 900]
    assert SupplySnapshot.objects.filter(provider="analyst").count() == 3
    assert facts_of([asset.pk], now=NOW).supply["circulating"].tolist() == [800]


def test_an_undone_ruling_can_be_given_again(asset, root):
    undo_import(run=rule(asset=asset, ruling=RULING, user=root), user=root, now=NOW)
    assert rulings_on(asset) == []
    assert facts_of([asset.pk], now=NOW).supply["circulating"].tolist() == [100]
    rule(asset=asset, ruling=RULING, user=root)
    assert facts_of([asset.pk], now=NOW).supply["circulating"].tolist() == [900]


def test_an_asset_without_a_name_is_refused(root):
    with pytest.raises(ImportRefusedError, match="no identifier"):
        rule(asset=Asset.objects.create(kind="token", slug="nameless"), ruling=RULING, user=root)
    assert not Observation.objects.exists()


def test_a_number_of_holders_says_nothing_of_the_list(root):
    listed = (told.Position(address="0x1", share=0.25, holder_type="other"),)
    asset = stored(
        told.HolderRow(asset=make_ref(), as_of=NOW, holder_count=1, top_ten_share=0.3, positions=listed),
        provider="blockscout",
    )
    ruling = replace(RULING, family="holders", field="holder_count", value=Decimal(12), seen=(1.0,))
    rule(asset=asset, ruling=ruling, user=root)
    assert HolderSnapshot.objects.get(provider="analyst").holder_count == 12
    facts = facts_of([asset.pk], now=NOW)
    assert facts.holders[["holder_count", "top_ten_share"]].to_numpy().tolist() == [[12, 0.3]]
    assert facts.positions["share"].tolist() == [0.25]


def test_a_figure_of_a_report_is_ruled_within_it(root):
    ref, ended_on = make_ref(kind="equity", identifiers=(("cik", "77"),)), date(2025, 12, 31)
    report = {"period_ends_on": ended_on, "form": "10-K", "accession": "0001-26-1"}
    asset = stored(
        told.FundamentalsRow(asset=ref, as_of=NOW, debt_usd=Decimal(4_000), cash_usd=Decimal(7), **report),
        provider="sec_data",
    )
    rule(
        asset=asset,
        ruling=replace(
            RULING, family="fundamentals", field="debt_usd", value=Decimal(4), seen=(4_000.0,), report=report
        ),
        user=root,
    )
    row = FundamentalsSnapshot.objects.get(provider="analyst")
    assert {name: getattr(row, name) for name in report} == report
    found = facts_of([asset.pk], now=NOW).fundamentals
    assert found[["debt_usd", "cash_usd"]].to_numpy().tolist() == [[4, 7]]
    later = {**report, "period_ends_on": date(2026, 12, 31), "accession": "0001-27-1"}
    observe(
        told.FundamentalsRow(asset=ref, as_of=NOW + timedelta(days=365), cash_usd=Decimal(9), **later),
        at=NOW + timedelta(days=365),
        provider="sec_data",
    )
    facts = facts_of([asset.pk], now=NOW + timedelta(days=366))
    assert facts.fundamentals["debt_usd"].isna().all(), "a ruling is of its period"
    assert facts.fundamentals_year_ago["cash_usd"].tolist() == [7], "it doesn't stand for the report"
