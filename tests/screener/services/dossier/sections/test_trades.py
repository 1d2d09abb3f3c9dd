from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import TradeRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.trades import read_trades
from tests.factories.example import NOW, make_ref, store

pytestmark = pytest.mark.django_db


def test_without_a_trade_there_is_nothing_to_show():
    assert read_trades(DossierFacts(Asset.objects.create(kind="token", slug="bare"))) is None


def test_trades_are_shown():
    store(TradeRow(asset=make_ref(), as_of=NOW, market="m", reference="1", side="buy", price_usd=Decimal(2)))
    section = read_trades(DossierFacts(Asset.objects.get()))
    assert [(each.side, each.price_usd) for each in section.trades] == [("buy", 2)]
