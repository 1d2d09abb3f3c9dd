from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from screener.screens.position import PositionSize
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.desk.preferences import default_position
from screener.services.screening import prepared
from screener.services.screening import run_screen as service
from tests.screener.screens.tables import table_of

STRANGER = AnonymousUser()


class InMemory:
    def __init__(self, table):
        self._table = table

    def table(self):
        return self._table


@pytest.fixture
def universe(monkeypatch):
    rows = [
        {"id": n, "name": f"Asset {n:03}", "kind": "token" if n % 3 else "equity", "score": float(n % 7)}
        for n in range(1, 121)
    ]
    monkeypatch.setattr(prepared, "UNIVERSE", InMemory(table_of(*rows)))


def run(query="", **view):
    return service.run_screen(Screen(condition=parse(query), **view), user=STRANGER)


def test_pages_together_are_every_row_once(universe):
    pages = [run(page=number) for number in (1, 2, 3)]
    ids = [row.asset_id for page in pages for row in page.rows]
    assert sorted(ids) == list(range(1, 121))
    assert [len(page.rows) for page in pages] == [50, 50, 20]
    assert {(page.total, page.pages) for page in pages} == {(120, 3)}


def test_all_rows_are_those_of_the_pages_in_their_order(universe):
    screen = Screen(sort="name")
    selected = service.select_rows(screen, user=STRANGER)
    paged = [row.asset_id for number in (1, 2, 3) for row in run(sort="name", page=number).rows]
    assert selected.table.ids[selected.rows].tolist() == paged
    assert selected.now.utcoffset().total_seconds() == 0


def test_a_page_past_the_end_is_the_last_one(universe):
    assert run(page=99).page == 3


def test_what_is_not_known_is_none(universe):
    row = run().rows[0]
    assert row.numbers["market_cap"] is None
    assert row.categories["kind"] in {"token", "equity"}


def test_nothing_matching_is_one_empty_page(universe):
    answer = run("zzz")
    assert (answer.total, answer.pages, answer.rows, answer.universe) == (0, 1, (), 120)


def test_each_filter_is_counted_under_the_other_conditions(universe):
    answer = run("kind:token score < 3")
    assert answer.total == len([n for n in range(1, 121) if n % 3 and n % 7 < 3])
    assert answer.facets["kind"]["equity"] == len([n for n in range(1, 121) if not n % 3 and n % 7 < 3])
    assert sum(answer.histograms["score"].bars) == 80, "the score under the kind alone"
    assert sum(answer.histograms["price"].bars) == 0
    assert answer.histograms["price"].unknown == answer.total


@pytest.fixture
def asked(monkeypatch):
    """Arguments of each call that works out a selection."""
    calls = []
    monkeypatch.setattr(service, "select", lambda *args: calls.append(args) or real(*args))
    return calls


def test_a_question_is_answered_once_for_its_pages_and_orders(universe, asked, monkeypatch):
    run("kind:token")
    run("kind:token", page=2)
    run("kind:token", sort="name")
    run("kind:equity")
    assert len(asked) == 2
    monkeypatch.setattr(prepared, "UNIVERSE", InMemory(table_of({"id": 1, "kind": "token"})))
    assert run("kind:token").total == 1, "of another table it is asked anew"


def test_a_page_that_was_shown_is_shown_again_until_the_table_changes(universe, monkeypatch):
    shown = run("kind:token", page=2)
    assert run("kind:token", page=2).rows is shown.rows
    assert run("kind:token", page=2, sort="name").rows is not shown.rows
    same = Screen(condition=parse("kind:token"), page=2)
    other = service.run_screen(same, user=STRANGER, position=PositionSize(usd=70))
    assert other.position == PositionSize(usd=70), "whose page it is does not come from who asked first"
    assert run("kind:token", page=2).position == default_position()
    monkeypatch.setattr(prepared, "UNIVERSE", InMemory(table_of({"id": 1, "kind": "token"})))
    assert [each.asset_id for each in run("kind:token", page=2).rows] == [1]


real = service.select


@pytest.mark.django_db
def test_the_same_question_of_two_readers_has_two_answers(universe, django_user_model):
    from assets.models import Asset
    from screener.models import Watchlist

    ana, ben = (django_user_model.objects.create_user(name) for name in ("ana", "ben"))
    first = Asset.objects.create(kind="token", slug="one", pk=1)
    Watchlist.objects.create(owner=ana, name="Mine").entries.create(asset=first)
    screen = Screen(condition=parse("watch:mine"))
    assert [service.run_screen(screen, user=each).total for each in (ana, ben, STRANGER)] == [1, 0, 0]


def test_the_cache_of_answers_is_bounded(universe, monkeypatch):
    monkeypatch.setattr(prepared, "MOST_KEPT", 2)
    for limit in range(5):
        run(f"score > {limit}")
    assert len(prepared._newest["prepared"].judged.answered._kept) == 2


def test_the_answers_asked_for_last_are_kept(universe, asked, monkeypatch):
    monkeypatch.setattr(prepared, "MOST_KEPT", 2)
    monkeypatch.setattr(prepared, "MOST_PAGES", 1)
    for query in ("kind:token", "kind:equity", "kind:token", "score > 1", "kind:token"):
        run(query)
    assert len(asked) == 3, "the first one was asked for again before a third came"
    run("kind:equity")
    assert len(asked) == 4


def test_an_answer_serves_until_the_minute_is_over(universe, asked):
    with time_machine.travel(datetime(2026, 1, 2, 3, 4, 58, tzinfo=UTC), tick=False) as clock:
        run("kind:token")
        clock.shift(1)
        run("kind:token")
        assert len(asked) == 1
        clock.shift(1)
        run("kind:token")
        assert len(asked) == 2
