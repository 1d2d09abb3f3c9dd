"""When two assets become one, notes, own answers and watchlists come along."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assets.models import Asset, AssetIdentifier
from assets.services.storing.resolve_assets import resolve_assets
from assets.sourcing.rows import AssetRef
from screener.checklist import CRITERIA, State
from screener.models import Case, Note, Override, Scorecard, WatchlistEntry
from screener.services.desk.notes import write_note
from screener.services.desk.overrides import override_answer, overrides_on
from screener.services.desk.watchlists import create_watchlist, watch, watched_asset_ids
from screener.services.scoring.score_assets import score_assets

pytestmark = pytest.mark.django_db

CRITERION, OTHER, *_REST = CRITERIA
NAMES = ("coingecko", "alpha"), ("address:solana", "So1")


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def coin():
    return make("alpha", NAMES[0])


@pytest.fixture
def token():
    return make("aaa-sol", NAMES[1])


def make(slug, name):
    asset = Asset.objects.create(kind="token", slug=slug, name=slug)
    AssetIdentifier.objects.create(asset=asset, namespace=name[0], value=name[1])
    return asset


def merge():
    resolve_assets([AssetRef(kind="token", identifiers=NAMES)], provider="x")


def answer(owner, asset, criterion, state):
    return override_answer(
        user=owner,
        asset=asset,
        criterion=criterion,
        state=state,
        reason="Seen.",
        expires_on=timezone.localdate() + timedelta(days=9),
    )


def test_notes_on_both_stand_on_one_asset(ana, coin, token):
    write_note(user=ana, asset=coin, body="of the coin")
    write_note(user=ana, asset=token, body="of the token")
    merge()
    assert {note.body for note in Note.objects.filter(asset=coin)} == {"of the coin", "of the token"}


def test_of_two_answers_to_one_criterion_the_newer_stands(ana, coin, token):
    answer(ana, coin, CRITERION, State.PASS)
    answer(ana, token, CRITERION, State.FAIL)
    answer(ana, token, OTHER, State.CAUTION)
    merge()
    assert {name: each.state for name, each in overrides_on(user=ana, asset=coin).items()} == {
        CRITERION: State.FAIL,
        OTHER: State.CAUTION,
    }
    withdrawn = Override.objects.exclude(deleted_at=None).get()
    assert (withdrawn.asset_id, withdrawn.state) == (coin.pk, State.PASS)


def test_a_watchlist_names_the_asset_once(ana, coin, token):
    both, one = (create_watchlist(user=ana, name=name) for name in ("both", "one"))
    for asset in (coin, token):
        watch(watchlist=both, asset=asset)
    watch(watchlist=one, asset=token)
    merge()
    assert watched_asset_ids(ana) == {coin.pk}
    assert sorted(WatchlistEntry.objects.values_list("watchlist__name", "asset_id")) == [
        ("both", coin.pk),
        ("one", coin.pk),
    ]


def test_the_levels_of_both_stay_and_those_of_the_first_count(ana, coin, token):
    gems = create_watchlist(user=ana, name="Gems")
    for asset in (coin, token):
        watch(watchlist=gems, asset=asset)
    gems.entries.filter(asset=coin).update(target_usd=3)
    gems.entries.filter(asset=token).update(target_usd=5, stop_usd=1)
    merge()
    assert gems.entries.values_list("target_usd", "stop_usd").get() == (3, 1)


def test_scorecards_of_the_other_go_because_they_judged_half_of_it(coin, token):
    score_assets([coin.pk, token.pk])
    assert Case.objects.filter(asset=token).exists()
    merge()
    assert {*Scorecard.objects.values_list("asset_id", flat=True)} == {coin.pk}
    assert {*Case.objects.values_list("asset_id", flat=True)} == {coin.pk}
    assert score_assets([coin.pk, token.pk]) == 1, "who asks for one that is gone gets the others"
