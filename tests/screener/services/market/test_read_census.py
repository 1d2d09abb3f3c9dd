from datetime import timedelta

import pytest

from screener.screens.screen import read_screen
from screener.services.market.read_census import read_census
from tests.screener.services.market.traded import LAST, NOW, store_census

pytestmark = pytest.mark.django_db


def row_of(census, kind, sector):
    return next(each for each in census.kinds[kind].rows if each.sector == sector)


def test_the_newest_census_stands_by_tier_and_sector():
    store_census(0, 40)
    census = read_census(now=NOW)
    assert (census.day, census.before) == (LAST.date(), (LAST - timedelta(days=40)).date())
    tokens = census.kinds["token"]
    assert tokens.tiers == ("micro", "small", "mid", "large")
    assert [each.sector for each in tokens.rows] == ["", "Games", 'Say "hi"']
    games = row_of(census, "token", "Games")
    assert [each and each.assets for each in games.cells] == [30, 60, None, None, None]
    assert (games.total.assets, games.total.capitalised) == (90, 88)
    assert games.total.market_cap_usd == pytest.approx(30 * 20e6 + 60 * 400e6)


def test_changes_are_against_a_month_before():
    store_census(0, 10, 31, 60)
    census = read_census(now=NOW)
    assert census.before == (LAST - timedelta(days=31)).date()
    everything = row_of(census, "token", "")
    assert everything.more_assets == (120 - 89) * 3
    assert everything.cap_change_share == pytest.approx(120 / 89 - 1)


def test_without_an_older_census_no_change_is_told():
    store_census(0, 10)
    census = read_census(now=NOW)
    assert census.before is None
    assert row_of(census, "token", "").more_assets is None
    assert row_of(census, "token", "").cap_change_share is None


def test_each_cell_leads_to_its_screen():
    from urllib.parse import parse_qs, urlsplit

    store_census(0)
    cell = row_of(read_census(now=NOW), "equity", 'Say "hi"').cells[0]
    params = parse_qs(urlsplit(cell.address).query)
    screen, problems = read_screen(params)
    assert (screen.query, problems) == (r'kind:equity sector:"Say \"hi\"" tier:nano', ())


def test_caps_are_a_line_a_tier_from_two_days_on():
    store_census(0, 10, 20)
    caps = read_census(now=NOW).kinds["equity"].caps
    assert [each.name for each in caps.lines] == ["Nano", "Micro", "Large"]
    assert caps.lines[0].values == pytest.approx((100 * 20e6, 110 * 20e6, 120 * 20e6))
    assert caps.missing == ("Small", "Mid")
    assert caps.chart is not None


def test_one_census_is_no_line_and_none_is_none():
    assert read_census(now=NOW).day is None
    store_census(0)
    assert read_census(now=NOW).kinds["equity"].caps.chart is None
