import pytest

from assets.metrics.family import SCREENED, WATCHED
from assets.models import Asset, RefreshRun
from assets.providers import configured
from screener.models import Watchlist
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.operation.schedule_refreshes import (
    interest_in_assets,
    open_shares,
    schedule_refreshes,
)
from screener.services.screening.screens import save_screen
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_answered_card, make_asset, make_card

pytestmark = pytest.mark.django_db


def test_what_stands_on_anybodys_watchlist_is_of_interest(django_user_model):
    asset = Asset.objects.create(kind="token", slug="alpha")
    Asset.objects.create(kind="token", slug="beta")
    for name in ("ana", "ben"):
        owner = django_user_model.objects.create_user(name)
        Watchlist.objects.create(owner=owner, name="Mine").entries.create(asset=asset)
    assert interest_in_assets() == {asset.pk: WATCHED}


def test_what_saved_screens_find_comes_after_what_is_watched(django_user_model):
    UNIVERSE.forget()
    watched, found, _other = (
        make_card(make_asset(name), figures={"market_cap_usd": cap}).asset
        for name, cap in (("Alpha", 1e6), ("Beta", 2e6), ("Gamma", 1e9))
    )
    owner = django_user_model.objects.create_user("ana")
    Watchlist.objects.create(owner=owner, name="Mine").entries.create(asset=watched)
    save_screen(user=owner, name="Small", screen=Screen(condition=parse("market_cap < 100m")))
    assert interest_in_assets() == {watched.pk: WATCHED, found.pk: SCREENED}


def test_nobody_is_asked_whom_the_settings_do_not_name(settings, monkeypatch):
    settings.ASSAY_REFRESH = ["none"]
    assert schedule_refreshes() == []
    settings.ASSAY_REFRESH = ["sandbox"]
    monkeypatch.setenv("ASSAY_SANDBOX_ASSETS", "5")
    monkeypatch.setattr("assets.tasks.run_steps.delay", lambda **_kwargs: None)
    assert {run.provider for run in schedule_refreshes()} == {"sandbox"}
    assert RefreshRun.objects.filter(family="market", is_walk=True).count() == 1
    assert schedule_refreshes() == [], "what is under way is not started again"


def finding(criterion, state, **changes):
    return {"criterion": criterion, "state": state, "stale": False, **changes}


def test_what_is_open_of_a_checklist_is_counted_by_who_could_answer_it():
    known, open_card, bare = (make_asset(name) for name in ("Alpha", "Beta", "Gamma"))
    make_answered_card(known, finding("tokenomics.mint_authority", "pass"))
    make_answered_card(
        open_card,
        finding("tokenomics.mint_authority", "unknown"),  # weight 3
        finding("tokenomics.taxes", "pass", stale=True),  # weight 3
        finding("utility.price_of_revenue", "unknown"),  # weight 1, of which GoPlus says nothing
        finding("transparency.audit", "n-a"),
    )
    shares = open_shares(configured("goplus"), [known.pk, open_card.pk, bare.pk])
    assert shares[open_card.pk, "contract"] == pytest.approx(6 / 7)
    assert not any(asset_id == known.pk for asset_id, _family in shares)
    assert shares[bare.pk, "contract"] == 1, "without a scorecard everything is open"


def test_the_scorecards_of_all_are_read_by_one_query(django_assert_num_queries):
    cards = [make_answered_card(make_asset(name), finding("tokenomics.taxes", "unknown")) for name in "ABC"]
    with django_assert_num_queries(1):
        assert open_shares(configured("goplus"), [card.asset_id for card in cards])
