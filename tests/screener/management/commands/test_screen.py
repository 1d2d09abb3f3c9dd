import json
from io import StringIO

import pyarrow.parquet as pq
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from assets.models import Asset
from screener.management.commands import screen as command
from screener.models import Watchlist, WatchlistEntry
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card, rename

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def market():
    figures = {"market_cap_usd": 12_345_678.9, "price_usd": 0.5}
    make_card(make_asset("Alpha"), 80, figures=figures)
    make_card(rename(make_asset("Beta"), "狐狸\x1b[31m\u202e"), 60, figures={})
    make_card(make_asset("Gamma", fictional=True), 40, figures={"market_cap_usd": 900e6})
    UNIVERSE.forget()


def run(*arguments):
    out = StringIO()
    call_command("screen", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_table_is_aligned_with_short_figures_and_a_count():
    found = run("tier:micro", "--columns", "market_cap,price", "--limit", "2")
    assert found.replace("\u202f", " ").splitlines() == [
        "name        symbol  kind   tier   grade  market_cap_usd  price_usd",
        "Alpha       ALP     token  micro  C             $12.3 M      $0.50",
        "狐狸 [31m   BET     token  micro  C                   —          —",
        "2 of 2 assets; 2 known; 1 invented left out (sandbox:yes,no includes them)",
    ]


def test_a_table_says_which_rows_are_invented():
    assert (
        run("sandbox:yes,no", "--columns", "price").splitlines()[-1] == "3 of 3 assets; 3 known; 1 invented"
    )


def test_a_table_has_fifty_rows_unless_more_are_asked_for(monkeypatch):
    monkeypatch.setattr(command, "TABLE_ROWS", 1)
    assert len(run().splitlines()) == 3
    assert len(run("--limit", "3").splitlines()) == 4
    assert len(run("--format", "csv").splitlines()) == 3, "files hold the whole result"


@pytest.mark.parametrize(
    "words",
    [["--sort", "-market_cap"], ["--sort=-market_cap"], ["--columns", "price", "--sort", "-market_cap"]],
)
def test_a_shell_may_sort_from_high_to_low_as_an_address_does(words):
    joined = command.with_sort_joined(["manage.py", "screen", *words])
    found = command.Command().create_parser(*joined[:2]).parse_args(joined[2:])
    assert found.sort == "-market_cap"


def test_a_sort_without_a_column_is_left_to_the_parser():
    assert command.with_sort_joined(["screen", "--sort"]) == ["screen", "--sort"]


def test_nothing_found_is_a_header_and_a_count():
    assert run("market_cap > 1t", "--columns", "price").splitlines() == [
        "name  symbol  kind  tier  grade  price_usd",
        "0 of 0 assets; 2 known",
    ]


def test_json_is_one_object_with_null_for_what_is_not_known():
    found = json.loads(
        run("sandbox:yes,no", "--format", "json", "--columns", "market_cap", "--sort", "market_cap")
    )
    assert set(found) == {"query", "sort", "as_of", "total", "rows"}
    assert (found["query"], found["sort"], found["total"]) == ("sandbox:yes,no", "market_cap", 3)
    assert [row["market_cap_usd"] for row in found["rows"]] == [12_345_678.9, 900e6, None]
    assert found["rows"][0]["page"] == "/assets/alpha/"
    assert json.loads(run("market_cap > 1t", "--format", "json"))["rows"] == []


def test_csv_in_a_pipe_has_no_byte_order_mark_and_in_a_file_it_has(tmp_path):
    assert run("--format", "csv").startswith("name,symbol,")
    path = tmp_path / "assets.csv"
    assert run("--format", "csv", "--output", str(path)) == (
        "2 of 2 assets; 2 known; 1 invented left out (sandbox:yes,no includes them)\n"
    )
    assert path.read_bytes().startswith(b"\xef\xbb\xbfname,symbol,")
    assert [each.name for each in tmp_path.iterdir()] == ["assets.csv"]


def test_parquet_needs_a_file(tmp_path):
    with pytest.raises(CommandError, match="--output") as error:
        run("--format", "parquet")
    assert error.value.returncode == 2
    path = tmp_path / "assets.parquet"
    run("market_cap < 100m", "--format", "parquet", "--output", str(path))
    table = pq.read_table(path)
    assert table["slug"].to_pylist() == ["alpha"]
    assert table.schema.metadata[b"query"] == b"market_cap < 100m"


@pytest.mark.parametrize("name", ["table", "json", "xlsx"])
def test_every_format_goes_into_a_file(tmp_path, name):
    path = tmp_path / "told"
    run("--format", name, "--output", str(path))
    assert path.stat().st_size > 100


def test_a_broken_question_is_shown_with_the_place_of_the_mistake():
    with pytest.raises(CommandError) as error:
        run("tier:micro and mcap < 100m")
    assert error.value.returncode == 2
    text, query, caret = str(error.value).splitlines()
    assert "mcap" in text
    assert "Did you mean “market_cap”?" in text
    assert query == "tier:micro and mcap < 100m"
    assert caret == "               ^^^^"


@pytest.mark.parametrize(
    ("query", "line", "caret"),
    [
        ('name ~ "狐狸" and mcap < 1', 'name ~ "狐狸" and mcap < 1', " " * 18 + "^^^^"),
        ("tier:micro\nand mcap < 1", "tier:micro and mcap < 1", " " * 15 + "^^^^"),
    ],
)
def test_the_mark_stands_below_the_mistake_as_a_terminal_shows_it(query, line, caret):
    with pytest.raises(CommandError) as error:
        run(query)
    assert str(error.value).splitlines()[-2:] == [line, caret]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--sort", "market_kap"), "Did you mean “market_cap”?"),
        (("--columns", "price,colour"), "“colour”"),
        (("--limit", "0"), "--limit is 0"),
        (("--user", "nobody"), "There is no user 'nobody'."),
    ],
)
def test_what_makes_no_sense_ends_with_2_and_no_file(tmp_path, arguments, expected):
    path = tmp_path / "assets.csv"
    with pytest.raises(CommandError) as error:
        run("--format", "csv", "--output", str(path), *arguments)
    assert error.value.returncode == 2
    assert expected in str(error.value)
    assert not path.exists()


def test_more_rows_than_xlsx_is_good_for_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("screener.exports.Format.has_room_for", lambda self, export: False)
    with pytest.raises(CommandError, match="xlsx holds at most 200,000 rows"):
        run("--format", "xlsx", "--output", str(tmp_path / "a.xlsx"))


def test_a_place_that_can_not_be_written_is_told(tmp_path):
    with pytest.raises(CommandError, match="can't be written: No such file or directory"):
        run("--format", "csv", "--output", str(tmp_path / "none" / "a.csv"))


def test_a_file_that_fails_half_way_leaves_the_former_one(tmp_path, monkeypatch):
    path = tmp_path / "assets.csv"
    path.write_text("former")

    def broken(export):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(command.WRITERS, "csv", broken)
    with pytest.raises(CommandError, match="No space left on device"):
        run("--format", "csv", "--output", str(path))
    assert [each.read_text() for each in tmp_path.iterdir()] == ["former"]


def test_watchlists_are_those_of_the_user_named():
    ann = User.objects.create_user("ann")
    mine = Watchlist.objects.create(owner=ann, name="Mine")
    WatchlistEntry.objects.create(watchlist=mine, asset=Asset.objects.get(slug="alpha"))
    assert [
        row["slug"] for row in json.loads(run("watch:mine", "--user", "ann", "--format", "json"))["rows"]
    ] == ["alpha"]
    assert json.loads(run("watch:mine", "--format", "json"))["rows"] == []
