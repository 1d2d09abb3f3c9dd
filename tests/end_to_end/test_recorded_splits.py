"""Histories of Stooq around 28 known reverse splits, 20 of which are in its bars and 8 are not."""

import csv
import gzip
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from assets.metrics.candles import bars_in_units
from assets.metrics.facts import Facts
from tests.assets.providers.answers import RECORDED

BARS = RECORDED / "stooq" / "daily" / "us" / "nasdaq stocks"
SPLITS = RECORDED.parent / "labelled" / "us_reverse_splits" / "reverse_splits.csv"
YEAR, AFTER = timedelta(days=400), timedelta(days=60)
EPOCH = date(1970, 1, 1)
SHOWN_TIMES = 1.8
"""Below this an opening after a reverse split shows none of it; the smallest of these is ten for one."""


def history(path):
    """Day, open, close of each bar."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for row in list(csv.reader(text.decode().splitlines()))[1:]:
        yield date.fromisoformat(f"{row[2][:4]}-{row[2][4:6]}-{row[2][6:]}"), float(row[4]), float(row[7])


def times_at_split(bars, effective, ratio, *, dated):
    """How many times its close of before the share opened after the split; with the split known, or not."""
    split = {"asset_id": 1, "event": "reverse_split", "happened_on": dated, "ratio": ratio}
    facts = Facts.of(
        now=datetime.combine(bars[-1][0] + timedelta(days=1), datetime.min.time(), UTC),
        assets=[{"asset_id": 1, "kind": "equity"}],
        candles=[
            {
                "asset_id": 1,
                "market": "",
                "opened_at": pd.Timestamp(day, tz="UTC"),
                "open_usd": opened,
                "high_usd": max(opened, closed),
                "low_usd": min(opened, closed),
                "close_usd": closed,
                "volume_usd": 1.0,
            }
            for day, opened, closed in bars
        ],
        capital=[] if dated is None else [split],
    )
    shown = bars_in_units(facts).today
    first_after = int(np.searchsorted(shown.day, (effective - EPOCH).days))
    if first_after == 0 or first_after == len(shown.day):
        return np.nan  # Where the ratio is not known the bars before are left out.
    return float(np.exp(shown.open[first_after] - shown.close[first_after - 1]))


def cases():
    if not (BARS.is_dir() and SPLITS.is_file()):
        return
    paths = {path.name.partition(".")[0].upper(): path for path in BARS.iterdir()}
    for row in csv.DictReader(SPLITS.open()):
        effective = date.fromisoformat(row["effective_date"])
        if row["symbol"] not in paths:
            continue
        near = [bar for bar in history(paths[row["symbol"]]) if -YEAR <= bar[0] - effective <= AFTER]
        if len(near) > 30 and near[0][0] < effective < near[-1][0]:
            yield pytest.param(
                near, effective, 1 / float(row["split_ratio"]), id=f"{row['symbol']}-{effective}"
            )


CASES = list(cases())


@pytest.mark.shared
@pytest.mark.skipif(not CASES, reason="the recorded histories are not beside the checkout")
def test_some_histories_are_adjusted_and_others_not():
    shown = [times_at_split(*each.values, dated=None) > SHOWN_TIMES for each in CASES]
    assert (sum(shown), len(shown)) == (8, 28)


@pytest.mark.shared
@pytest.mark.parametrize("off_days", [-15, 0, 15])
@pytest.mark.parametrize(("bars", "effective", "ratio"), CASES)
def test_a_known_split_is_never_a_return(bars, effective, ratio, off_days):
    dated = pd.Timestamp(effective + timedelta(days=off_days), tz="UTC")
    for known in (ratio, None):
        times = times_at_split(bars, effective, known, dated=dated)
        assert np.isnan(times) or 1 / SHOWN_TIMES < times < SHOWN_TIMES
