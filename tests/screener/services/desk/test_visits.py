"""Visits: when one begins, what a reload leaves as it is, and two tabs at once."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.db.models import QuerySet

from screener.models import AssetVisit
from screener.services.accounts.own_data import own_data
from screener.services.desk.visits import ONE_VISIT, visit
from tests.factories.market import NOW
from tests.factories.scorecards import make_asset

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def asset():
    return make_asset("Alpha")


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def look(ana, asset):
    return partial(visit, user=ana, asset=asset)


def test_the_first_visit_has_none_before_it(look):
    assert look(now=NOW) is None
    assert look(now=NOW + MINUTE) is None


def test_a_later_visit_knows_the_one_before_and_a_reload_does_too(look):
    look(now=NOW)
    later = NOW + ONE_VISIT
    assert [look(now=later), look(now=later + MINUTE), look(now=later + 59 * MINUTE)] == [NOW] * 3
    assert look(now=later + ONE_VISIT) == later


def test_a_clock_that_was_set_back_leaves_no_visit_in_the_future(look):
    look(now=NOW + timedelta(days=9))
    look(now=NOW)
    assert AssetVisit.objects.get().began_at == NOW


def test_of_a_stranger_nothing_is_asked_or_kept(asset, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert visit(user=AnonymousUser(), asset=asset, now=NOW) is None


def test_visits_are_ones_own(look, asset, django_user_model):
    look(now=NOW)
    assert visit(user=django_user_model.objects.create_user("ben"), asset=asset, now=NOW + ONE_VISIT) is None


def test_a_look_costs_one_query_and_a_new_visit_one_more(look, django_assert_max_num_queries):
    look(now=NOW)
    with django_assert_max_num_queries(1):
        look(now=NOW + MINUTE)
    with django_assert_max_num_queries(2):
        look(now=NOW + ONE_VISIT)


def test_of_two_tabs_at_once_the_second_finds_the_visit_begun(look, monkeypatch):
    """Both have read the visit of before when they write."""
    look(now=NOW)
    later, first = NOW + ONE_VISIT, AssetVisit.objects.get()
    monkeypatch.setattr(QuerySet, "first", lambda _self: first)
    assert look(now=later) == look(now=later + MINUTE) == NOW
    monkeypatch.undo()
    kept = AssetVisit.objects.get()
    assert (kept.began_at, kept.before_at) == (later, NOW)


def test_two_first_tabs_at_once_make_one_visit(look, monkeypatch):
    monkeypatch.setattr(QuerySet, "first", lambda _self: None)
    look(now=NOW)
    look(now=NOW + MINUTE)
    monkeypatch.undo()
    assert AssetVisit.objects.get().began_at == NOW


def test_a_database_that_cannot_be_written_to_breaks_no_page(look, monkeypatch):
    look(now=NOW)

    def locked(*_arguments, **_changes):
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "update", locked)
    assert look(now=NOW + ONE_VISIT) == NOW


def test_a_visit_is_among_what_a_person_takes_along(look, ana, asset):
    look(now=NOW)
    [kept] = own_data(ana)["assetvisit"]
    assert (kept["asset"], kept["began_at"]) == (asset.pk, NOW)
