import json
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.db.models import JSONField, Value
from prometheus_client import REGISTRY

from assets.models import Asset
from screener.models import Scorecard
from screener.universe import live as module
from screener.universe.live import LOOK_AGAIN_S, LOOK_AT_NAMES_S, Universe
from tests.factories.scorecards import make_asset, make_card
from tests.screener.screens.tables import labels_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""
    now = [1_000_000.0]
    monkeypatch.setattr("screener.universe.live.time.monotonic", lambda: now[0])
    return now


def figure(name):
    return REGISTRY.get_sample_value(name)


def test_a_universe_is_read_slice_by_slice(monkeypatch):
    for number in range(7):
        make_card(make_asset(f"Coin{number}"), number)
    monkeypatch.setattr(module, "SLICE", 3)
    assert Universe().table().numbers["score"].tolist() == list(range(7))


def test_an_empty_universe_has_no_rows():
    universe = Universe()
    assert len(universe.table()) == 0
    assert not universe.is_fictional


def test_new_scorecards_arrive_within_a_second_and_not_before(clock):
    alpha = make_asset("Alpha")
    make_card(alpha, 10)
    universe = Universe()
    first = universe.table()
    make_card(alpha, 99)
    make_card(make_asset("Beta"), 5)
    assert universe.table() is first
    clock[0] += LOOK_AGAIN_S + 0.1
    assert universe.table().numbers["score"].tolist() == [99, 5]
    assert first.numbers["score"].tolist() == [10], "a table that was given out never changes"


def test_one_that_was_committed_late_is_read_and_what_was_read_is_not_read_again(clock, monkeypatch):
    alpha, beta = make_asset("Alpha"), make_asset("Beta")
    late = make_card(alpha, 10)
    Scorecard.objects.filter(pk=late.pk).delete()  # It has its id, and is not there yet.
    make_card(beta, 20)
    universe = Universe()
    assert universe.table().numbers["score"].tolist() == [20]
    late.save(force_insert=True)
    asked = []
    read = module._newest_cards
    monkeypatch.setattr(module, "_newest_cards", lambda ids: asked.append(ids) or read(ids))
    make_card(make_asset("Gamma"), 30)
    clock[0] += LOOK_AGAIN_S + 0.1
    assert universe.table().numbers["score"].tolist() == [10, 20, 30]
    assert asked == [[alpha.pk, beta.pk + 1]]


def test_an_older_card_that_comes_late_does_not_replace_a_newer_one(clock):
    alpha = make_asset("Alpha")
    late = make_card(alpha, 10)
    Scorecard.objects.filter(pk=late.pk).delete()
    make_card(alpha, 20)
    universe = Universe()
    universe.table()
    late.save(force_insert=True)
    make_card(make_asset("Beta"), 30)
    clock[0] += LOOK_AGAIN_S + 0.1
    assert universe.table().numbers["score"].tolist() == [20, 30]


def test_who_comes_while_another_looks_for_news_is_not_kept_waiting(clock):
    make_card(make_asset("Alpha"), 10)
    universe = Universe()
    first = universe.table()
    clock[0] += LOOK_AGAIN_S + 0.1
    make_card(make_asset("Beta"), 5)
    with universe._lock:
        assert universe.table() is first
    assert len(universe.table()) == 2


def test_an_emptied_database_is_loaded_anew(clock):
    make_card(make_asset("Alpha"), 10)
    universe = Universe()
    universe.table()
    Scorecard.objects.all().delete()
    clock[0] += LOOK_AGAIN_S + 0.1
    assert len(universe.table()) == 0


def test_a_backup_that_was_restored_under_a_running_web_is_read_anew(clock):
    alpha, beta = make_asset("Alpha"), make_asset("Beta")
    make_card(alpha, 10, digest="a")
    lost = make_card(beta, 20, digest="b")
    universe = Universe()
    assert universe.table().numbers["score"].tolist() == [10, 20]
    number = lost.pk
    lost.delete()  # The backup is older, and goes on with the same numbers.
    make_card(alpha, 70, digest="c", pk=number)
    clock[0] += LOOK_AGAIN_S + 0.1
    assert universe.table().numbers["score"].tolist() == [70]


def test_a_backup_that_was_restored_and_has_grown_since_is_read_anew(clock):
    alpha, beta = make_asset("Alpha"), make_asset("Beta")
    make_card(alpha, 10, digest="a")
    lost = make_card(beta, 20, digest="b")
    universe = Universe()
    universe.table()
    first = lost.pk
    lost.delete()
    for number in range(3):
        make_card(alpha, 70 + number, digest=f"c{number}", pk=first + number)
    clock[0] += LOOK_AGAIN_S + 0.1
    assert universe.table().numbers["score"].tolist() == [72]


def test_looking_again_costs_one_query_when_nothing_is_new(clock, django_assert_num_queries):
    make_card(make_asset("Alpha"))
    universe = Universe()
    universe.table()
    with django_assert_num_queries(0):
        universe.table()
    clock[0] += 2
    with django_assert_num_queries(1):
        universe.table()


def test_renamed_and_removed_assets_are_noticed_part_by_part(clock, monkeypatch):
    monkeypatch.setattr(module, "FEWEST_NAMES", 2)
    assets = [make_asset(f"Coin{number}") for number in range(5)]
    for number, each in enumerate(assets):
        make_card(each, number)
    universe = Universe()
    universe.table()
    Asset.objects.filter(pk=assets[1].pk).update(name="Renamed", sector="DeFi")
    assets[4].delete()
    for _part in range(3):
        clock[0] += LOOK_AT_NAMES_S + 0.1
        table = universe.table()
    names = [table.text("name", place) for place in range(len(table))]
    assert names == ["Coin0", "Renamed", "Coin2", "Coin3"]
    assert labels_of(table, "sector")[1] == "DeFi"
    assert table.numbers["score"].tolist() == [0, 1, 2, 3]


def test_where_many_are_gone_all_are_looked_at(clock, monkeypatch):
    """A market that was taken back: the newest card is of an asset that stays, and tells nothing."""
    monkeypatch.setattr(module, "FEWEST_NAMES", 2)
    assets = [make_asset(f"Coin{number}") for number in range(9)]
    for number, each in enumerate(assets):
        make_card(each, number)
    universe = Universe()
    universe.table()
    Asset.objects.filter(pk__in=[each.pk for each in assets[1:8]]).delete()
    clock[0] += LOOK_AT_NAMES_S + 0.1
    table = universe.table()
    assert [table.text("name", place) for place in range(len(table))] == ["Coin0", "Coin8"]


DAMAGE = {
    "gates_open": (None, "x", {"a": 1}, [1], [["a"]]),
    "gates_unverified": ("x", {}, [None]),
    "figures": ([], "x", {"market_cap_usd": "3"}, {"market_cap_usd": True}),
    "dimensions": (3, "x", [], {"utility": 0.5}, {"utility": {"score": "x"}}),
    "questioned": ("x", [], {"figures": "market_cap_usd"}),
    "exit_costs": ("x", {}, ["x"], [True]),
}


@pytest.mark.parametrize(
    ("column", "damage"), [(column, each) for column, kinds in DAMAGE.items() for each in kinds]
)
def test_a_card_that_is_damaged_is_left_out_until_another_one_is_written(clock, monkeypatch, column, damage):
    cards = [make_card(make_asset(f"Coin{number}"), number) for number in range(5)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE screener_scorecard SET {column} = %s WHERE id = %s",  # noqa: S608 - of a test
            [json.dumps(damage), cards[3].pk],
        )
    universe = Universe()
    assert universe.table().numbers["score"].tolist() == [0, 1, 2, 4]
    assert universe.unreadable == {cards[3].asset_id}
    make_card(cards[3].asset, 30)
    clock[0] += LOOK_AGAIN_S + 0.1
    assert universe.table().numbers["score"].tolist() == [0, 1, 2, 30, 4]
    assert universe.unreadable == set()


def test_an_asset_whose_tags_are_damaged_is_left_out():
    cards = [make_card(make_asset(f"Coin{number}"), number) for number in range(3)]
    Asset.objects.filter(pk=cards[1].asset_id).update(tags=Value("abc", JSONField()))
    universe = Universe()
    assert universe.table().numbers["score"].tolist() == [0, 2]
    assert universe.unreadable == {cards[1].asset_id}


def test_a_database_that_is_gone_is_no_damage_of_a_card(monkeypatch):
    make_card(make_asset("Alpha"), 10)
    monkeypatch.setattr(module, "_newest_cards", Mock(side_effect=OperationalError("gone")))
    with pytest.raises(OperationalError):
        Universe().table()


def test_a_process_that_can_not_take_up_new_cards_says_so_to_whoever_watches(clock, monkeypatch):
    card = make_card(make_asset("Alpha"), 10)
    universe = Universe()
    universe.table()
    assert (figure("assay_universe_revision"), figure("assay_universe_behind")) == (card.pk, 0)
    clock[0] += LOOK_AGAIN_S + 0.1
    with monkeypatch.context() as gone:
        gone.setattr(module, "_newest_card", Mock(side_effect=OperationalError("gone")))
        with pytest.raises(OperationalError):
            universe.table()
    assert figure("assay_universe_behind") == 1
    universe.table()
    assert figure("assay_universe_behind") == 0
