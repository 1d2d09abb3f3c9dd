import pytest

from screener.screens.filters import Screen
from screener.services import run_screen as service
from tests.screener.screens.tables import table_of


class InMemory:
    def __init__(self, table):
        self._table = table

    def table(self):
        return self._table


@pytest.fixture
def universe(monkeypatch):
    rows = [{"id": n, "name": f"Asset {n:03}", "kind": "token", "total": float(n % 7)} for n in range(1, 121)]
    monkeypatch.setattr(service, "UNIVERSE", InMemory(table_of(*rows)))


def test_pages_together_are_every_row_once(universe):
    pages = [service.run_screen(Screen(page=number)) for number in (1, 2, 3)]
    ids = [row.asset_id for page in pages for row in page.rows]
    assert sorted(ids) == list(range(1, 121))
    assert [len(page.rows) for page in pages] == [50, 50, 20]
    assert {(page.total, page.pages) for page in pages} == {(120, 3)}


def test_a_page_past_the_end_is_the_last_one(universe):
    assert service.run_screen(Screen(page=99)).page == 3


def test_what_is_not_known_is_none(universe):
    row = service.run_screen(Screen()).rows[0]
    assert row.numbers["market_cap"] is None
    assert row.categories["kind"] == "token"


def test_nothing_matching_is_one_empty_page(universe):
    answer = service.run_screen(Screen(text="zzz"))
    assert (answer.total, answer.pages, answer.rows, answer.universe) == (0, 1, (), 120)
