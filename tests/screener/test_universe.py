from datetime import UTC, datetime

import pytest

from assets.models import Asset
from screener.models import Scorecard
from screener.universe import LOOK_AGAIN_S, Universe

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def asset(name, **changes):
    return Asset.objects.create(
        **{"kind": "token", "slug": name.lower(), "name": name, "symbol": name[:3].upper(), "chain": "base"}
        | changes
    )


def card(of, total=50.0, **changes):
    told = {
        "checklist_version": "1",
        "scored_at": NOW,
        "total": total,
        "total_low": 10,
        "total_high": 90,
        "coverage": 0.5,
        "grade": "C",
        "tier": "micro",
        "figures": {"market_cap_usd": 1e6},
        "dimensions": {"utility": {"score": 0.25, "low": 0, "high": 1, "coverage": 1}},
        "gates_open": ["a"],
    }
    return Scorecard.objects.create(asset=of, **told | changes)


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""
    now = [1_000_000.0]
    monkeypatch.setattr("screener.universe.time.monotonic", lambda: now[0])
    return now


def test_the_newest_scorecard_of_each_asset_becomes_a_row():
    alpha, beta = asset("Alpha"), asset("Beta")
    card(alpha, 10)
    card(alpha, 20)
    card(beta, 30, figures={}, dimensions={}, gates_open=[])
    table = Universe().table()
    assert table.ids.tolist() == [alpha.pk, beta.pk]
    assert table.numbers["total"].tolist() == [20, 30]
    assert table.numbers["utility"][0] == 25
    assert table.numbers["market_cap"][0] == 1e6
    assert table.numbers["market_cap"][1] != table.numbers["market_cap"][1], "missing is NaN, not 0"
    assert table.gates_open.tolist() == [1, 0]
    assert table.names[0] == "alpha alp"


def test_an_empty_universe_has_no_rows():
    universe = Universe()
    assert len(universe.table()) == 0
    assert not universe.has_fictional


def test_new_scorecards_arrive_within_a_second_and_not_before(clock):
    alpha = asset("Alpha")
    card(alpha, 10)
    universe = Universe()
    first = universe.table()
    card(alpha, 99)
    assert universe.table() is first
    clock[0] += LOOK_AGAIN_S + 0.1
    assert universe.table().numbers["total"].tolist() == [99]
    assert first.numbers["total"].tolist() == [10], "a table that was given out never changes"


def test_looking_again_costs_one_query_when_nothing_is_new(clock, django_assert_num_queries):
    card(asset("Alpha"))
    universe = Universe()
    universe.table()
    with django_assert_num_queries(0):
        universe.table()
    clock[0] += 2
    with django_assert_num_queries(1):
        universe.table()


def test_a_scorecard_committed_late_under_an_earlier_id_is_not_missed(clock):
    alpha, beta = asset("Alpha"), asset("Beta")
    late = card(alpha, 10).pk
    Scorecard.objects.filter(pk=late).delete()
    card(beta, 20)
    universe = Universe()
    assert len(universe.table()) == 1
    card(alpha, 10, pk=late)
    card(beta, 21)
    clock[0] += 2
    assert len(universe.table()) == 2


def test_a_renamed_asset_shows_its_new_name_in_the_end(clock):
    alpha = asset("Alpha")
    card(alpha)
    universe = Universe()
    universe.table()
    Asset.objects.filter(pk=alpha.pk).update(name="Omega")
    clock[0] += 601
    assert universe.table().texts["name"].tolist() == ["Omega"]


def test_fictional_assets_are_noticed():
    card(asset("Alpha", fictional=True))
    assert Universe().has_fictional
