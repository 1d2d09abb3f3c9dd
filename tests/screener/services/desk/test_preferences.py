import pytest
from django.contrib.auth.models import AnonymousUser

from screener.models import Preference
from screener.screens.position import PositionSize
from screener.services.desk.preferences import (
    default_position,
    default_position_usd,
    position_in,
    position_of,
    preference_of,
    set_position,
    set_profile,
)
from screener.services.desk.profiles import create_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


def test_who_has_set_nothing_has_the_defaults(ana, settings, django_assert_num_queries):
    settings.ASSAY_POSITION_USD = 7_000
    with django_assert_num_queries(0):
        assert preference_of(AnonymousUser()).position_usd is None
    assert preference_of(ana).profile is None
    assert default_position_usd() == 7_000
    assert not Preference.objects.exists()


def test_each_setting_is_kept_apart_from_the_other(ana):
    profile = create_profile(user=ana, name="Mine")
    set_position(user=ana, position=PositionSize(usd=20_000))
    set_profile(user=ana, profile=profile)
    told = preference_of(ana)
    assert (told.position_usd, told.profile) == (20_000, profile)
    set_position(user=ana, position=None)
    set_profile(user=ana, profile=None)
    told = preference_of(ana)
    assert (told.position_usd, told.profile) == (None, None)
    assert Preference.objects.count() == 1


@pytest.mark.parametrize("own", [PositionSize(usd=9), PositionSize(units=2.5), None])
def test_a_position_is_dollars_or_units_or_the_usual_one(ana, own):
    for each in (PositionSize(units=7), own):
        set_position(user=ana, position=each)
    assert position_in(preference_of(ana)) == own
    assert position_of(ana) == (own or default_position())
    assert position_of(AnonymousUser()) == default_position()


def test_a_deleted_profile_is_not_chosen_until_it_is_back(ana):
    profile = create_profile(user=ana, name="Mine")
    set_profile(user=ana, profile=profile)
    profile.soft_delete()
    assert preference_of(ana).profile is None
    profile.restore()
    assert preference_of(ana).profile == profile
