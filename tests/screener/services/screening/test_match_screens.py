from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from screener.models import SavedScreen
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.desk.watchlists import create_watchlist, watch
from screener.services.retention.pack import pack_scorecards
from screener.services.screening import match_screens as service
from screener.services.screening.match_screens import (
    open_screen,
    screened_asset_ids,
    screens_hit,
    statuses_of,
)
from screener.services.screening.screens import save_screen
from screener.universe.live import UNIVERSE
from screener.universe.past import forget_history
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    UNIVERSE.forget()
    forget_history()


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def alpha():
    return make_card(make_asset("Alpha"), figures={"market_cap_usd": 1e6}).asset


@pytest.fixture
def beta():
    return make_card(make_asset("Beta"), figures={"market_cap_usd": 5e9}).asset


def screen(query, **changes):
    return Screen(condition=parse(query), **changes)


def save(owner, query, name="Mine", **changes):
    return save_screen(user=owner, name=name, screen=screen(query, **changes))


def status_of(saved, user):
    (status,) = statuses_of([saved], user=user)
    return status


def test_a_screen_tells_how_many_match_and_what_is_new_since_it_was_opened(ana, alpha, beta):
    saved = save(ana, "market_cap < 100m")
    status = status_of(saved, ana)
    assert (status.total, status.new, status.newest) == (1, None, ()), "nothing is new before it was opened"
    open_screen(saved, user=ana)
    assert (saved.seen_count, saved.seen_ids) == (1, [alpha.pk])
    status = status_of(SavedScreen.objects.get(), ana)
    assert (status.total, status.new) == (1, 0)
    make_card(make_asset("Gamma"), figures={"market_cap_usd": 2e6})
    make_card(alpha, figures={"market_cap_usd": 9e9})
    UNIVERSE.forget()
    status = status_of(SavedScreen.objects.get(), ana)
    assert (status.total, status.new, status.newest) == (1, 1, (("gamma", "Gamma"),))


def test_of_too_many_only_the_number_is_kept(ana, alpha, beta, monkeypatch):
    monkeypatch.setattr(service, "MOST_SEEN", 1)
    saved = save(ana, "known:market_cap")
    open_screen(saved, user=ana)
    assert (saved.seen_count, saved.seen_ids) == (2, None)
    assert status_of(saved, ana).new is None


def test_a_question_that_can_t_be_read_matches_nothing_rather_than_everything(ana, alpha):
    saved = save(ana, "market_cap < 100m")
    saved.query = "gone < 3"
    open_screen(saved, user=ana)
    assert saved.seen_at is None
    status = status_of(saved, ana)
    assert (status.total, [each.key for each in status.problems]) == (None, ["q"])


def test_watchlists_are_those_of_the_reader_and_asked_once(ana, ben, alpha, beta):
    watch(watchlist=create_watchlist(user=ana, name="Gems"), asset=alpha)
    screens = [save(ana, "watch:gems", name="One"), save(ana, "watch:any", name="Two")]
    UNIVERSE.table()
    with CaptureQueriesContext(connection) as queries:
        assert [each.total for each in statuses_of(screens, user=ana)] == [1, 1]
    assert len(queries) == 2, "the position and the watchlists of the reader"
    assert [each.total for each in statuses_of(screens, user=ben)] == [0, 0]


def test_an_asset_hits_the_readers_screens_and_the_presets(ana, ben, alpha, beta):
    mine = save(ana, "market_cap < 100m", name="Small")
    save(ana, "market_cap > 100m", name="Large")
    broken = save(ana, "market_cap > 0", name="Broken")
    SavedScreen.objects.filter(pk=broken.pk).update(query="gone > 0")
    save(ben, "market_cap < 100m", name="Of another")
    hits = screens_hit(alpha.pk, user=ana)
    assert [(each.title, each.address) for each in hits if each.is_own] == [("Small", f"/screens/{mine.pk}/")]
    presets = {each.title: each.address for each in hits if not each.is_own}
    assert presets["A gate says stop"] == "/?q=gate%3Aany"
    assert "Micro-caps, all gates clear" not in presets
    assert [each for each in screens_hit(alpha.pk, user=AnonymousUser()) if each.is_own] == []


def test_an_asset_that_was_never_scored_hits_nothing(alpha):
    assert screens_hit(alpha.pk + 1, user=AnonymousUser()) == []
    assert screens_hit(make_asset("Zeta").pk, user=AnonymousUser()) == []


@pytest.mark.parametrize(("scored", "is_hit"), [(8, True), (6, False)])
def test_a_change_is_held_against_the_asset_s_own_past(ana, beta, scored, is_hit):
    now = timezone.now()
    zeta = make_asset("Zeta")
    make_card(zeta, 90, scored_at=now - timedelta(days=scored))
    make_card(zeta, 50, scored_at=now)
    assert sum(pack_scorecards([zeta.pk])) == 1
    save(ana, "changed:score 7d < -10 changed:market_cap 7d = 0")
    hits = "Mine" in {each.title for each in screens_hit(zeta.pk, user=ana)}
    assert hits is is_hit


def test_the_asset_page_asks_the_database_little(ana, alpha):
    for number in range(10):
        save(ana, "market_cap < 100m changed:score 7d < 3 watch:any", name=f"Mine {number}")
    UNIVERSE.table()
    with CaptureQueriesContext(connection) as queries:
        screens_hit(alpha.pk, user=ana)
    assert len(queries) <= 4, "the position, the screens, the watchlists, the card of a week ago"


def test_what_screens_find_is_wanted_the_first_of_each(ana, ben, alpha, beta, monkeypatch):
    assert screened_asset_ids() == set()
    save(ana, "market_cap < 100m")
    thrown_away = save(ben, "market_cap > 100m")
    assert screened_asset_ids() == {alpha.pk, beta.pk}
    thrown_away.soft_delete()
    assert screened_asset_ids() == {alpha.pk}
    monkeypatch.setattr(service, "MOST_WANTED", 1)
    save(ben, "known:market_cap", sort="-market_cap")
    assert screened_asset_ids() == {alpha.pk, beta.pk}, "the largest is the first there"
    assert screened_asset_ids(within_s=-1) == set(), "the time is up before it began"


def test_a_list_of_the_same_name_is_another_list(ana, ben, alpha, beta):
    for owner, asset in ((ana, alpha), (ben, beta)):
        watch(watchlist=create_watchlist(user=owner, name="Gems"), asset=asset)
        save(owner, "watch:gems")
    assert screened_asset_ids() == {alpha.pk, beta.pk}


def test_without_screens_the_universe_is_not_loaded(monkeypatch):
    monkeypatch.setattr(UNIVERSE, "table", None)
    assert screened_asset_ids() == set()


def test_screens_of_one_page_look_back_at_no_more_moments_than_a_query(ana, alpha):
    saved = [save(ana, f"changed:score {days}d > 1", f"{days}") for days in (1, 2, 3, 4)]
    plain = save(ana, "score > 1", "plain")
    statuses = statuses_of([*saved, plain], user=ana)
    assert [each.is_too_much for each in statuses] == [False, False, False, True, False]
    assert [each.total for each in statuses] == [0, 0, 0, None, 1]
