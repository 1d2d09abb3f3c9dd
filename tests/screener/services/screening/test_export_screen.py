import csv
import io
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from screener.exports.csv_file import write_csv
from screener.screens.columns import COLUMNS
from screener.screens.screen import Screen, read_screen
from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits
from screener.services.screening import export_screen as service
from screener.services.screening.export_screen import IDENTITY, export_screen
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card, make_unrated_card

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
ALL = tuple(each.key for each in COLUMNS)


@pytest.fixture
def market():
    make_card(
        make_asset("Alpha", sector="DeFi"),
        80,
        figures={"market_cap_usd": 10e6, "price_usd": 0.1 + 0.2},
        label="x",
        as_of=datetime(2026, 11, 21, 12, tzinfo=UTC),
    )
    make_card(make_asset("Beta", kind="equity", chain="", venue="NASDAQ"), 60, tier="small", figures={})
    make_card(make_asset("Gamma", fictional=True), 40, figures={"market_cap_usd": 900e6, "price_usd": 3})
    UNIVERSE.forget()


def asked(words="", **params):
    """Of the sandbox too, as `market` has one of it."""
    screen, problems = read_screen(
        {"q": [f"sandbox:yes,no {words}"], **{key: [text] for key, text in params.items()}}
    )
    assert not problems
    return screen


def rows_of(export):
    return [row for batch in export.batches for row in batch.to_pylist()]


def test_who_an_asset_is_then_the_columns_of_the_screen(market):
    export = export_screen(asked(columns="price,market_cap"), user=NOBODY, site="https://assay.example")
    assert [each.name for each in export.fields] == [
        *(each.name for each in IDENTITY),
        "price_usd",
        "market_cap_usd",
    ]
    first, second, third = rows_of(export)
    assert first == {
        "name": "Alpha",
        "symbol": "ALP",
        "slug": "alpha",
        "page": "https://assay.example/assets/alpha/",
        "kind": "token",
        "tier": "micro",
        "rated": "yes",
        "grade": "C",
        "chain": "base",
        "venue": None,
        "sector": "DeFi",
        "label": "x",
        "likeness": None,
        "questioned": "no",
        "questions": None,
        "sandbox": False,
        "as_of": "2026-11-21T12:00:00Z",
        "price_usd": 0.1 + 0.2,
        "market_cap_usd": 10e6,
    }
    assert (second["name"], second["chain"], second["as_of"]) == ("Beta", None, None), "missing is null"
    assert third["sandbox"] is True


@pytest.mark.parametrize(
    ("words", "sort", "expected"),
    [
        ("", "", ["Alpha", "Beta", "Gamma"]),
        ("", "score", ["Gamma", "Beta", "Alpha"]),
        ("", "-market_cap", ["Gamma", "Alpha", "Beta"]),
        ("", "market_cap", ["Alpha", "Gamma", "Beta"]),
        ("market_cap < 100m", "", ["Alpha"]),
        ("kind:equity", "", ["Beta"]),
        ("market_cap > 1t", "", []),
    ],
)
def test_rows_are_those_of_the_screen_in_its_order(market, words, sort, expected):
    export = export_screen(asked(words, sort=sort), user=NOBODY)
    assert [row["name"] for row in rows_of(export)] == expected
    assert (export.rows, export.total, export.universe) == (len(expected), len(expected), 3)


def test_every_column_can_be_chosen(market):
    export = export_screen(Screen(columns=ALL), user=NOBODY)
    assert [each.source for each in export.fields[len(IDENTITY) :]] == list(ALL)
    sized = [each.name for each in export.fields if each.name.endswith("_at_5k")]
    assert sized == ["round_trip_share_at_5k", "exit_days_at_5k", "depth_to_position_ratio_at_5k"]
    lines = list(csv.reader(io.StringIO(b"".join(write_csv(export)).decode("utf-8-sig"))))
    assert {len(line) for line in lines} == {len(IDENTITY) + len(ALL)}
    assert len({*lines[0]}) == len(lines[0])


def test_batches_together_are_every_row_once(market, monkeypatch):
    monkeypatch.setattr(service, "BATCH_ROWS", 2)
    export = export_screen(asked(), user=NOBODY)
    batches = list(export.batches)
    assert [each.num_rows for each in batches] == [2, 1]
    assert [name for each in batches for name in each["slug"].to_pylist()] == ["alpha", "beta", "gamma"]


def test_the_page_of_the_screen_says_nothing_and_a_limit_cuts(market):
    assert export_screen(asked(page="7"), user=NOBODY).rows == 3
    cut = export_screen(asked(), user=NOBODY, limit=2)
    assert [row["name"] for row in rows_of(cut)] == ["Alpha", "Beta"]
    assert (cut.rows, cut.total, cut.fictional) == (2, 3, 0)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("", "assets"), ("kind:token", "tokens"), ("kind:equity", "equities"), ("market_cap > 1t", "assets")],
)
def test_the_file_is_named_after_what_it_holds(market, time_machine, words, kind):
    time_machine.move_to(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False)
    UNIVERSE.forget()
    assert export_screen(asked(words), user=NOBODY).file_name("csv") == f"assay-{kind}-2026-11-21T1200Z.csv"


def test_invented_assets_are_left_out_of_a_file_that_does_not_ask_for_them(market):
    export = export_screen(Screen(), user=NOBODY)
    assert (export.rows, export.total, export.universe) == (2, 2, 2)
    assert (export.fictional, export.sandbox_left_out) == (0, 1)
    assert "sandbox:yes,no" in dict(export.about)["Sandbox"]


def test_invented_assets_are_counted(market):
    assert export_screen(asked(), user=NOBODY).fictional == 1
    assert export_screen(asked("kind:equity"), user=NOBODY).fictional == 0


def test_what_is_not_rated_says_so_and_has_neither_score_nor_grade(market):
    make_unrated_card(make_asset("Delta"), coverage=0.25)
    UNIVERSE.forget()
    (row,) = rows_of(export_screen(asked("rated:no", columns="score,coverage"), user=NOBODY))
    told = {name: row[name] for name in ("name", "rated", "grade", "score", "coverage_share")}
    assert told == {"name": "Delta", "rated": "no", "grade": None, "score": None, "coverage_share": 0.25}


@pytest.mark.parametrize("sort", ["score", "-score", "grade", "-grade"])
def test_what_is_not_rated_is_the_last_in_both_directions(market, sort):
    make_unrated_card(make_asset("Delta"))
    UNIVERSE.forget()
    assert rows_of(export_screen(asked(sort=sort), user=NOBODY))[-1]["name"] == "Delta"
    rated = rows_of(export_screen(asked("rated:yes", sort=sort), user=NOBODY))
    assert {each["name"] for each in rated} == {"Alpha", "Beta", "Gamma"}


def test_the_tier_and_whose_limits_it_is_by(market, settings):
    assert {row["tier"] for row in rows_of(export_screen(asked("kind:token"), user=NOBODY))} == {"micro"}
    operators = {"token": read_limits("micro:5m,small:950m,mid:10b")}
    settings.ASSAY_TIERS = OF_CHECKLIST.with_own(operators, whose=Whose.OPERATOR)
    export = export_screen(asked("kind:token"), user=NOBODY)
    assert {row["tier"] for row in rows_of(export)} == {"small"}
    about = dict(export.about)
    assert "Micro < $5" in about["Token tiers"]
    assert "(limits of this server's operator)" in about["Token tiers"]
    assert "(limits of the checklist)" in about["Equity tiers"]
