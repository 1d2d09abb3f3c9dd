import numpy as np
import pytest

from screener.services.market.members import read_members
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
