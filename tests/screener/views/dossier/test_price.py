"""The bars, marks and benchmark of an asset as JSON."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import timezone

from assets.models import Asset
from assets.sourcing import rows
from screener.models import MarketDay
from screener.services.desk.notes import write_note
from screener.views.dossier import price
from tests.factories.market import observe
from tests.factories.scorecards import make_answered_card, make_asset
from tests.screener.services.market.traded import store_days

pytestmark = pytest.mark.django_db

NOW = timezone.now()
MIDNIGHT = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
CLOSES = (1, 2, 4, 3)
BITCOIN = rows.AssetRef(kind="token", identifiers=(("coingecko", "bitcoin"),), name="Bitcoin")


def ref(**changes):
    return rows.AssetRef(
        **{"kind": "token", "identifiers": (("x", "alpha"),), "name": "Alpha", "symbol": "ALP"} | changes
    )


def candles(closes, *, of=None, last=MIDNIGHT):
    """Bars of days that follow each other, up to this one."""
    return [
        rows.CandleRow(
            asset=of or ref(),
            as_of=last - timedelta(days=back),
            market="gate",
            **dict.fromkeys(("open_usd", "high_usd", "low_usd", "close_usd"), Decimal(close)),
            volume_usd=Decimal(1_000),
        )
        for back, close in zip(range(len(closes) - 1, -1, -1), closes, strict=True)
    ]


@pytest.fixture
def asset():
    observe(*candles(CLOSES), family="candles", at=NOW)
    return Asset.objects.get(name="Alpha")


@pytest.fixture
def ask(client):
    def answer(asset, **query):
        return client.get(f"/assets/{asset.slug}/price.json", query).json()

    return answer


def days(*ago):
    return [f"{MIDNIGHT - timedelta(days=each):%Y-%m-%d}" for each in ago]


def test_the_bars_are_columns_from_old_to_new(asset, ask):
    found = ask(asset)
    assert (found["asset"], found["currency"], found["market"]) == ("Alpha", "USD", "gate")
    assert found["day"] == days(3, 2, 1, 0)
    assert found["as_of"] == found["day"][-1]
    for name in ("open", "high", "low", "close"):
        assert found[name] == list(CLOSES)
    assert found["volume"] == [1_000] * 4
    assert [each.split("close ")[1] for each in found["reading"]] == [
        "$1.00, volume $1,000",
        *(
            f"${close}.00 ({change}\u202f%), volume $1,000"
            for close, change in ((2, "+100"), (4, "+100"), (3, "\u221225.0"))
        ),
    ]
    assert (found["marks"], found["cut"], found["benchmark"]) == ([], [], None)


def test_an_asset_without_bars_has_none(ask):
    found = ask(make_asset("Alpha"))
    assert (found["day"], found["marks"], found["market"], found["as_of"]) == ([], [], "", None)


def test_what_nobody_tells_of_a_day_is_null(ask):
    first, second = candles((1, 2))
    observe(first, replace(second, open_usd=None, volume_usd=None))
    found = ask(Asset.objects.get())
    assert found["volume"] == [1_000, None]
    assert found["open"][1] == 2


def test_each_mark_says_what_happened_and_where_more_of_it_stands(client, asset, ask, django_user_model):
    ana = django_user_model.objects.create_user("ana")
    observe(
        rows.UnlockRow(
            asset=ref(),
            as_of=NOW,
            events=(rows.Unlock(unlock_at=NOW - timedelta(days=2), amount=Decimal(9), category="team"),),
        ),
        family="unlocks",
        at=NOW,
    )
    cards = [
        make_answered_card(asset, grade=grade, scored_at=MIDNIGHT - timedelta(days=back))
        for back, grade in ((3, "C"), (1, "B"))
    ]
    note = write_note(user=ana, asset=asset, body="Ask")
    assert [each["kind"] for each in ask(asset)["marks"]] == ["unlock", "grade"]
    client.force_login(ana)
    unlock, grade, own = ask(asset)["marks"]
    assert (unlock["place"], unlock["day"], unlock["letter"]) == (1, days(2)[0], "U")
    assert unlock["text"] == "Unlock: 9 units, for team"
    assert unlock["url"].startswith("/data/observations/")
    assert (grade["text"], grade["place"]) == ("Grade C → B", 2)
    assert grade["url"] == f"/assets/{asset.slug}/history/{cards[0].pk}/{cards[1].pk}/"
    assert (own["title"], own["text"]) == ("Note", "You wrote: Ask")
    assert own["url"] == f"/notes/{note.pk}/history/"
    assert client.get(f"/assets/{asset.slug}/price.json").headers["Cache-Control"] == "no-store, private"
    for each in (unlock, grade, own):
        assert client.get(each["url"].split("#")[0]).status_code == 200


def test_what_an_event_rests_on_is_read_once(client, asset, django_assert_max_num_queries):
    """A query or two for each family that says what an unlock is of."""
    unlocks = (
        rows.Unlock(unlock_at=NOW - timedelta(days=2, minutes=each), amount=Decimal(9), category="team")
        for each in range(100)
    )
    observe(rows.UnlockRow(asset=ref(), as_of=NOW, events=tuple(unlocks)), family="unlocks", at=NOW)
    with django_assert_max_num_queries(25):
        assert len(client.get(f"/assets/{asset.slug}/price.json").json()["marks"]) in {1, 2}


def test_the_documents_of_a_company_lead_to_the_first_that_can_be_read(ask):
    company = ref(kind="equity", identifiers=(("x", "inc"),))
    monday = MIDNIGHT - timedelta(days=MIDNIGHT.weekday())
    observe(*candles((1, 2), of=company, last=monday - timedelta(days=6)), family="candles", at=NOW)
    filed_on = (monday - timedelta(days=6)).date()
    documents = (
        rows.DocumentRow(asset=company, as_of=NOW, accession="a-1", form="8-K", filed_on=filed_on, **link)
        for link in ({"document_url": "https://www.sec.gov/a-1"},)
    )
    observe(*documents, family="filings", at=NOW)
    (mark,) = ask(Asset.objects.get())["marks"]
    assert (mark["text"], mark["url"]) == ("Filed: current report (8-K)", "https://www.sec.gov/a-1")


def test_of_a_kind_with_many_the_newest_are_marked_and_the_cut_is_said(monkeypatch, asset, ask):
    monkeypatch.setattr(price, "MOST_MARKS", 2)
    for back, grade in enumerate("ABCD"):
        make_answered_card(asset, grade=grade, scored_at=MIDNIGHT - timedelta(days=back))
    found = ask(asset)
    assert [each["text"] for each in found["marks"]] == ["Grade C → B", "Grade B → A"]
    assert found["cut"] == ["Grade"]


def test_a_mark_before_the_first_bar_is_left_out(asset, ask):
    for back, grade in ((30, "C"), (20, "B")):
        make_answered_card(asset, grade=grade, scored_at=MIDNIGHT - timedelta(days=back))
    assert ask(asset)["marks"] == []


@pytest.mark.parametrize(
    ("benchmark", "size", "title"),
    [("market", "all", "Tokens: All sizes"), ("tier", "micro", "Tokens: Micro-caps")],
)
def test_a_benchmark_runs_along_the_bars(asset, ask, benchmark, size, title):
    make_answered_card(asset, tier="nano")
    store_days(30, last=MIDNIGHT - timedelta(days=1))
    found = ask(asset, benchmark=benchmark)["benchmark"]
    assert (found["name"], found["title"], found["values"][3]) == (benchmark, title, None)
    moved = MarketDay.objects.filter(kind="token", size=size, day=days(1)[0]).get().log_return
    first, second = list(pairwise(found["values"]))[1]
    assert second / first - 1 == pytest.approx(2.718281828**moved - 1, rel=1e-5)


def test_bitcoins_own_bars_are_a_benchmark_where_it_is_held(asset, ask):
    assert ask(asset, benchmark="btc")["benchmark"] == {
        "name": "btc",
        "missing": "No prices of bitcoin are stored here.",
    }
    observe(*candles((50_000, 60_000), of=BITCOIN), family="candles", at=NOW)
    found = ask(asset, benchmark="btc")["benchmark"]
    assert found == {"name": "btc", "title": "Bitcoin", "values": [None, None, 50_000, 60_000]}


def test_a_benchmark_of_which_nothing_is_known_says_why(asset, ask):
    missing = {name: ask(asset, benchmark=name)["benchmark"]["missing"] for name in ("market", "tier")}
    assert missing == {
        "market": "Too few days of this market are worked out.",
        "tier": "The market-cap tier of this asset is not known.",
    }
    store_days(9, last=MIDNIGHT - timedelta(days=100))
    assert "no day in common" in ask(asset, benchmark="market")["benchmark"]["missing"]
    store_days(9, fictional=True, last=MIDNIGHT - timedelta(days=200))
    assert "no day in common" in ask(asset, benchmark="market")["benchmark"]["missing"]


def test_as_of_a_past_day_nothing_is_there_that_was_learnt_later(client, ask, django_user_model):
    ana = django_user_model.objects.create_user("ana")
    observe(*candles((1, 2), last=MIDNIGHT - timedelta(days=4)), family="candles", at=NOW - timedelta(days=3))
    observe(*candles(CLOSES), family="candles", at=NOW)
    asset = Asset.objects.get()
    write_note(user=ana, asset=asset, body="Ask")
    store_days(30, last=MIDNIGHT - timedelta(days=1))
    client.force_login(ana)
    found = ask(asset, as_of=days(2)[0], benchmark="market")
    assert (found["day"], found["marks"]) == (days(5, 4), [])
    assert "as of a past day it is not known" in found["benchmark"]["missing"]


@pytest.mark.parametrize(
    "query", [{"as_of": "9999-01-01"}, {"as_of": "yesterday"}, {"benchmark": "sp500"}, {"benchmark": "\x01"}]
)
def test_what_makes_no_sense_is_refused_in_a_sentence(client, asset, query):
    answer = client.get(f"/assets/{asset.slug}/price.json", query)
    assert answer.status_code == 400
    assert answer.json()["problem"].endswith(".")


def test_an_unknown_asset_has_no_bars(client):
    assert client.get("/assets/nobody/price.json").status_code == 404


def test_the_page_names_what_its_chart_asks_for(client, asset):
    page = client.get(f"/assets/{asset.slug}/").text
    assert f'data-address="/assets/{asset.slug}/price.json"' in page
    assert 'data-as-of=""' in page
    assert 'href="https://www.tradingview.com/"' in page
    (yesterday,) = days(1)
    observe(*candles((1, 2), last=MIDNIGHT - timedelta(days=4)), family="candles", at=NOW - timedelta(days=3))
    assert f'data-as-of="{yesterday}"' in client.get(f"/assets/{asset.slug}/?as_of={yesterday}").text
