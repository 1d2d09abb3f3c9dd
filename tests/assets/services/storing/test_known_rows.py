from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from assets.models import (
    Asset,
    Candle,
)
from assets.services.storing.store import store_rows
from assets.sourcing import rows as facts
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
ALPHA = facts.AssetRef(kind="token", identifiers=(("x", "alpha"),), name="Alpha", symbol="AAA")


def observation():
    return observed(provider="x", as_of=NOW, known_at=LATER)


def store(*rows):
    return store_rows(observation=observation(), rows=rows)


def candle(day, close):
    price = Decimal(close)
    return facts.CandleRow(
        asset=ALPHA,
        as_of=NOW + timedelta(days=day),
        open_usd=price,
        high_usd=price,
        low_usd=price,
        close_usd=price,
    )


def test_only_new_or_revised_candles_are_added():
    assert store(candle(1, "1.5"), candle(2, "2.5"))[0] == 2
    assert store(candle(1, "1.5"), candle(2, "2.75"), candle(3, "3"))[0] == 2
    assert Candle.objects.count() == 4


@pytest.mark.parametrize(
    "price", ["6.0269622065212345678", "0.00000000000000123456789012345678", "1.23456789012345678e-18"]
)
def test_a_price_of_more_digits_than_a_database_keeps_is_stored_once(price):
    """SQLite gives back fifteen digits of a number, and a column has thirty decimals."""
    row = facts.MarketRow(asset=ALPHA, as_of=NOW, price_usd=Decimal(price))
    assert [store(row)[0], store(row)[0]] == [1, 0]


def test_what_is_dated_ahead_of_its_answer_is_stored_once():
    """A vendor's clock is ahead of ours, or ours was ahead and has been set right."""
    ahead = candle(40, "1")
    assert ahead.as_of > LATER
    assert [store(ahead)[0], store(ahead)[0], store(candle(40, "2"))[0]] == [1, 0, 1]


def test_an_answer_of_a_clock_that_was_ahead_is_read_again_without_a_trace():
    first = observed(provider="x", as_of=LATER, known_at=LATER)
    row = facts.MarketRow(asset=ALPHA, as_of=LATER, price_usd=Decimal(1))
    assert store_rows(observation=first, rows=[row])[0] == 1
    again = observed(provider="x", as_of=LATER, known_at=NOW, reparse_of=first)
    assert store_rows(observation=again, rows=[row], said_at=LATER)[0] == 0


def candles_as_known():
    return list(Candle.objects.order_by("id").values_list("as_of", "close_usd", "known_at"))


@pytest.mark.parametrize("closes", ["12", "121", "1122", "1212", "11"])
def test_answers_that_are_read_again_add_nothing_to_what_they_said_in_turn(closes):
    """A candle of a day that is not over is revised by each answer."""
    said = [
        (observed(provider="x", as_of=NOW, known_at=LATER + timedelta(hours=hour)), candle(1, close))
        for hour, close in enumerate(closes)
    ]
    for observation, row in said:
        store_rows(observation=observation, rows=[row])
    before = candles_as_known()
    for _time in range(2):
        for first, row in said:
            again = observed(provider="x", as_of=NOW, known_at=2 * (LATER - NOW) + NOW, reparse_of=first)
            assert store_rows(observation=again, rows=[row], said_at=first.known_at)[0] == 0
    assert candles_as_known() == before


def test_a_mended_parser_mends_the_newest_word_and_none_that_was_revised_since():
    first, second = (
        observed(provider="x", as_of=NOW, known_at=LATER + timedelta(hours=hour)) for hour in (0, 1)
    )
    store_rows(observation=first, rows=[candle(1, "1"), candle(2, "1")])
    store_rows(observation=second, rows=[candle(1, "2")])
    for answer, rows, stored in (
        (first, [candle(1, "10"), candle(2, "10")], 1),
        (second, [candle(1, "20")], 1),
        (first, [candle(1, "10"), candle(2, "10")], 0),
        (second, [candle(1, "20")], 0),
    ):
        again = observed(provider="x", as_of=NOW, known_at=LATER + timedelta(days=1), reparse_of=answer)
        assert store_rows(observation=again, rows=rows, said_at=answer.known_at)[0] == stored
    newest = {as_of: close for as_of, close, _known_at in candles_as_known()}
    assert newest == {NOW + timedelta(days=1): 20, NOW + timedelta(days=2): 10}


def test_what_was_told_before_word_for_word_is_not_stored_again():
    first = facts.MarketRow(asset=ALPHA, as_of=NOW, price_usd=Decimal("0.1"))
    assert store(first) == (1, [Asset.objects.get().pk])
    assert store(first)[0] == 0
    assert store(facts.MarketRow(asset=ALPHA, as_of=NOW, price_usd=Decimal("0.2")))[0] == 1
    assert store(facts.MarketRow(asset=ALPHA, as_of=LATER, price_usd=Decimal("0.2")))[0] == 1


@pytest.mark.parametrize(
    "row",
    [
        facts.BookRow(
            asset=ALPHA, as_of=NOW, venue="V", pair="A/USDT", bids=((Decimal("1.10"), Decimal(3)),)
        ),
        facts.HolderRow(asset=ALPHA, as_of=NOW, positions=(facts.Position(holder_type="wallet", share=0.1),)),
        facts.UnlockRow(
            asset=ALPHA,
            as_of=NOW,
            events=(facts.Unlock(unlock_at=LATER, amount=Decimal("1e9"), category="team", ends_at=LATER),),
        ),
        facts.DisclosureRow(asset=ALPHA, as_of=NOW, audits=(facts.AuditReport(firm="F"),)),
        facts.DocumentRow(asset=ALPHA, as_of=NOW, accession="1", form="10-K", filed_on=NOW.date()),
        facts.CapitalRow(asset=ALPHA, as_of=NOW, event="split", happened_on=NOW.date(), ratio=2.0),
        facts.OwnershipRow(asset=ALPHA, as_of=NOW, accession="1", line=0, form="4", holder="H"),
        facts.FundamentalsRow(asset=ALPHA, as_of=NOW, period_ends_on=NOW.date(), equity_usd=Decimal(-5)),
        facts.ContractRow(asset=ALPHA, as_of=NOW, honeypot=False, mint_authority="none"),
        facts.VenueRow(asset=ALPHA, as_of=NOW, venue="OTC"),
    ],
    ids=lambda row: type(row).__name__,
)
def test_every_kind_of_row_compares_with_itself_when_read_back(row):
    assert store(row)[0] == 1
    assert store(row)[0] == 0
    if isinstance(row, facts.HolderRow):
        other = facts.Position(holder_type="wallet", share=0.2)
        assert store(facts.HolderRow(asset=ALPHA, as_of=NOW, positions=(other,)))[0] == 1


def test_moments_below_a_row_compare_in_whatever_time_zone_object_they_came():
    """JSON readers give a time zone object of their own for UTC."""
    parsed = TypeAdapter(datetime).validate_json('"2026-05-01T00:00:00Z"')
    told = [
        facts.UnlockRow(
            asset=ALPHA,
            as_of=NOW,
            events=(facts.Unlock(unlock_at=moment, amount=Decimal(1), category="team"),),
        )
        for moment in (datetime(2026, 5, 1, tzinfo=UTC), parsed)
    ]
    assert [store(each)[0] for each in told] == [1, 0]
