from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from assets.models import Asset
from screener.models import Watchlist
from screener.models.owned import NameTakenError
from screener.services.desk import watchlists
from screener.services.desk.watchlists import create_watchlist, set_star, watch


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
    assert oldest.entries.exists()
    assert not newest.entries.exists()
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


def test_a_level_is_set_on_this_list_alone_and_taken_away(ana, alpha):
    one, two = create_watchlist(user=ana, name="One"), create_watchlist(user=ana, name="Two")
    for each in (one, two):
        watch(watchlist=each, asset=alpha)
    level = {"watchlist": one, "asset_id": alpha.pk, "level": "target"}
    assert watchlists.set_level(**level, price_usd=Decimal("0.000000000012"))
    assert one.entries.get().target_usd == Decimal("1.2e-11")
    assert (two.entries.get().target_usd, one.entries.get().stop_usd) == (None, None)
    assert watchlists.set_level(**level, price_usd=None)
    assert one.entries.get().target_usd is None
    assert not watchlists.set_level(**level | {"asset_id": 10**9}, price_usd=Decimal(1))


def test_columns_are_kept_with_their_list(ana):
    gems, other = create_watchlist(user=ana, name="Gems"), create_watchlist(user=ana, name="Other")
    watchlists.keep_columns(watchlist=gems, columns=("price", "target"))
    gems.refresh_from_db()
    other.refresh_from_db()
    assert (gems.columns, other.columns) == (["price", "target"], [])


def test_those_that_were_added_last_come_first(ana, alpha):
    mine = create_watchlist(user=ana, name="Mine")
    beta, gamma = make_asset("beta"), make_asset("gamma")
    for each in (alpha, gamma, beta):
        watch(watchlist=mine, asset=each)
    assert watchlists.newest_asset_ids(mine, most=2) == [beta.pk, gamma.pk]
