from decimal import Decimal

import pytest

from screener.models import WatchlistEntry
from screener.screens.position import PositionSize
from screener.screens.screen import read_screen
from screener.services.desk.notes import write_note
from screener.services.desk.watchlists import create_watchlist, watch
from screener.services.screening.run_watchlist import run_watchlist, select_watchlist, usual_of
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card, make_unrated_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def gems(ana):
    """Scored high, scored low, not rated, never scored, and invented."""
    gems = create_watchlist(user=ana, name="Gems")
    high, low, bare, none = (make_asset(name) for name in ("Mid", "Zeta", "Abel", "None"))
    made = make_asset("Made", fictional=True)
    make_card(high, 80, figures={"market_cap_usd": 5e6, "price_usd": 2.0})
    make_card(low, 20, figures={"market_cap_usd": 9e6, "price_usd": 4.0})
    make_card(made, 50, figures={"market_cap_usd": 1e6})
    make_unrated_card(none, figures={"market_cap_usd": 7e6})
    for asset in (high, low, bare, none, made):
        watch(watchlist=gems, asset=asset)
    UNIVERSE.forget()
    return gems


def asked(gems, **words):
    screen, problems = read_screen({word: [text] for word, text in words.items()}, usual_of(gems))
    assert not problems
    return run_watchlist(screen, watchlist=gems)


def slugs(answer):
    return [row.slug for row in answer.rows]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["abel", "made", "mid", "none", "zeta"]),
        ("-name", ["zeta", "none", "mid", "made", "abel"]),
        ("-score", ["mid", "made", "zeta", "none", "abel"]),
        ("-market_cap", ["zeta", "none", "mid", "made", "abel"]),
        ("market_cap", ["made", "mid", "none", "zeta", "abel"]),
    ],
)
def test_a_list_sorts_as_the_screener_does_and_the_unknown_last(gems, sort, order):
    assert slugs(asked(gems, sort=sort)) == order


def test_what_was_never_scored_is_shown_without_a_figure(gems):
    row = next(row for row in asked(gems).rows if row.slug == "abel")
    assert not row.is_scored
    assert (row.name, row.numbers["price"], row.categories["chain"]) == ("Abel", None, "base")
    assert row.stale_hours is None


def test_the_last_added_stands_first(gems):
    assert slugs(asked(gems))[-1] == "mid"


def test_levels_notes_and_distances_are_columns(gems, ana):
    entry = gems.entries.get(asset__slug="mid")
    entry.target_usd, entry.stop_usd = Decimal(3), Decimal("1.5")
    entry.save()
    write_note(user=ana, asset=entry.asset, body="Seen.")
    row = next(row for row in asked(gems, sort="-to_target").rows)
    assert row.slug == "mid"
    told = {key: row.numbers[key] for key in ("target", "stop", "to_target", "to_stop", "notes")}
    assert told == {"target": 3, "stop": 1.5, "to_target": 0.5, "to_stop": -0.25, "notes": 1}


def test_notes_of_others_and_deleted_ones_do_not_count(gems, ana, django_user_model):
    asset = gems.entries.get(asset__slug="mid").asset
    write_note(user=django_user_model.objects.create_user("ben"), asset=asset, body="Theirs.")
    write_note(user=ana, asset=asset, body="Gone.").soft_delete()
    row = next(row for row in asked(gems).rows if row.slug == "mid")
    assert row.numbers["notes"] == 0


def test_exits_are_for_the_position(gems):
    screen, _problems = read_screen({"position": ["25k"]}, usual_of(gems))
    assert run_watchlist(screen, watchlist=gems).position == PositionSize(usd=25_000)


def test_one_row_alone_is_asked_for(gems):
    asset = gems.entries.get(asset__slug="mid").asset
    screen, _problems = read_screen({}, usual_of(gems))
    assert [row.slug for row in run_watchlist(screen, watchlist=gems, only=asset.pk).rows] == ["mid"]
    assert not run_watchlist(screen, watchlist=gems, only=10**9).rows


def test_pages_and_one_past_the_end(gems):
    more = [make_asset(f"Coin{number:02}") for number in range(50)]
    WatchlistEntry.objects.bulk_create(WatchlistEntry(watchlist=gems, asset=each) for each in more)
    first, last = asked(gems, sort="name"), asked(gems, sort="name", page="9")
    assert (len(first.rows), first.total, first.pages) == (50, 55, 2)
    assert (len(last.rows), last.page) == (5, 2)
    assert not {*slugs(first)} & {*slugs(last)}


def test_the_number_of_rows_costs_no_query(gems, django_assert_max_num_queries):
    screen, _problems = read_screen({}, usual_of(gems))
    UNIVERSE.table()
    with django_assert_max_num_queries(4):
        select_watchlist(screen, watchlist=gems)


def test_columns_that_went_away_are_left_out(gems):
    gems.columns = ["price", "no_such", "target", "price"]
    assert usual_of(gems).columns == ("price", "target")
    gems.columns = ["no_such"]
    assert "to_target" in usual_of(gems).columns
