import numpy as np
import pytest

from screener.models import Watchlist
from screener.services.market import watchlists_in_market as module
from screener.services.market.history import read_history
from screener.services.market.watchlists_in_market import watchlists_in_market
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card
from tests.screener.services.market.traded import NOW, store_days, trade

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(django_user_model):
    UNIVERSE.forget()
    return django_user_model.objects.create_user("ana")


def listed(owner, name, assets):
    watchlist = Watchlist.objects.create(owner=owner, name=name)
    for asset in assets:
        watchlist.entries.create(asset=asset)


def rows_of(person):
    return watchlists_in_market(person, read_history(now=NOW), now=NOW).rows


def test_a_list_stands_beside_the_market(ana):
    store_days(60)
    rising = [1.0] * 40 + [2.0]
    flat = [None, *[1.0] * 40]
    listed(ana, "Mine", trade(["Up", "Flat"], {"Up": rising, "Flat": flat}))
    (row,) = rows_of(ana)
    assert (row.name, row.kind, row.assets, row.returning) == ("Mine", "token", 2, 2)
    assert row.tiers == (("micro", 2),)
    assert row.return_share == pytest.approx(np.sqrt(2) - 1)
    market = read_history(now=NOW).kinds["token"].returns("all")[-30:].sum()
    assert row.market_return_share == pytest.approx(np.exp(market) - 1)


def test_kinds_have_rows_of_their_own_and_unpriced_assets_no_return(ana):
    store_days(60)
    bare, share = make_asset("Bare"), make_asset("Corp", kind="equity")
    make_card(bare, tier="")
    make_card(share, tier="nano")
    make_asset("Unscored")
    listed(ana, "Mine", [bare, share])
    token, equity = rows_of(ana)
    assert (token.tiers, token.returning, token.return_share) == ((("", 1),), 0, None)
    assert (equity.kind, equity.tiers) == ("equity", (("nano", 1),))


def test_prices_that_begin_within_the_month_are_no_return(ana):
    store_days(60)
    listed(ana, "Mine", trade(["New"], {"New": [1.0] * 20}))
    assert rows_of(ana)[0].returning == 0


def test_lists_of_others_are_theirs(ana, django_user_model):
    store_days(60)
    listed(django_user_model.objects.create_user("zoe"), "Hers", trade(["Up"], {"Up": [1.0] * 40}))
    assert rows_of(ana) == ()


def test_what_is_too_much_for_a_page_is_left_out(ana, monkeypatch):
    monkeypatch.setattr(module, "MOST_LISTS", 1)
    monkeypatch.setattr(module, "MOST_ASSETS", 1)
    store_days(60)
    closes = {name: [1.0] * 40 for name in ("One", "Two", "Three")}
    one, two, three = trade(closes, closes)
    listed(ana, "First", [one, two])
    listed(ana, "Second", [three])
    found = watchlists_in_market(ana, read_history(now=NOW), now=NOW)
    assert (found.lists_left_out, found.assets_left_out) == (1, 1)
    assert [(row.assets, row.returning) for row in found.rows] == [(2, 1)]
