from datetime import timedelta

import pytest

from screener.models import MarketCensus
from screener.services.market.census import MOST_SECTORS, newest_count, take_census
from screener.services.market.members import read_members
from tests.factories.scorecards import make_asset, make_card
from tests.screener.services.market.traded import NOW

pytestmark = pytest.mark.django_db


def scored(name, *, cap=None, tier="micro", **asset):
    figures = {} if cap is None else {"market_cap_usd": cap}
    make_card(make_asset(name, **asset), figures=figures, tier=tier)


def counted(**wanted):
    rows = MarketCensus.objects.filter(**wanted).order_by("kind", "sector", "tier")
    return list(rows.values_list("kind", "sector", "tier", "assets", "capitalised", "market_cap_usd"))


def test_assets_are_counted_by_kind_tier_and_sector():
    scored("One", cap=1e6, sector="Games")
    scored("Two", cap=2e6, sector="Games")
    scored("Three", sector="Games")
    scored("Four", cap=5e9, tier="mid")
    scored("Five", tier="", kind="equity")
    take_census(read_members(), now=NOW)
    assert counted() == [
        ("equity", "", "", 1, 0, None),
        ("token", "", "micro", 3, 2, 3e6),
        ("token", "", "mid", 1, 1, 5e9),
        ("token", "Games", "micro", 3, 2, 3e6),
    ]


def test_a_later_census_of_the_day_takes_the_place_of_the_earlier():
    scored("One", cap=1e6, sector="Games")
    take_census(read_members(), now=NOW)
    scored("Two", cap=2e6, tier="small")
    for hours in (1, 1):
        take_census(read_members(), now=NOW + timedelta(hours=hours))
    assert [row[2:4] for row in counted(sector="")] == [("micro", 1), ("small", 1)]
    take_census(read_members(), now=NOW + timedelta(days=1))
    assert MarketCensus.objects.values("day").distinct().count() == 2
    assert newest_count() == 2


def test_a_group_that_is_empty_by_now_is_gone():
    assert newest_count() == 0
    asset = make_asset("One")
    make_card(asset, tier="micro")
    take_census(read_members(), now=NOW)
    make_card(asset, tier="small")
    take_census(read_members(), now=NOW + timedelta(hours=1))
    assert [row[2] for row in counted()] == ["small"]


def test_of_many_sectors_the_largest_are_counted():
    for place in range(MOST_SECTORS + 3):
        scored(f"Coin {place}", cap=1e6, sector=f"Sector {place:02}", slug=f"coin-{place}")
    scored("More", cap=1e6, sector="Sector 22")
    take_census(read_members(), now=NOW)
    sectors = [row[1] for row in counted() if row[1]]
    assert len(sectors) == MOST_SECTORS
    assert "Sector 22" in sectors
    assert counted(sector="")[0][3] == MOST_SECTORS + 4
