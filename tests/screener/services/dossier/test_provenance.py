from datetime import UTC, datetime, timedelta

import pytest

from assets.metrics import families
from assets.models import CapitalEvent, CapitalReading, MarketSnapshot, PoolSnapshot, SupplySnapshot
from screener.services.dossier.provenance import newest_row, provenance_of

NOW = datetime(2026, 1, 2, tzinfo=UTC)
NOTHING = dict.fromkeys(families.FAMILY_NAMES)


def test_each_family_of_the_kind_is_listed_known_or_not():
    listed = {source.family: source for source in provenance_of("token", NOTHING, now=NOW)}
    assert {families.MARKET, families.POOLS, families.USAGE} <= set(listed)
    assert {families.FUNDAMENTALS, families.FILINGS}.isdisjoint(listed)
    assert listed[families.MARKET].row is None
    assert not listed[families.MARKET].is_stale, "what is not known is not stale"


@pytest.mark.parametrize(("hours", "is_stale"), [(23, False), (24, False), (25, True)])
def test_market_facts_count_for_a_day(hours, is_stale):
    rows = {families.MARKET: MarketSnapshot(as_of=NOW - timedelta(hours=hours))}
    (source,) = provenance_of("token", rows, now=NOW)
    assert source.is_stale is is_stale
    assert source.limit == timedelta(hours=24)


def test_pools_are_as_old_as_the_newest_of_them():
    old, new = PoolSnapshot(as_of=NOW - timedelta(days=9)), PoolSnapshot(as_of=NOW)
    (source,) = provenance_of("token", {families.POOLS: [old, new]}, now=NOW)
    assert source.row is new
    assert newest_row([]) is None


@pytest.mark.parametrize(("days", "is_stale"), [(2, False), (120, False), (121, True)])
def test_events_are_as_old_as_the_reading_that_looked_for_them(days, is_stale):
    event = CapitalEvent(pk=1, as_of=NOW - timedelta(days=267))
    reading = CapitalReading(pk=1, as_of=NOW - timedelta(days=days))
    (source,) = provenance_of(
        "equity", {families.CAPITAL: [event]}, now=NOW, readings={families.CAPITAL: reading}
    )
    assert (source.row, source.reading, source.is_stale) == (event, reading, is_stale)
    assert source.limit == timedelta(days=120)


def test_a_reading_that_found_nothing_is_something_known():
    reading = CapitalReading(pk=1, as_of=NOW)
    (source,) = provenance_of("equity", {families.CAPITAL: []}, now=NOW, readings={families.CAPITAL: reading})
    assert source.row is reading


def test_of_events_that_nobody_reads_for_nobody_knows_newer_ones():
    event = CapitalEvent(pk=1, as_of=NOW)
    (source,) = provenance_of(
        "token", {families.CAPITAL: [event]}, now=NOW, readings={families.CAPITAL: None}
    )
    assert source.is_read
    assert (source.row, source.reading, source.is_stale) == (event, None, False)


@pytest.mark.parametrize(("days", "is_stale"), [(7, False), (8, True)])
def test_what_another_row_fills_in_has_an_age_of_its_own(days, is_stale):
    lister = SupplySnapshot(pk=2, as_of=NOW - timedelta(days=days))
    node = SupplySnapshot(pk=1, as_of=NOW)
    node.filled_from = {"circulating": lister, "maximum": lister}
    (source,) = provenance_of("token", {families.SUPPLY: node}, now=NOW)
    (other,) = source.others
    assert not source.is_stale
    assert (other.row, other.fields, other.is_stale) == (lister, ("circulating", "maximum"), is_stale)
