from collections import defaultdict
from dataclasses import is_dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.holders import HOLDER_TYPES
from assets.metrics.unlocks import UNLOCK_CATEGORIES
from assets.providers.sandbox import GENERATORS, Sandbox, sandbox_size
from assets.sandbox import price_path
from assets.sandbox.invented import invented
from assets.sourcing import rows
from assets.sourcing.contract import MisconfiguredError, Need, UnreadableError, UnsupportedError
from tests.assets.providers.answers import EARLIEST, assert_sound, values_of

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
SANDBOX = Sandbox()


def rows_of(family, now=NOW, **need):
    return [
        row
        for request in SANDBOX.requests(Need(family=family, **need))
        for row in SANDBOX.parse(SANDBOX.fetch(request, None, now)).rows
    ]


def assert_sound_throughout(row):
    for name, value in values_of(row):
        if is_dataclass(value):
            assert_sound_throughout(value)
        else:
            assert_sound(name, value)


@given(st.integers(0, 2_000), st.sampled_from(sorted(GENERATORS)))
def test_every_row_is_sound_and_reads_back_as_it_was_told(index, family):
    asset = invented(index)
    (request,) = SANDBOX.requests(Need(family=family, identifiers=(("sandbox", f"asset-{index}"),)))
    rows = SANDBOX.parse(SANDBOX.fetch(request, None, NOW)).rows
    if family not in asset.archetype.families:
        assert rows == ()
        return
    moment = NOW - timedelta(days=asset.archetype.stale_days)
    assert list(rows) == [row for _kind, generate in GENERATORS[family] for row in generate(asset, moment)]
    for row in rows:
        assert EARLIEST <= row.as_of <= NOW
        assert_sound_throughout(row)


@given(st.integers(0, 2_000), st.integers(0, 23), st.sampled_from(sorted({*GENERATORS} - {"candles"})))
def test_the_same_moment_of_the_same_asset_has_the_same_facts(index, hour, family):
    """Nothing remembered may shine through: what was asked before makes no difference."""
    moment = NOW.replace(hour=hour)
    first = [list(generate(invented(index), moment)) for _kind, generate in GENERATORS[family]]
    invented.cache_clear()
    price_path._path.cache_clear()
    assert first == [list(generate(invented(index), moment)) for _kind, generate in GENERATORS[family]]


@given(st.integers(0, 2_000), st.sampled_from(sorted(GENERATORS)))
def test_no_row_stands_for_two(index, family):
    """One key and moment, one row: of two with the same, only the last would be kept."""
    for kind, generate in GENERATORS[family]:
        keys = [
            (row.as_of, *(getattr(row, name) for name in kind.key)) for row in generate(invented(index), NOW)
        ]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("family", GENERATORS)
def test_every_family_is_told_and_read_back_the_same_each_time(family):
    request = SANDBOX.requests(Need(family=family, limit=40))[0]
    first, second = (SANDBOX.fetch(request, None, NOW) for _ in range(2))
    assert first.body == second.body
    parsed = SANDBOX.parse(first)
    assert parsed.rows
    assert {type(row) for row in parsed.rows} == {kind for kind, _generate in GENERATORS[family]}


def test_prices_move_from_day_to_day_but_of_the_worked_example_and_of_what_nobody_trades():
    today = {
        row.asset.name: row.price_usd for row in rows_of("market", limit=50) if hasattr(row, "price_usd")
    }
    tomorrow = {
        row.asset.name: row.price_usd
        for row in rows_of("market", NOW + timedelta(days=1), limit=50)
        if hasattr(row, "price_usd")
    }
    untraded = {
        each.ref.name for each in map(invented, range(50)) if each.is_example or not each.archetype.turnover
    }
    assert {name for name in today if today[name] == tomorrow[name]} == untraded


def test_the_worked_example_is_exact():
    example = {"identifiers": (("sandbox", "asset-0"),)}
    market, supply, *_ = rows_of("market", **example)
    (schedule,) = rows_of("unlocks", **example)
    assert (market.price_usd, supply.circulating) == (Decimal("0.5"), Decimal(50_000_000))
    assert market.market_cap_usd == Decimal(25_000_000)
    assert market.fully_diluted_usd == Decimal(50_000_000)
    (unlock,) = schedule.events
    assert (unlock.shape, unlock.ends_at) == ("cliff", None)
    assert unlock.amount == Decimal(20_000_000)
    assert (supply.circulating + unlock.amount) * market.price_usd == Decimal(35_000_000)


def test_every_asset_says_that_it_is_invented():
    refs = [row.asset for row in rows_of("listing")]
    assert len(refs) == 600
    assert len({ref.identifiers for ref in refs}) == len({ref.name for ref in refs}) == 600
    assert all(ref.fictional and ref.symbol.startswith("X_") for ref in refs)
    assert {ref.kind for ref in refs} == {TOKEN, EQUITY}


def test_facts_agree_with_each_other():
    for row in rows_of("market"):
        misreported = "misreported cap" in row.asset.tags
        if isinstance(row, rows.MarketRow) and row.market_cap_usd is not None and not misreported:
            assert row.market_cap_usd <= row.fully_diluted_usd * Decimal("1.001")
    for row in rows_of("pools"):
        assert row.reserve_usd > 0
        assert (row.lp_burned_share or 0) + (row.lp_locked_share or 0) <= 1
    for row in rows_of("books"):
        assert row.bid_usd < row.ask_usd
    for row in rows_of("holders"):
        assert sum(position.share for position in row.positions) <= 1
        assert {position.holder_type for position in row.positions} <= set(HOLDER_TYPES)
    for row in rows_of("unlocks"):
        assert all(event.category in UNLOCK_CATEGORIES and event.amount > 0 for event in row.events)


def test_candles_are_bars_that_end_at_the_price_of_now():
    candles = defaultdict(list)
    for row in rows_of("candles", limit=12):
        assert (
            row.low_usd
            <= min(row.open_usd, row.close_usd)
            <= max(row.open_usd, row.close_usd)
            <= row.high_usd
        )
        candles[row.asset.identifiers].append(row)
    prices = {
        row.asset.identifiers: row.price_usd
        for row in rows_of("market", limit=12)
        if hasattr(row, "price_usd")
    }
    for identifiers, bars in candles.items():
        assert bars[-1].close_usd == prices[identifiers]


def test_only_what_an_archetype_has_is_told():
    told_of = {family: {row.asset.identifiers for row in rows_of(family, limit=100)} for family in GENERATORS}
    for of_companies in ("fundamentals", "filings", "capital", "ownership", "venue"):
        assert told_of[of_companies].isdisjoint(told_of["pools"] | told_of["contract"])
    assert told_of["market"] - told_of["holders"], "some assets are hardly known"


@pytest.mark.parametrize(("size", "pages"), [("0", 0), ("1", 1), ("100", 1), ("101", 2)])
def test_the_setting_is_the_size(monkeypatch, size, pages):
    monkeypatch.setenv("ASSAY_SANDBOX_ASSETS", size)
    assert len(SANDBOX.requests(Need(family="market"))) == pages
    assert len(rows_of("listing")) == int(size)


@pytest.mark.parametrize(
    ("family", "size", "pages"),
    [
        ("market", "1000000", 1_000),
        ("listing", "100000", 100),
        ("market", "19999", 200),
        ("holders", "100000", 1_000),
        ("candles", "100000", 5_000),
    ],
)
def test_a_large_market_comes_in_large_pages_where_they_are_light(monkeypatch, family, size, pages):
    monkeypatch.setenv("ASSAY_SANDBOX_ASSETS", size)
    requests = SANDBOX.requests(Need(family=family))
    assert len(requests) == pages
    bounds = [(int(each.params["from"]), int(each.params["to"])) for each in requests]
    assert (bounds[0][0], bounds[-1][1]) == (0, int(size))
    assert all(before[1] == after[0] for before, after in pairwise(bounds))


def test_a_page_far_into_a_large_market_is_told(monkeypatch):
    monkeypatch.setenv("ASSAY_SANDBOX_ASSETS", "1000000")
    last = SANDBOX.requests(Need(family="market"))[-1]
    rows = SANDBOX.parse(SANDBOX.fetch(last, None, NOW)).rows
    indexes = {row.asset.identifiers[0] for row in rows}
    assert len(indexes) > 950
    assert ("sandbox", "asset-999999") in indexes


@pytest.mark.parametrize("size", ["-1", "many", "1000001", "1e3", "٣"])
def test_a_size_that_makes_no_sense_is_refused(monkeypatch, size):
    monkeypatch.setenv("ASSAY_SANDBOX_ASSETS", size)
    with pytest.raises(MisconfiguredError, match="ASSAY_SANDBOX_ASSETS"):
        sandbox_size()


def test_what_it_does_not_have_is_refused():
    with pytest.raises(UnsupportedError, match="has no weather"):
        SANDBOX.requests(Need(family="weather"))
    with pytest.raises(UnsupportedError, match="its number in the sandbox is not known"):
        SANDBOX.requests(Need(family="market", identifiers=(("coingecko", "bitcoin"),)))


def test_a_broken_page_is_unreadable():
    raw = SANDBOX.fetch(SANDBOX.requests(Need(family="market", limit=1))[0], None, NOW)
    with pytest.raises(UnreadableError):
        SANDBOX.parse(type(raw)(**{name: getattr(raw, name) for name in raw.__slots__} | {"body": b"{"}))
