from datetime import timedelta

import numpy as np
import pytest

from assets.sourcing.rows import AssetRef, CapitalRow
from screener.services.market.closes import open_days_between, read_closes
from screener.services.market.due_days import number_of
from tests.factories.market import observe
from tests.screener.services.market.traded import LAST, NOW, bars, trade

pytestmark = pytest.mark.django_db

END = number_of(LAST.date())


def closes_of(assets, *, kind="token", days=5, last=END):
    found = read_closes([each.pk for each in assets], kind=kind, first=last + 1 - days, last=last, now=NOW)
    return np.exp(found.log_closes).round(9)


def test_each_asset_has_a_row_and_each_open_day_a_column():
    assets = trade(["One", "Two"], {"One": [1, 2, 3, 4, 5, 6], "Two": [7, None, 9]})
    np.testing.assert_array_equal(closes_of(assets), [[2, 3, 4, 5, 6], [np.nan, np.nan, 7, np.nan, 9]])


def test_what_came_after_the_last_day_is_not_read():
    assets = trade(["One"], {"One": [1, 2, 3]})
    np.testing.assert_array_equal(closes_of(assets, days=2, last=END - 1), [[1, 2]])


def test_shares_have_no_column_on_a_weekend():
    monday = number_of(LAST.date()) - 1
    assert open_days_between(monday - 3, monday, kind="equity").tolist() == [monday - 3, monday]
    assets = trade(["Corp"], {"Corp": [1, 2, 3, 4, 5]}, kind="equity")  # Friday to Tuesday
    np.testing.assert_array_equal(closes_of(assets, kind="equity", days=5), [[1, 4, 5]])


def test_a_day_without_a_trade_has_no_close():
    (asset,) = trade(["One"], {"One": [1, 2]})
    ref = AssetRef(kind="token", identifiers=(("coingecko", "one"),))
    observe(*bars(ref, [2], volume_usd=0), family="candles", at=NOW, provider="coingecko")
    np.testing.assert_array_equal(closes_of([asset], days=2), [[1, np.nan]])


def test_a_split_is_no_return():
    """Ten shares become of one; the history was not adjusted for it."""
    (asset,) = trade(["Corp"], {"Corp": [100, 100, 100, 100, 10]}, kind="equity", score=False)
    split = CapitalRow(
        asset=AssetRef(kind="equity", identifiers=(("ticker", "corp"),)),
        as_of=LAST,
        event="split",
        happened_on=LAST.date(),
        ratio=10.0,
        evidence="reported",
    )
    observe(split, family="capital", at=NOW, provider="edgar")
    np.testing.assert_array_equal(closes_of([asset], kind="equity"), [[10, 10, 10]])
    before = read_closes([asset.pk], kind="equity", first=END - 4, last=END - 1, now=NOW)
    assert before.has_changed_units.tolist() == [True]
    after = read_closes([asset.pk], kind="equity", first=END - 4, last=END, now=NOW + timedelta(hours=1))
    assert after.has_changed_units.tolist() == [False]
