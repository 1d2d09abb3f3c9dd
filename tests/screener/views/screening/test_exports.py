import csv
import io
from functools import partial

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from screener.admission.gate import AdmissionGate
from screener.exports import xlsx_file
from screener.exports.spool import Spool
from screener.universe.live import UNIVERSE
from screener.views.screening import exports
from tests.factories.scorecards import make_asset, make_card, rename

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def market():
    make_card(rename(make_asset("Alpha"), "=1+1"), 80, figures={"market_cap_usd": 10e6})
    make_card(make_asset("Beta"), 60, figures={"market_cap_usd": 900e6}, tier="small")
    UNIVERSE.forget()


def body(response):
    """Closed once it is read; closed again, it would end the connection that the test is in."""
    return b"".join(response.streaming_content)


def columns(client, words):
    """What a CSV of this screen says, by column."""
    lines = csv.reader(io.StringIO(body(client.get(f"/screen/export/?{words}")).decode("utf-8-sig")))
    return {name: rest for name, *rest in zip(*lines, strict=True)}


@pytest.mark.parametrize("words", ["", "format=csv", "format=csv&page=9"])
def test_csv_is_the_whole_result_as_a_download(client, words):
    response = client.get(f"/screen/export/?{words}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="assay-tokens-')
    assert response.streaming
    response.close()
    exported = columns(client, words)
    assert exported["slug"] == ["alpha", "beta"]
    assert exported["page"][0] == "http://testserver/assets/alpha/"
    assert exported["name"][0] == "'=1+1"


def test_the_words_of_the_address_are_those_of_the_screen(client):
    exported = columns(client, "q=market_cap<1b&sort=-market_cap&columns=market_cap&tier=small")
    assert exported["slug"] == ["beta"]
    assert list(exported)[-2:] == ["as_of", "market_cap_usd"]


def test_xlsx(client):
    response = client.get("/screen/export/?format=xlsx&columns=market_cap")
    assert response["Content-Disposition"].endswith('.xlsx"')
    book = load_workbook(io.BytesIO(body(response)))
    assert book.sheetnames == ["Assets", "About"]
    assert [cell.value for cell in book["Assets"]["A"]] == ["name", "'=1+1", "Beta"]


def test_parquet(client):
    response = client.get("/screen/export/?format=parquet&columns=market_cap")
    assert response["Content-Disposition"].endswith('.parquet"')
    table = pq.ParquetFile(io.BytesIO(body(response))).read()
    assert table["name"].to_pylist() == ["=1+1", "Beta"]
    assert table["market_cap_usd"].to_pylist() == [10e6, 900e6]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("format=docx", "There is no format “docx”"),
        ("q=mcap<1m", "market_cap"),
        ("sort=market_kap", "Did you mean “market_cap”?"),
        ("columns=price,colour", "“colour”"),
        ("colour=red&format=xlsx", "There is no filter “colour”."),
        ("q=<script>alert(1)</script>", "alert"),
    ],
)
def test_words_that_make_no_sense_are_a_page_that_says_so(client, words, expected):
    response = client.get(f"/screen/export/?{words}")
    text = response.content.decode()
    assert response.status_code == 400
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert "Content-Disposition" not in response
    assert expected in text
    assert "<script>alert" not in text


def test_the_page_leads_back_to_what_made_sense(client):
    text = client.get("/screen/export/?sort=market_kap&tier=micro").content.decode()
    assert "/?q=tier" in text


def test_more_rows_than_xlsx_is_good_for_are_offered_otherwise(client, monkeypatch):
    monkeypatch.setattr("screener.exports.Format.has_room_for", lambda self, export: self.name != "xlsx")
    response = client.get("/screen/export/?format=xlsx&sort=score")
    text = response.content.decode()
    assert response.status_code == 400
    assert f"XLSX holds at most {xlsx_file.MOST_ROWS:,} rows here, and the screen has 2." in text
    assert "/screen/export/?format=csv&amp;sort=score" in text
    assert "/screen/export/?format=parquet&amp;sort=score" in text


def test_only_get(client):
    assert client.post("/screen/export/").status_code == 405


def test_a_stranger_costs_no_query(client, django_assert_num_queries):
    body(client.get("/screen/export/"))
    with django_assert_num_queries(0):
        body(client.get("/screen/export/"))


def test_the_page_is_translated_and_the_file_keeps_its_names(client):
    spanish = {"Accept-Language": "es"}
    exported = client.get("/screen/export/", headers=spanish)
    assert body(exported).decode("utf-8-sig").startswith("name,symbol,slug,page,kind,")


def test_a_reader_has_one_download_at_a_time_and_may_come_again(client):
    first = client.get("/screen/export/")
    second = client.get("/screen/export/")
    assert (second.status_code, second["Retry-After"]) == (503, "5")
    assert body(first).count(b"\n") == 3
    assert first["Content-Length"].isdecimal()
    first.close()
    third = client.get("/screen/export/")
    assert third.status_code == 200
    third.close()


def test_one_file_is_written_at_a_time(client, monkeypatch):
    monkeypatch.setattr(exports, "EXPENSIVE", AdmissionGate(at_once=1))
    with exports.EXPENSIVE.admitted():
        assert client.get("/screen/export/").status_code == 503
    again = client.get("/screen/export/")
    assert again.status_code == 200
    again.close()


def test_a_file_that_would_be_too_large_is_refused_in_a_sentence(client, monkeypatch):
    monkeypatch.setattr(exports, "Spool", partial(Spool, most_bytes=10))
    answer = client.get("/screen/export/")
    assert answer.status_code == 400
    assert "more than 1 GB" in answer.text
    assert client.get("/screen/export/").status_code == 400


def test_a_workbook_of_too_many_cells_is_refused(client, monkeypatch):
    monkeypatch.setitem(exports.MOST_CELLS, "xlsx", 20)
    answer = client.get("/screen/export/?format=xlsx")
    assert answer.status_code == 400
    assert "at most 20 cells" in answer.text
