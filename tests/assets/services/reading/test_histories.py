"""What only a history tells, read through `facts_of` as everybody reads it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.metrics.facts import CANDLE_DAYS
from assets.models import Asset, RefreshRun
from assets.services.reading.facts import facts_of
from assets.services.reading.histories import CAPITAL_DAYS, OWNERSHIP_DAYS, YEAR_APART_DAYS
from assets.services.storing.store import store_rows
from assets.sourcing import rows as told
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
ENDED_ON = date(2025, 9, 30)
FRAMES = ("candles", "levels", "capital", "readings", "ownership", "trading", "fundamentals_year_ago")
ALPHA = told.AssetRef(kind="equity", identifiers=(("x", "Alpha"),), name="Alpha")
BETA = told.AssetRef(kind="equity", identifiers=(("x", "Beta"),), name="Beta")


@pytest.fixture(autouse=True)
def asked_once(db):
    """Facts are looked for where somebody was ever asked."""
    for provider in ("sandbox", "sec"):
        RefreshRun.objects.create(provider=provider, family="market", created_at=NOW, progressed_at=NOW)


def store(*rows, provider="sandbox", known_at=NOW):
    observation = observed(provider=provider, as_of=known_at, known_at=known_at)
    store_rows(observation=observation, rows=rows)
    return observation


def facts(**asked):
    return facts_of(list(Asset.objects.order_by("pk").values_list("pk", flat=True)), now=NOW, **asked)


def observations_by_family(found):
    """By family the observations that `sources` names, in its order."""
    return found.sources.groupby("family")["observation_id"].apply(list).to_dict()


def before(**distance):
    return NOW - timedelta(**distance)


# Candles -----------------------------------------------------------------------------------


def candle(days_ago, close, *, market="deep", volume=100, asset=ALPHA):
    price = Decimal(close)
    return told.CandleRow(
        asset=asset,
        as_of=before(days=days_ago).replace(hour=0),
        market=market,
        open_usd=price,
        high_usd=price,
        low_usd=price,
        close_usd=price,
        volume_usd=volume and Decimal(volume),
    )


def test_bars_are_those_of_the_deepest_market_from_old_to_new():
    store(candle(1, 2), candle(3, 1), candle(2, 9, market="thin", volume=150), candle(1, 5, asset=BETA))
    found = facts().candles
    assert found["close_usd"].tolist() == [1, 2, 5]
    assert found["market"].tolist() == ["deep"] * 3


def test_of_a_bar_told_again_the_last_word_counts():
    store(candle(1, 2), candle(2, 1), known_at=before(hours=5))
    store(candle(1, 3))
    assert facts().candles["close_usd"].tolist() == [1, 3]
    assert facts(known_by=before(hours=1)).candles["close_usd"].tolist() == [1, 2]


def test_what_a_bar_said_first_does_not_make_a_market_deep():
    store(candle(1, 2, volume=900), known_at=before(hours=5))
    store(candle(1, 3, volume=1), candle(1, 7, market="other", volume=10))
    assert facts().candles["close_usd"].tolist() == [7]


def test_bars_of_the_last_quarter_are_read():
    store(candle(CANDLE_DAYS - 1, 1), candle(CANDLE_DAYS + 1, 2))
    assert facts().candles["close_usd"].tolist() == [1]


# The report of a year ago ----------------------------------------------------------------


def report(ended_on, revenue, *, days_ago=30, asset=ALPHA):
    return told.FundamentalsRow(
        asset=asset,
        as_of=before(days=days_ago),
        period_ends_on=ended_on,
        revenue_ttm_usd=Decimal(revenue),
    )


@pytest.mark.parametrize(
    ("days", "known"),
    [
        (YEAR_APART_DAYS[0] - 1, False),
        (YEAR_APART_DAYS[0], True),
        (365, True),
        (YEAR_APART_DAYS[1], True),
        (YEAR_APART_DAYS[1] + 1, False),
    ],
)
def test_the_report_of_a_year_ago_is_of_a_period_that_ended_about_a_year_before(days, known):
    store(report(ENDED_ON, 200), report(ENDED_ON - timedelta(days=days), 100, days_ago=390))
    assert facts().fundamentals["revenue_ttm_usd"].tolist() == [200]
    assert facts().fundamentals_year_ago["revenue_ttm_usd"].tolist() == ([100] if known else [])


def test_quarters_between_are_passed_over():
    quarters = [report(ENDED_ON - timedelta(days=91 * n), 200 - n, days_ago=30 + 91 * n) for n in range(6)]
    store(*quarters)
    assert facts().fundamentals_year_ago["revenue_ttm_usd"].tolist() == [196]


def test_a_restated_report_of_a_year_ago_counts_as_restated():
    year_ago = ENDED_ON - timedelta(days=365)
    store(report(year_ago, 100, days_ago=390), report(year_ago, 90, days_ago=200))
    store(report(ENDED_ON, 200))
    assert facts().fundamentals_year_ago["revenue_ttm_usd"].tolist() == [90]


def test_what_a_person_told_of_that_year_adds_to_its_report():
    year_ago = ENDED_ON - timedelta(days=365)
    store(replace(report(year_ago, 100, days_ago=390), cash_usd=Decimal(7)), report(ENDED_ON, 130))
    part = replace(report(year_ago, 90, days_ago=380), revenue_ttm_usd=None, cash_usd=Decimal(8))
    store(part, provider="analyst")
    told_of = facts().fundamentals_year_ago
    assert told_of[["revenue_ttm_usd", "cash_usd"]].to_numpy().tolist() == [[100, 8]]


def test_each_company_has_its_own_year():
    store(report(ENDED_ON, 200), report(ENDED_ON - timedelta(days=365), 7, days_ago=390, asset=BETA))
    assert facts().fundamentals_year_ago.empty, "Beta's report is its newest one and Alpha has one only"


def test_without_the_end_of_a_period_no_year_ago_is_known():
    store(report(None, 200), report(ENDED_ON - timedelta(days=365), 100, days_ago=390))
    assert facts().fundamentals_year_ago.empty


# Capital ---------------------------------------------------------------------------------


def event(days_ago=100, *, name="reverse_split", ratio=0.1, accession="a-1", asset=ALPHA):
    happened_on = before(days=days_ago).date()
    return told.CapitalRow(
        asset=asset,
        as_of=datetime.combine(happened_on, datetime.min.time(), tzinfo=UTC),
        event=name,
        happened_on=happened_on,
        accession=accession,
        ratio=ratio,
    )


@pytest.mark.parametrize(("days_ago", "read"), [(0, True), (CAPITAL_DAYS - 1, True), (CAPITAL_DAYS, False)])
def test_events_are_read_as_far_back_as_anything_is_compared(days_ago, read):
    store(event(days_ago))
    assert facts().capital["event"].tolist() == (["reverse_split"] if read else [])


def read_since(since, *, subject="splits", known_at=NOW):
    return told.CapitalReadingRow(
        asset=ALPHA, as_of=known_at, subject=subject, read_since=since, read_until=known_at.date()
    )


def test_of_what_one_provider_read_for_one_thing_its_last_word_counts():
    store(read_since(before(days=900).date()), known_at=before(days=5))
    store(read_since(None), read_since(None, subject="offerings"))
    store(read_since(before(days=30).date()), provider="sec")
    found = facts().readings
    assert sorted(found["subject"]) == ["offerings", "splits", "splits"]
    assert found["read_since"].isna().sum() == 2
    assert found["read_until"].dt.date.unique().tolist() == [NOW.date()]


def test_a_reading_alone_is_a_source():
    observation = store(read_since(None))
    sources = facts().sources
    assert sources["family"].tolist() == ["capital"]
    assert sources["observation_id"].tolist() == [observation.pk]


def test_a_corrected_split_is_one_split_by_whomever_it_is_told():
    store(event(ratio=0.05), provider="sec", known_at=before(days=3))
    store(event(ratio=0.1), provider="sec", known_at=before(days=2))
    store(event(ratio=0.2))
    assert facts().capital["ratio"].tolist() == [0.2]
    assert facts(known_by=before(days=1)).capital["ratio"].tolist() == [0.1]


def test_events_of_one_day_are_told_apart():
    store(event(), event(name="shelf", ratio=None), event(accession="a-2"))
    assert sorted(facts().capital["event"]) == ["reverse_split", "reverse_split", "shelf"]


# Ownership -------------------------------------------------------------------------------


def line(days_ago=30, *, number=1, accession="o-1", shares=100, asset=ALPHA):
    return told.OwnershipRow(
        asset=asset,
        as_of=before(days=days_ago),
        accession=accession,
        line=number,
        form="4",
        holder="A. Director",
        happened_on=before(days=days_ago).date(),
        code="P",
        change=Decimal(10),
        shares=Decimal(shares),
    )


@pytest.mark.parametrize(("days_ago", "read"), [(OWNERSHIP_DAYS - 1, True), (OWNERSHIP_DAYS + 1, False)])
def test_reports_of_three_years_are_read(days_ago, read):
    store(line(days_ago))
    assert len(facts().ownership) == read


def test_reports_stand_from_old_to_new():
    store(line(10, accession="o-2", shares=5), line(30), line(30, number=2, shares=7))
    assert facts().ownership["shares"].tolist() == [100, 7, 5]


def test_a_line_told_again_is_one_line():
    store(line(shares=100), known_at=before(days=1))
    store(line(shares=90))
    assert facts().ownership["shares"].tolist() == [90]
    assert facts(known_by=before(hours=1)).ownership["shares"].tolist() == [100]


# The last trade --------------------------------------------------------------------------


def trade(hours_ago, *, reference="t-1", asset=ALPHA):
    return told.TradeRow(
        asset=asset, as_of=before(hours=hours_ago), market="pool", reference=reference, side="buy"
    )


def book(*, hours_ago=1, traded_hours_ago=None, asset=ALPHA, **changes):
    plain = {
        "venue": "gate",
        "pair": "ALPHA/EUR",
        "bids": ((Decimal(2), Decimal(5)),),
        "asks": ((Decimal("2.5"), Decimal(4)),),
        "bid_usd": Decimal(3),
    }
    return told.BookRow(
        asset=asset,
        as_of=before(hours=hours_ago),
        **plain | changes,
        last_traded_at=None if traded_hours_ago is None else before(hours=traded_hours_ago),
    )


def last_trade():
    found = facts().trading
    return list(found.itertuples(index=False, name=None))


def test_the_last_trade_and_when_somebody_looked():
    store(trade(8, reference="t-0"), trade(6), known_at=before(hours=2))
    assert last_trade() == [(before(hours=6), before(hours=2))]


@pytest.mark.parametrize(("looked_hours_ago", "known"), [(23.9, True), (24, False), (90, False)])
def test_who_looked_earlier_than_a_day_ago_says_nothing_of_today(looked_hours_ago, known):
    looked_at = before(hours=looked_hours_ago)
    store(trade(looked_hours_ago + 1), known_at=looked_at)
    assert last_trade() == ([(before(hours=looked_hours_ago + 1), looked_at)] if known else [])


@pytest.mark.parametrize(("looked_hours_ago", "known"), [(23.9, True), (24, False), (90, False)])
def test_nor_does_an_order_book_of_that_age(looked_hours_ago, known):
    store(book(hours_ago=looked_hours_ago, traded_hours_ago=looked_hours_ago + 1))
    assert len(last_trade()) == known


def test_the_newest_trade_of_all_venues_counts():
    store(trade(6), known_at=before(hours=2))
    store(book(hours_ago=1, traded_hours_ago=4), book(pair="ALPHA/USD", traded_hours_ago=9))
    assert last_trade() == [(before(hours=4), before(hours=1))]
    store(trade(3, reference="t-2"))
    assert last_trade() == [(before(hours=3), NOW)]


def test_each_asset_has_its_own_last_trade():
    store(trade(6), trade(7, asset=BETA), trade(9, reference="t-2", asset=BETA))
    alpha, beta = facts().asset_ids
    assert facts().trading["last_traded_at"].to_dict() == {alpha: before(hours=6), beta: before(hours=7)}


def test_a_venue_that_tells_of_no_trade_says_nothing():
    store(book(traded_hours_ago=None))
    assert facts().trading.empty


# Levels ----------------------------------------------------------------------------------


def test_orders_are_worth_what_the_best_bid_is_worth():
    store(book(bids=((Decimal(2), Decimal(5)), (Decimal(1), Decimal(7)))))
    levels = facts().levels
    assert levels[["is_bid", "price_usd", "quantity"]].to_numpy().tolist() == [
        [1, 3, 5],
        [1, 1.5, 7],
        [0, 3.75, 4],
    ]
    assert levels["book"].nunique() == 1


@pytest.mark.parametrize(
    "flaw",
    [{"stale": True}, {"anomalous": True}, {"bids": ()}, {"asks": ()}, {"bid_usd": None}],
    ids=str,
)
def test_orders_are_those_of_sound_books(flaw):
    store(book(**flaw))
    assert facts().levels.empty


def test_of_a_book_the_newest_state_counts():
    store(book(hours_ago=3, bids=((Decimal(4), Decimal(9)),)), book(), book(pair="ALPHA/USD"))
    assert facts().levels["quantity"].tolist() == [5, 4, 5, 4]


# Whose word it is ------------------------------------------------------------------------


def everything(*, hours_ago=0):
    """A row of each kind, told so long ago."""
    year_ago = report(ENDED_ON - timedelta(days=365), 100, days_ago=390)
    return store(
        *(candle(1, 1), report(ENDED_ON, 200), year_ago, event(), line()),
        told.CapitalReadingRow(asset=ALPHA, as_of=NOW, subject="splits", read_until=ENDED_ON),
        *(trade(hours_ago + 1), book(hours_ago=hours_ago, traded_hours_ago=hours_ago + 2)),
        known_at=before(hours=hours_ago),
    )


def test_the_newest_is_cited_and_the_others_had_their_say():
    first = store(candle(2, 1), event(200, accession="a-0"), line(60, accession="o-0"))
    last = store(candle(1, 2), event(100), line(30), trade(1))
    assert observations_by_family(facts()) == {
        "": [first.pk],
        "candles": [last.pk],
        "capital": [last.pk],
        "ownership": [last.pk],
        "trades": [last.pk],
    }


def test_the_year_ago_and_the_orders_are_named_without_being_cited():
    year_ago = store(report(ENDED_ON - timedelta(days=365), 100, days_ago=390))
    newest = store(report(ENDED_ON, 200), book())
    named = observations_by_family(facts())
    assert named["fundamentals"] == [newest.pk]
    assert year_ago.pk in named[""]


def test_who_was_superseded_is_not_named():
    superseded = store(event(ratio=0.05), line(shares=100), known_at=before(days=1))
    last = store(event(ratio=0.1), line(shares=90))
    named = observations_by_family(facts())
    assert (named["capital"], named["ownership"]) == ([last.pk], [last.pk])
    assert superseded.pk not in named.get("", [])


def test_its_observations_give_the_same_histories_again_whatever_came_later():
    everything(hours_ago=5)
    told_then = facts()
    assert all(not getattr(told_then, name).empty for name in FRAMES)
    observations = sorted(set(told_then.sources["observation_id"].tolist()))
    store(told.CapitalReadingRow(asset=ALPHA, as_of=NOW, subject="splits", read_until=NOW.date()))
    store(candle(0, 9), candle(1, 8), event(50, accession="a-9"), event(ratio=0.7), line(2, accession="o-9"))
    store(
        trade(0.5, reference="t-9"), book(bids=((Decimal(1), Decimal(1)),)), report(ENDED_ON, 7, days_ago=1)
    )
    again, newer = facts(observations=observations), facts()
    for name in FRAMES:
        assert getattr(again, name).equals(getattr(told_then, name)), name
    assert not newer.candles.equals(told_then.candles)
    assert not newer.capital.equals(told_then.capital)


def test_without_any_observation_nothing_is_known():
    everything()
    found = facts(observations=[])
    assert all(getattr(found, name).empty for name in (*FRAMES, "sources"))


def test_of_no_assets_nothing_is_known():
    everything()
    found = facts_of([], now=NOW)
    assert all(getattr(found, name).empty for name in (*FRAMES, "assets", "sources"))


def one_of_each(asset):
    return [
        candle(1, 1, asset=asset),
        report(ENDED_ON, 200, asset=asset),
        report(ENDED_ON - timedelta(days=365), 100, days_ago=390, asset=asset),
        event(asset=asset),
        line(asset=asset),
        trade(1, asset=asset),
        book(asset=asset),
    ]


def test_histories_cost_the_same_queries_for_one_asset_and_for_many():
    companies = [
        told.AssetRef(kind="equity", identifiers=(("x", f"Company {n}"),), name=f"Company {n}")
        for n in range(30)
    ]
    store(*(row for company in companies for row in one_of_each(company)))
    asset_ids = list(Asset.objects.order_by("pk").values_list("pk", flat=True))
    counts = []
    for wanted in (asset_ids[:1], asset_ids):
        with CaptureQueriesContext(connection) as asked:
            found = facts_of(wanted, now=NOW)
        counts.append(len(asked))
        assert found.trading.index.tolist() == found.fundamentals_year_ago.index.tolist() == wanted
    assert counts[0] == counts[1]
