"""Whose size counts: the address, then the account or the browser, then the usual one."""

import pytest
from django.contrib.auth.models import AnonymousUser

from screener.screens.position import PositionSize
from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits
from screener.services.accounts.readers import ReaderBackend
from screener.services.desk.preferences import default_position, set_position, set_profile
from screener.services.desk.profiles import create_profile
from screener.views.readers_position import (
    own_position,
    position_in_address,
    position_of_reader,
    preference_of_reader,
    refused_position,
    tiers_of_reader,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(rf):
    def ask(address="/", *, user=None, cookie=""):
        request = rf.get(address)
        request.user = user or AnonymousUser()
        request.COOKIES |= {"position": cookie} if cookie else {}
        return request

    return ask


def test_the_address_wins_over_what_is_kept(asked, django_user_model):
    ana = django_user_model.objects.create_user("ana")
    set_position(user=ana, position=PositionSize(usd=7_000))
    assert position_of_reader(asked(user=ana)) == PositionSize(usd=7_000)
    shared = asked("/?position=25k", user=ana, cookie="9k")
    assert position_of_reader(shared) == position_in_address(shared) == PositionSize(usd=25_000)
    assert own_position(shared) == PositionSize(usd=7_000)


def test_a_strangers_size_is_with_the_browser(asked):
    assert position_of_reader(asked()) == default_position()
    assert position_of_reader(asked(cookie="1m units")) == PositionSize(units=1e6)


@pytest.mark.parametrize("wrong", ["€5k", "x", "0"])
def test_what_makes_no_sense_is_none(asked, wrong):
    assert position_of_reader(asked(f"/?position={wrong}", cookie=wrong)) == default_position()


def test_what_a_reader_has_set_comes_with_the_reader(asked, django_user_model, django_assert_num_queries):
    ana = django_user_model.objects.create_user("ana")
    limits = OF_CHECKLIST.with_own({"token": read_limits("micro:1m,small:2m,mid:3m")}, whose=Whose.PROFILE)
    set_position(user=ana, position=PositionSize(usd=7_000))
    set_profile(user=ana, profile=create_profile(user=ana, name="Mine", tiers=limits))
    request = asked(user=ReaderBackend().get_user(ana.pk))
    with django_assert_num_queries(0):
        assert tiers_of_reader(request) == limits
        assert position_of_reader(request) == PositionSize(usd=7_000)
        assert preference_of_reader(request).profile.name == "Mine"
    assert tiers_of_reader(asked()) == OF_CHECKLIST


@pytest.mark.parametrize(
    ("address", "refused"),
    [("/", ""), ("/?position=", ""), ("/?position=25k", ""), ("/?position=25k+EUR", "25k EUR")],
)
def test_what_an_address_asks_for_in_vain_is_told(asked, address, refused):
    assert refused_position(asked(address)) == refused
