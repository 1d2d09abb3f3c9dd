from decimal import Decimal

import pytest

from screener.models import Note
from screener.services.desk import add_to_watchlist
from screener.services.desk.add_to_watchlist import Addition, ListFullError, add_assets, signed, take_back
from screener.services.desk.notes import write_note
from screener.services.desk.watchlists import create_watchlist, watch
from tests.factories.scorecards import make_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def gems(ana):
    return create_watchlist(user=ana, name="Gems")


@pytest.fixture
def assets():
    return [make_asset(name) for name in ("Alpha", "Beta", "Gamma")]


def entries(gems):
    return [
        (each.asset.slug, each.target_usd, each.stop_usd) for each in gems.entries.select_related("asset")
    ]


def test_assets_are_added_in_their_order_with_what_stands_beside_them(gems, assets, ana):
    alpha, beta, _gamma = assets
    add_assets(
        watchlist=gems,
        additions=[
            Addition(asset_id=alpha.pk, target_usd=Decimal(3), note="Cheap."),
            Addition(asset_id=beta.pk, stop_usd=Decimal("0.5")),
        ],
    )
    assert entries(gems) == [("alpha", 3, None), ("beta", None, Decimal("0.5"))]
    note = Note.objects.of(ana).get()
    assert (note.asset, note.body) == (alpha, "Cheap.")


def test_what_is_there_keeps_what_nothing_is_said_of(gems, assets, ana):
    alpha = assets[0]
    watch(watchlist=gems, asset=alpha)
    gems.entries.update(target_usd=7, stop_usd=2)
    write_note(user=ana, asset=alpha, body="Same.")
    undo = add_assets(
        watchlist=gems, additions=[Addition(asset_id=alpha.pk, target_usd=Decimal(8), note="Same.")]
    )
    assert entries(gems) == [("alpha", 8, 2)]
    assert (undo["entries"], undo["notes"]) == ([], [])
    assert take_back(watchlist=gems, text=signed(undo))
    assert entries(gems) == [("alpha", 7, 2)]


def test_all_of_it_is_taken_back_and_nothing_else(gems, assets, ana):
    alpha, beta, gamma = assets
    watch(watchlist=gems, asset=gamma)
    undo = add_assets(
        watchlist=gems,
        additions=[Addition(asset_id=each.pk, note="New.") for each in (alpha, beta, gamma)],
    )
    for _twice in range(2):
        assert take_back(watchlist=gems, text=signed(undo))
        assert [slug for slug, *_levels in entries(gems)] == ["gamma"]
        assert not Note.objects.of(ana).exists()


def test_an_undo_is_of_its_list_alone_and_can_not_be_made_up(gems, assets, ana):
    undo = signed(add_assets(watchlist=gems, additions=[Addition(asset_id=assets[0].pk)]))
    other = create_watchlist(user=ana, name="Other")
    assert not take_back(watchlist=other, text=undo)
    assert not take_back(watchlist=gems, text=undo[:-1] + ("a" if undo[-1] != "a" else "b"))
    assert not take_back(watchlist=gems, text="")
    assert gems.entries.count() == 1


def test_a_list_that_is_full_takes_none(gems, assets, monkeypatch):
    monkeypatch.setattr(add_to_watchlist, "MOST_WATCHED", 2)
    with pytest.raises(ListFullError, match="3 assets and may have 2"):
        add_assets(watchlist=gems, additions=[Addition(asset_id=each.pk) for each in assets])
    assert not gems.entries.exists()
