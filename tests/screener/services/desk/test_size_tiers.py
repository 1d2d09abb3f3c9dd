"""Whose limits of the size tiers a reader sees assets by: the profile's, the operator's, the checklist's."""

import pytest
from django.contrib.auth.models import AnonymousUser

from assets.models import Asset
from screener.checklist.profiles import Changes
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits
from screener.services.desk.preferences import set_profile
from screener.services.desk.profiles import copy_profile, create_profile, edit_profile, tier_differences
from screener.services.desk.size_tiers import default_tiers, stored_tiers, tiers_of, tiers_under
from screener.services.screening.match_screens import screens_hit
from screener.services.screening.run_screen import run_screen, select_rows
from screener.services.screening.screens import save_screen
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

OWN = OF_CHECKLIST.with_own(
    {"token": read_limits("nano:50m,micro:150m,small:1b,mid:5b")}, whose=Whose.PROFILE
)
OPERATORS = OF_CHECKLIST.with_own(
    {"token": read_limits("micro:20m,small:1b,mid:5b"), "equity": read_limits("micro:250m,small:2b,mid:10b")},
    whose=Whose.OPERATOR,
)


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def market():
    for name, cap, tier in (("Low", 10e6, "micro"), ("Middle", 120e6, "small"), ("High", 20e9, "large")):
        make_card(make_asset(name), tier=tier, figures={"market_cap_usd": cap, "position_usd": 5_000.0})
    UNIVERSE.forget()


def found(query, **reader):
    return [each.name for each in run_screen(Screen(condition=parse(query)), **reader).rows]


def test_without_a_setting_and_a_profile_they_are_the_checklists(ana):
    assert tiers_of(AnonymousUser()) == tiers_of(ana) == OF_CHECKLIST
    assert default_tiers().token.whose is Whose.CHECKLIST


def test_the_operators_hold_for_who_has_none_of_their_own(ana, settings):
    settings.ASSAY_TIERS = OPERATORS
    set_profile(
        user=ana,
        profile=create_profile(
            user=ana, name="Mine", tiers=OPERATORS.with_own({"token": OWN.token.steps}, whose=Whose.PROFILE)
        ),
    )
    own = tiers_of(ana)
    assert (own.token.steps, own.token.whose, own.token.profile) == (OWN.token.steps, Whose.PROFILE, "Mine")
    assert (own.equity, own.equity.whose) == (OPERATORS.equity, Whose.OPERATOR)
    assert tiers_of(AnonymousUser()).token.whose is Whose.OPERATOR


def test_a_profile_keeps_what_differs_and_follows_the_operator_in_the_rest(ana, settings):
    profile = create_profile(user=ana, name="Mine", tiers=OWN)
    profile.refresh_from_db()
    assert profile.size_tiers == stored_tiers(OWN) == {"token": dict(OWN.token.steps)}
    settings.ASSAY_TIERS = OPERATORS
    assert tiers_under(profile).equity == OPERATORS.equity
    assert [each.after for each in tier_differences(profile)] == [
        "Nano < $50\u202fM · Micro < $150\u202fM · Small < $1\u202fB · Mid < $5\u202fB · Large"
    ]


def test_limits_go_with_a_copy_and_stay_where_something_else_is_edited(ana, ben):
    profile = create_profile(user=ana, name="Mine", tiers=OWN)
    assert copy_profile(profile=profile, user=ben).size_tiers == profile.size_tiers
    edit_profile(profile=profile, name="Other", description="", changes=Changes())
    profile.refresh_from_db()
    assert profile.size_tiers == stored_tiers(OWN)
    edit_profile(profile=profile, name="Other", description="", changes=Changes(), tiers=OF_CHECKLIST)
    assert profile.size_tiers == {}


def test_each_reader_finds_assets_by_their_own_tiers(ana, ben, market):
    set_profile(user=ana, profile=create_profile(user=ana, name="Mine", tiers=OWN))
    assert found("tier:micro", user=ana) == ["Middle"]
    assert found("tier:nano", user=ana) == ["Low"]
    assert found("tier:micro", user=ben) == found("tier:micro", user=AnonymousUser()) == ["Low"]
    answer = run_screen(Screen(), user=ana)
    assert answer.facets["tier"] == {"nano": 1, "micro": 1, "large": 1}
    assert answer.tiers.token.profile == "Mine"


def test_the_operators_limits_are_everybodys(market, settings):
    settings.ASSAY_TIERS = OPERATORS
    assert found("tier:small", user=AnonymousUser()) == ["Middle"]
    selected = select_rows(Screen(condition=parse("tier:micro")), user=AnonymousUser())
    assert len(selected.rows) == 1


def test_saved_screens_of_an_asset_are_asked_by_the_owners_tiers(ana, market):
    save_screen(user=ana, name="Tiny", screen=Screen(condition=parse("tier:nano")))
    low = Asset.objects.get(name="Low")
    assert "Tiny" not in [each.title for each in screens_hit(low.pk, user=ana)]
    set_profile(user=ana, profile=create_profile(user=ana, name="Mine", tiers=OWN))
    assert "Tiny" in [each.title for each in screens_hit(low.pk, user=ana)]
