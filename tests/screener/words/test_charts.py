from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.utils import translation

from screener.charts import (
    Bar,
    Release,
    ScorePoint,
    Tick,
    concentration_chart,
    drawdown_chart,
    exit_chart,
    overhang_chart,
    price_chart,
    runway_chart,
    score_chart,
    unlock_chart,
    volatility_chart,
)
from screener.words.charts import bar_reading, labelled, reading

day = partial(datetime, tzinfo=UTC)
NOW = datetime(2026, 11, 2, tzinfo=UTC)


def labels(values, unit):
    return [
        text.replace("\u202f", " ")
        for _at, text in labelled([Tick(at=0, value=each) for each in values], unit)
    ]


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        ([0.45, 0.5, 0.55], "usd", ["$0.45", "$0.50", "$0.55"]),
        ([0, 20e6, 40e6], "count", ["0 M", "20 M", "40 M"]),
        ([100, 1_000, 10_000, 100_000], "usd", ["$100", "$1 K", "$10 K", "$100 K"]),
        ([0, 0.02, 0.04], "share", ["0 %", "2 %", "4 %"]),
        ([0, 0.005, 0.01], "share", ["0.0 %", "0.5 %", "1.0 %"]),
        ([2e-13, 4e-13], "usd", ["$0.0₁₂200", "$0.0₁₂400"]),
        ([day(2026, 12, 1), day(2027, 1, 1)], "time", ["Dec", "2027"]),
        ([day(2026, 12, 1), day(2026, 12, 8)], "time", ["1 Dec", "8 Dec"]),
        ([], "usd", []),
    ],
)
def test_ticks_are_short_and_alike(values, unit, expected):
    assert labels(values, unit) == expected


def test_ticks_speak_the_readers_language():
    with translation.override("es"):
        assert labels([0.5, 1.5], "usd") == ["$0,5", "$1,5"]
        assert labels([day(2026, 8, 1)], "time") == ["Ago"]


def test_each_kind_of_chart_can_be_read():
    bars = [Bar(at=NOW + timedelta(days=day), open=1, high=2, low=1, close=2, volume=None) for day in (0, 1)]
    priced = price_chart(bars)
    assert reading(priced, priced.points[0]) == "2 Nov 2026: open $1.00, high $2.00, low $1.00, close $2.00"
    cost = exit_chart((100, 1_000), (0.01, 0.02), 100)
    assert "$1,000 costs 2.0\u202f%, that is $20.00" in reading(cost, cost.points[1])
    owned = concentration_chart([0.3, 0.1])
    assert [reading(owned, point) for point in owned.points] == [
        "The largest owner holds 30.0\u202f%",
        "The 2 largest owners hold 40.0\u202f%",
    ]
    ladder = overhang_chart({2.5: 0.1}, at_any_price=0.05, price_usd=1.0)
    assert [reading(ladder, point) for point in ladder.points] == [
        "At any price: 5.0\u202f% more shares",
        "At $2.50 a share: 15.0\u202f% more shares",
    ]
    cash = runway_chart(12e6, 12, counted_at=NOW, now=NOW)
    assert reading(cash, cash.points[0]) == "2 Nov 2026: $12.0\u202fM left"
    swings = [(NOW, 0.34), (NOW + timedelta(days=1), 0.3)]
    lost, moved = (
        chart(swings, span=(NOW, NOW + timedelta(days=1)), peers=None)
        for chart in (drawdown_chart, volatility_chart)
    )
    assert reading(lost, lost.points[0]) == "2 Nov 2026: 34.0\u202f% below its 90-day high"
    assert reading(moved, moved.points[0]) == "2 Nov 2026: 34.0\u202f% a day"
    unlock = unlock_chart(NOW, [Release(at=NOW + timedelta(days=3), amount=2e7, category="team")], 5e7)
    text = reading(unlock, unlock.points[0])
    assert "5 Nov 2026: 20.0\u202fM unlock (team), 70.0\u202fM circulating" in text
    steady = Release(at=NOW, amount=2e7, category="team", ends_at=NOW + timedelta(days=3))
    rising = unlock_chart(NOW, [steady], 5e7)
    assert "5 Nov 2026: 20.0\u202fM unlocked evenly since 2 Nov 2026 (team)" in reading(
        rising, rising.points[0]
    )
    scores = [ScorePoint(at=NOW + timedelta(days=day), total=41.6, low=20, high=60) for day in (0, 1)]
    scored = score_chart(scores)
    assert reading(scored, scored.points[0]) == "2 Nov 2026: 42, between 20 and 60"
    unrated = [ScorePoint(at=NOW + timedelta(days=day), total=None, low=20, high=60) for day in (0, 1)]
    chart = score_chart(unrated)
    assert reading(chart, chart.points[0]) == "2 Nov 2026: not rated, between 20 and 60"


def test_volume_is_told_where_it_is_known():
    bars = [Bar(at=NOW, open=1, high=1, low=1, close=1, volume=5) for _ in range(2)]
    chart = price_chart(bars)
    assert reading(chart, chart.points[0]).endswith("volume $5.00")


@pytest.mark.parametrize(
    ("before", "expected"),
    [(None, ""), (4, " (\u221250.0\u202f%)"), (2, " (0\u202f%)"), (1.6, " (+25.0\u202f%)")],
)
def test_a_bar_is_read_with_its_change_since_the_one_before(before, expected):
    bar = partial(Bar, at=NOW, open=1, high=2, low=1, volume=3_000)
    text = f"2 Nov 2026: open $1.00, high $2.00, low $1.00, close $2.00{expected}, volume $3,000"
    assert bar_reading(bar(close=2), before and bar(close=before)) == text


def test_two_powers_of_ten_are_written_as_what_they_are():
    ticks = [Tick(at=0, value=100.0), Tick(at=9, value=1_000.0)]
    assert [text.replace("\u202f", " ") for _at, text in labelled(ticks, "usd")] == ["$100", "$1 K"]
