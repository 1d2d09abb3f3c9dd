import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assets.models import Asset
from assets.sourcing.rows import AssetRef, MarketRow
from screener.models import Scorecard
from tests.factories.example import make_ref, rated_rows, store
from tests.factories.market import NOW, observe

pytestmark = pytest.mark.django_db

ALPHA = AssetRef(kind="token", identifiers=(("x", "alpha"),), name="Alpha")
BETA = AssetRef(kind="token", identifiers=(("x", "beta"),), name="Beta")


@pytest.fixture(autouse=True)
def facts(db):
    for asset in (ALPHA, BETA):
        observe(MarketRow(asset=asset, as_of=NOW, price_usd=Decimal(2)))


def run(*arguments):
    out = StringIO()
    call_command("score", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def slugs():
    return list(Asset.objects.order_by("pk").values_list("slug", flat=True))


def test_all_assets_are_scored_and_a_second_time_there_is_no_news():
    assert run("--all") == "2 assets scored, 2 scorecards are new.\n"
    assert run("--all") == "2 assets scored, 0 scorecards are new.\n"
    assert Scorecard.objects.count() == 2


def test_one_asset_is_scored_and_shown():
    alpha, _beta = slugs()
    shown = run("--asset", alpha)
    card = Scorecard.objects.get()
    assert card.asset.slug == alpha
    assert card.total is None
    interval = f"{card.total_low:.1f}–{card.total_high:.1f}"
    assert shown.startswith(f"{alpha}: NR, not rated ({interval}), coverage {card.coverage:.0%}")
    assert "unverified: " in shown
    assert ", unanswered: utility " in shown


def test_one_that_is_rated_is_shown_with_total_and_grade():
    store(*rated_rows(make_ref()))
    shown = run("--asset", "worked-example")
    card = Scorecard.objects.get()
    assert shown.startswith(
        f"worked-example: {card.total:.1f} ({card.total_low:.1f}–{card.total_high:.1f}), grade {card.grade}, "
    )
    assert "unanswered" not in shown


def test_json_is_one_line_an_asset():
    lines = [json.loads(line) for line in run("--all", "--json").splitlines()]
    assert [line["asset"] for line in lines] == slugs()
    assert lines[0]["figures"]["price_usd"] == 2
    assert lines[0]["observations"] == Scorecard.objects.get(asset__slug=slugs()[0]).observations
    assert lines[0]["known_at"] == NOW.isoformat()


def test_json_of_one_that_is_not_rated_tells_the_least_that_its_answers_give_it():
    store(*rated_rows(make_ref()))
    lines = {line["asset"]: line for line in map(json.loads, run("--all", "--json").splitlines())}
    rated, unrated = lines["worked-example"], lines[slugs()[0]]
    assert (rated["rated"], unrated["rated"], unrated["grade"]) == (True, False, "")
    assert rated["total"] == Scorecard.objects.get(asset__slug="worked-example").total
    assert unrated["total"] == unrated["total_low"]


def test_as_of_shows_what_was_known_then_and_stores_nothing():
    observe(
        MarketRow(asset=ALPHA, as_of=NOW + timedelta(hours=1), price_usd=Decimal(3)),
        at=NOW + timedelta(hours=1),
    )
    alpha, _beta = slugs()
    for moment, price in ((NOW, 2), (NOW + timedelta(hours=2), 3)):
        (line,) = run("--asset", alpha, "--as-of", moment.isoformat(), "--json").splitlines()
        assert json.loads(line)["figures"]["price_usd"] == price
        assert json.loads(line)["scored_at"] == moment.isoformat()
    assert "NR, not rated" in run("--all", "--as-of", "2026-01-02T13:00")
    assert json.loads(run("--asset", alpha, "--as-of", "2020-01-01", "--json"))["coverage"] == 0
    assert Scorecard.objects.count() == 0


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "required"),
        (("--all", "--asset", "x"), "not allowed"),
        (("--asset", "nobody"), "nobody"),
        (("--all", "--as-of", "soon"), "soon"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, problem):
    with pytest.raises(CommandError, match=problem):
        run(*arguments)
    assert Scorecard.objects.count() == 0
