import pytest
from django.test import Client

from screener.benches import screen
from screener.benches.market import add_scored
from screener.benches.rivals import Answer
from screener.universe.live import UNIVERSE
from tests.screener.benches.watched import PAGES

ISSUED = {"assets", "ours_ms", "numpy_ms", "duckdb_ms", "sqlite_ms", "request_p50_ms", "request_p95_ms"} | {
    *("load_s", "rss_mb", "ours_histograms_ms", "restart_s", "later_page_p95_ms", "bytes_per_asset"),
    *("datasette_ratio", "datasette_facets_ratio"),
}


@pytest.mark.slow(*PAGES)
def test_a_row_is_sound():
    (row,) = screen.measure([300])
    assert row.keys() >= ISSUED
    assert row["assets"] == 300
    assert all(value > 0 for value in row.values())
    for name in ("request", "fragment", "later_page"):
        assert row[f"{name}_p50_ms"] <= row[f"{name}_p95_ms"]
    assert 200 < row["bytes_per_asset"] < 5_000
    assert row["ours_to_numpy"] == pytest.approx(row["ours_ms"] / row["numpy_ms"], rel=0.1)


def test_who_finds_something_else_is_refused():
    def ask(count):
        return lambda _question: Answer(count, ())

    assert screen._compared_ms({"ours": ask(3), "other": ask(3)}).keys() == {"ours", "other"}
    with pytest.raises(RuntimeError, match="different answers"):
        screen._compared_ms({"ours": ask(3), "other": ask(4)})


@pytest.mark.django_db
@pytest.mark.parametrize("addresses", [screen._whole_pages, screen._fragments, screen._later_pages])
def test_what_is_asked_makes_sense_and_finds_something(addresses):
    UNIVERSE.forget()
    add_scored(200)
    client = Client(headers={"host": "localhost"})
    for address, headers in addresses(3):
        response = client.get(address, headers=headers, secure=True)
        assert response.status_code == 200
        assert response.context["screen"].total > 0
        assert not response.context["problems"]
    UNIVERSE.forget()


@pytest.mark.django_db
def test_later_pages_are_later_ones():
    UNIVERSE.forget()
    add_scored(400)
    client = Client(headers={"host": "localhost"})
    pages = [
        client.get(address, headers=headers, secure=True).context["screen"].page
        for address, headers in screen._later_pages(0)
    ]
    assert min(pages) > 1
    UNIVERSE.forget()


def test_questions_never_come_twice():
    asked = [address for place in range(30) for address in screen._whole_pages(place)]
    assert len({address for address, _headers in asked}) == len(asked)
