import pytest

from assets.models import Asset
from assets.sourcing import rows
from screener.models import Scorecard
from screener.services.dossier.cited import CitedSources
from screener.services.dossier.cited_tables import MOST_ROWS, cited_tables
from screener.services.dossier.facts import DossierFacts
from tests.factories.example import NOW, fill_example, make_ref, store

pytestmark = pytest.mark.django_db


def tables(asset):
    return {each.title: each for each in cited_tables(DossierFacts(asset), cited=CitedSources().cited)}


def test_each_table_names_its_columns_and_its_source():
    found = tables(fill_example())
    assert [*found] == ["Unlocks ahead", "Largest holders", "Where it trades"]
    for each in found.values():
        assert each.cites == (1,)
        assert {len(row) for row in each.rows} == {len(each.columns)}
        assert 0 < each.figures < len(each.columns)


def test_what_is_past_is_no_unlock_ahead():
    (row,) = tables(fill_example())["Unlocks ahead"].rows
    assert row[1:] == ("team", "20.0\u202fM", "40.0\u202f%", "$10.0\u202fM")


def test_pools_stand_by_what_can_be_sold_into_them():
    trades = tables(fill_example())["Where it trades"]
    assert [row[:2] for row in trades.rows] == [("p2", ""), ("p1", ""), ("EX/USD", "V")]
    assert trades.rows[2][2] == "$9,000"


def test_a_long_list_says_how_long_it_is():
    asset = fill_example()
    positions = tuple(
        rows.Position(address=f"0x{number}", holder_type="wallet", share=0.01)
        for number in range(MOST_ROWS + 5)
    )
    store(rows.HolderRow(asset=make_ref(), as_of=NOW, holder_count=900, positions=positions))
    holders = tables(asset)["Largest holders"]
    assert len(holders.rows) == MOST_ROWS
    assert holders.remark == f"The first {MOST_ROWS} of {MOST_ROWS + 5} are listed."
    assert tables(asset)["Where it trades"].remark == ""


def test_a_schedule_that_is_not_whole_says_so():
    asset = fill_example()
    assert "a lower bound" in tables(asset)["Unlocks ahead"].remark
    card = Scorecard.objects.get()
    card.figures = {name: value for name, value in card.figures.items() if name != "unlocks_open"}
    card.save()
    assert tables(asset)["Unlocks ahead"].remark == ""


def test_what_nobody_knows_is_no_table():
    assert tables(Asset.objects.create(kind="token", slug="new", name="New")) == {}
    assert tables(Asset.objects.create(kind="equity", slug="inc", name="Inc.")) == {}


def test_what_is_questioned_of_a_place_says_so():
    asset = fill_example()
    pool = {"frame": "pools", "place": "p2", "field": "volume_24h_usd", "value": 1.0}
    book = {"frame": "books", "place": "V EX/USD", "field": "depth_down_usd", "value": 9_000.0}
    asked = [{**each, "witness": "x", "against": None} for each in (pool, book)]
    Scorecard.objects.update(questioned={"facts": asked, "figures": {}})
    shown = tables(asset)["Where it trades"].rows
    assert [row[2:] for row in shown if "(questioned)" in "".join(row)] == [
        (shown[0][2], "— (questioned)"),
        ("$9,000 (questioned)", "—"),
    ]
