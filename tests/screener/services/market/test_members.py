import numpy as np
import pandas as pd
import pytest

from screener.services.market import members as module
from screener.services.market.members import counted_members, read_members
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


def test_the_newest_scorecard_of_each_asset_counts():
    one, other = make_asset("One", sector="Games"), make_asset("Other", kind="equity")
    make_card(one, figures={"market_cap_usd": 1e6})
    make_card(one, figures={"market_cap_usd": 2e6, "price_usd": 0.5}, tier="small")
    make_card(other, figures={}, tier="")
    found = read_members()
    assert found.rows.loc[one.pk, ["kind", "sector", "tier"]].tolist() == ["token", "Games", "small"]
    assert found.rows.loc[one.pk, ["market_cap_usd", "price_usd"]].tolist() == [2e6, 0.5]
    assert np.isnan(found.rows.loc[other.pk, ["market_cap_usd", "price_usd"]].astype(float)).all()
    assert [*found.of_kind("equity").index] == [other.pk]
    assert not found.fictional


def test_invented_assets_count_as_long_as_there_are_no_others():
    invented = make_asset("Invented", fictional=True)
    make_card(invented)
    assert (read_members().fictional, [*read_members().rows.index]) == (True, [invented.pk])
    real = make_asset("Real")
    make_card(real)
    assert (read_members().fictional, [*read_members().rows.index]) == (False, [real.pk])


def test_nobody_is_no_invented_market():
    assert read_members().rows.empty
    assert not read_members().fictional


def capitalised(caps):
    return pd.DataFrame({"market_cap_usd": caps}, index=range(1, len(caps) + 1))


def test_who_has_no_market_cap_is_not_counted():
    assert [*counted_members(capitalised([1e6, np.nan, 5e9]), kind="token").index] == [1, 3]


def test_of_very_many_a_sample_of_micro_caps_is_counted_that_stays(monkeypatch):
    monkeypatch.setattr(module, "MOST_MEMBERS", 100)
    rows = capitalised([5e9, 5e8, *[1e6 + place for place in range(998)]])
    sample = counted_members(rows, kind="token")
    assert len(sample) == 100
    assert {1, 2} <= {*sample.index}, "all that are larger"
    assert sample.index.is_monotonic_increasing
    assert 300 < sample.index.to_numpy().mean() < 700, "from all of them"
    more = counted_members(capitalised([*rows["market_cap_usd"], *[2e6] * 20]), kind="token")
    assert len({*more.index} & {*sample.index}) > 90
