from datetime import timedelta
from decimal import Decimal

from assets.models import Asset
from assets.services.ruling import rule
from assets.services.undoing import undo_import
from assets.sheets.rulings import Ruling
from assets.sourcing.rows import SupplyRow
from tests.factories.example import make_ref
from tests.factories.market import NOW, observe

RULING = Ruling(
    family="supply", field="circulating", value=Decimal(900), as_of=NOW, reason="Seen.", seen=(100.0,)
)


def test_a_ruling_and_that_it_was_taken_back(db, entries, django_user_model):
    root = django_user_model.objects.create_user("root", is_staff=True)
    observe(SupplyRow(asset=make_ref(), as_of=NOW, circulating=Decimal(100)), provider="coingecko")
    asset = Asset.objects.get()
    run = rule(asset=asset, ruling=RULING, user=root, now=NOW + timedelta(hours=1))
    assert [(each.is_taken_back, each.ruling.value) for each in entries(asset, "ruling")] == [(False, 900)]
    undo_import(run=run, user=root)
    assert [each.is_taken_back for each in entries(asset, "ruling")] == [True, False]
    assert entries(asset, "ruling", as_of=NOW) == []
