from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from assets.models import Asset
from screener.models import Scorecard, Watchlist
from screener.models.owned import NameTakenError
from screener.services.desk import watchlists
from screener.services.desk.watchlists import create_watchlist, set_star, watch, watched_assets
from tests.factories.scorecards import make_unrated_card


@pytest.fixture
def ana(django_user_model, db):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model, db):
    return django_user_model.objects.create_user("ben")


def make_asset(slug, **changes):
    return Asset.objects.create(
        **{"kind": "token", "slug": slug, "name": slug.title(), "symbol": "X", **changes}
    )


def score(asset, total, **changes):
    return Scorecard.objects.create(
        **{
            "asset": asset,
            "checklist_version": "1",
            "scored_at": datetime(2026, 1, 2, tzinfo=UTC),
            "total": total,
            "total_low": total,
            "total_high": total,
            "coverage": 1,
            "grade": "B",
            **changes,
        }
    )


@pytest.fixture
def alpha(db):
    return make_asset("alpha")


def names(user):
    return list(Watchlist.objects.of(user).values_list("name", flat=True))


def test_two_people_may_use_one_name_and_one_person_may_not(ana, ben):
    create_watchlist(user=ana, name="Gems")
    create_watchlist(user=ben, name="Gems")
    with pytest.raises(NameTakenError, match="Gems"):
        create_watchlist(user=ana, name="Gems")
    assert names(ana) == ["Gems"]


def test_renaming_to_a_taken_name_is_refused(ana):
    create_watchlist(user=ana, name="Gems")
    other = create_watchlist(user=ana, name="Coal")
    with pytest.raises(NameTakenError):
        watchlists.rename_watchlist(watchlist=other, name="Gems")
    watchlists.rename_watchlist(watchlist=other, name="Stones")
    assert names(ana) == ["Gems", "Stones"]


def test_deleting_keeps_the_assets_for_the_return(ana, alpha):
    gems = create_watchlist(user=ana, name="Gems")
    watch(watchlist=gems, asset=alpha)
    gems.soft_delete()
    assert names(ana) == []
    gems.restore()
    assert names(ana) == ["Gems"]
    assert gems.entries.count() == 1


def test_a_list_whose_name_was_taken_comes_back_with_a_number(ana):
    for _number in range(3):
        create_watchlist(user=ana, name="x" * 80).soft_delete()
    for deleted in Watchlist.objects.filter(owner=ana):
        deleted.restore()
    assert sorted(names(ana)) == ["x" * 76 + " (2)", "x" * 76 + " (3)", "x" * 80]


def test_the_first_star_makes_the_list_and_the_second_takes_it_away(ana, alpha):
    assert set_star(user=ana, asset=alpha) is True
    assert names(ana) == ["Watchlist"]
    assert watchlists.watched_asset_ids(ana) == {alpha.pk}
    assert set_star(user=ana, asset=alpha) is False
    assert watchlists.watched_asset_ids(ana) == set()


def test_a_star_told_twice_stays(ana, alpha):
    assert set_star(user=ana, asset=alpha, watched=True)
    assert set_star(user=ana, asset=alpha, watched=True)
    assert watchlists.watched_asset_ids(ana) == {alpha.pk}
    assert not set_star(user=ana, asset=alpha, watched=False)
    assert not set_star(user=ana, asset=alpha, watched=False)


def test_stars_stay_with_the_oldest_list_whatever_its_name(ana, alpha):
    set_star(user=ana, asset=alpha)
    watchlists.rename_watchlist(watchlist=Watchlist.objects.get(), name="Zebra")
    create_watchlist(user=ana, name="Aardvark")
    assert watchlists.watched_asset_ids(ana) == {alpha.pk}
    taking = {each.name: each.takes_stars for each in watchlists.watchlists_of(ana)}
    assert taking == {"Aardvark": False, "Zebra": True}


def test_a_star_goes_to_the_oldest_list(ana, alpha):
    oldest, newest = (create_watchlist(user=ana, name=name) for name in ("Old", "New"))
    set_star(user=ana, asset=alpha)
    assert watched_assets(watchlist=oldest)
    assert not watched_assets(watchlist=newest)
    assert watchlists.watched_asset_ids(ana) == {alpha.pk}


def test_stars_are_read_in_one_query(ana, alpha, django_assert_num_queries):
    set_star(user=ana, asset=alpha)
    with django_assert_num_queries(1):
        watchlists.watched_asset_ids(ana)
    with django_assert_num_queries(0):
        assert watchlists.watched_asset_ids(AnonymousUser()) == set()


def test_lists_are_counted_in_one_query(ana, alpha, django_assert_num_queries):
    gems = create_watchlist(user=ana, name="Gems")
    create_watchlist(user=ana, name="Empty")
    watch(watchlist=gems, asset=alpha)
    watch(watchlist=gems, asset=alpha)
    watch(watchlist=gems, asset=make_asset("beta"))
    with django_assert_num_queries(1):
        counts = {each.name: each.asset_count for each in watchlists.watchlists_of(ana)}
    assert counts == {"Gems": 2, "Empty": 0}
    assert not watchlists.watchlists_of(AnonymousUser())


def test_choosing_lists_touches_only_my_own(ana, ben, alpha):
    one, two = create_watchlist(user=ana, name="One"), create_watchlist(user=ana, name="Two")
    theirs = create_watchlist(user=ben, name="Theirs")
    watch(watchlist=one, asset=alpha)
    watchlists.choose_watchlists(user=ana, asset=alpha, chosen=[two.pk, theirs.pk])
    assert {each.name: each.holds for each in watchlists.lists_holding(user=ana, asset=alpha)} == {
        "One": False,
        "Two": True,
    }
    assert not theirs.entries.exists()
    watchlists.choose_watchlists(user=ana, asset=alpha, chosen=[two.pk, one.pk])
    assert one.entries.count() == two.entries.count() == 1


@pytest.fixture
def filled(ana):
    """Scored high, scored low with an open gate, not rated, never scored."""
    gems = create_watchlist(user=ana, name="Gems")
    high, low, bare = make_asset("mid"), make_asset("zeta"), make_asset("abel")
    unrated = make_asset("none")
    make_unrated_card(unrated, figures={"market_cap_usd": 7e6})
    score(high, 10, figures={"market_cap_usd": 1.0})
    score(high, 80, figures={"market_cap_usd": 5e6})
    score(low, 20, figures={"market_cap_usd": 9e6}, gates_open=["a.b"])
    for asset in (low, unrated, bare, high):
        watch(watchlist=gems, asset=asset)
    return gems


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["abel", "mid", "none", "zeta"]),
        ("-name", ["zeta", "none", "mid", "abel"]),
        ("score", ["zeta", "mid", "abel", "none"]),
        ("-score", ["mid", "zeta", "abel", "none"]),
        ("market_cap", ["mid", "none", "zeta", "abel"]),
        ("-market_cap", ["zeta", "none", "mid", "abel"]),
        ("-gates", ["zeta", "mid", "none", "abel"]),
        ("added", ["zeta", "none", "abel", "mid"]),
        ("-added", ["mid", "abel", "none", "zeta"]),
    ],
)
def test_watched_assets_sort_by_what_is_known_now_and_the_unknown_last(filled, sort, order):
    assert [row.asset.slug for row in watched_assets(watchlist=filled, sort=sort)] == order


def test_a_watchlist_is_read_in_two_queries(filled, django_assert_num_queries):
    with django_assert_num_queries(2):
        rows = watched_assets(watchlist=filled)
        assert [row.market_cap_usd for row in rows] == [5e6, None, 7e6, 9e6]
