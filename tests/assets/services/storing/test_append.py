from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from assets.models import Asset, BookSnapshot, CapitalEvent, Observation, Payload
from assets.services.storing.append import append_rows

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def provenance():
    observation = Observation.objects.create(
        provider="x",
        family="books",
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status="parsed",
        as_of=NOW,
        known_at=NOW,
    )
    asset = Asset.objects.create(kind="token", slug="alpha")
    return {
        "asset_id": asset.pk,
        "observation_id": observation.pk,
        "provider": "x",
        "as_of": NOW,
        "known_at": NOW,
    }


def append(model, **values):
    append_rows(model, tuple(values), [tuple(values.values())])
    return model.objects.get()


def test_every_type_of_value_comes_back_as_it_went_in(provenance):
    book = append(
        BookSnapshot,
        **provenance,
        venue="V; \t\\N\n",
        pair="火/USDT",
        quote="",
        bids=[["1.5", "2"]],
        asks=[],
        truncated=False,
        stale=None,
        bid_usd=Decimal("1.25"),
        spread_share=0.5,
        last_traded_at=NOW,
    )
    assert (book.venue, book.pair, book.bids, book.asks) == ("V; \t\\N\n", "火/USDT", [["1.5", "2"]], [])
    assert (book.truncated, book.stale, book.anomalous) == (False, None, None)
    assert (book.bid_usd, book.ask_usd, book.spread_share) == (Decimal("1.25"), None, 0.5)
    assert book.as_of == book.last_traded_at == NOW


def test_days_and_tiny_and_huge_amounts_keep_their_digits(provenance):
    event = append(
        CapitalEvent,
        **provenance,
        event="split",
        happened_on=date(2026, 1, 2),
        accession="",
        source_url="",
        evidence="",
        shares=Decimal("1e-17"),
        amount_usd=Decimal("1.5e20"),
    )
    assert event.happened_on == date(2026, 1, 2)
    assert float(event.shares) == pytest.approx(1e-17)
    assert event.amount_usd == Decimal("1.5e20")


def test_nothing_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        append_rows(CapitalEvent, ("asset_id",), [])
