"""Recorded companies' splits against a list of them that somebody else keeps; both beside the checkout."""

import csv
import math
from datetime import UTC, date, datetime, timedelta

import pytest

from assets.identity.sec_notation import cik_of
from assets.providers.sec.xbrl import read_facts
from assets.sourcing.reading import load_json
from assets.sourcing.rows import CapitalReadingRow, CapitalRow
from tests.assets.providers.answers import recorded

FETCHED = datetime(2026, 11, 28, tzinfo=UTC)
SYMBOLS = {
    **{64463: "SLNH", 911216: "PTN", 1001907: "ASTC", 1108205: "CRIS", 1130598: "TRAW", 1138978: "NVOS"},
    **{1178727: "COMS", 1296484: "TOPS", 1422142: "AADI", 1476963: "NHWK", 1492674: "TTOO", 1499780: "GLBS"},
    **{1506492: "NUWE", 1606698: "ALPP", 1618835: "EVFM", 1668438: "IMTE", 1677077: "ALZN", 1716947: "ENSC"},
    **{1766140: "UNCY", 1788841: "MCOM", 1832511: "PIII", 1837607: "AEON", 1847806: "GNS", 1847986: "DFLI"},
    **{1855485: "CLDI", 1860657: "ALLR", 1866030: "AZ", 1876431: "PRE", 1946563: "SXTP"},
}
DATED_WITHIN = timedelta(days=21)
"""Reports date a split by its approval as often as by its effect."""


def labelled():
    rows = csv.DictReader(recorded("../labelled/us_reverse_splits/reverse_splits.csv").decode().splitlines())
    found = {}
    for row in rows:
        day, ratio = date.fromisoformat(row["effective_date"]), float(row["split_ratio"])
        found.setdefault(row["symbol"], set()).add((day, ratio))
    return found


def read(cik):
    body = load_json(recorded(f"sec_data/api/xbrl/companyfacts/CIK{cik:010}.json.gz"))
    rows = read_facts(body, cik=cik_of(str(cik)), fetched_at=FETCHED).rows
    events = [row for row in rows if isinstance(row, CapitalRow)]
    (reading,) = (row for row in rows if isinstance(row, CapitalReadingRow))
    return events, reading.read_until


def is_it(event, day, ratio):
    first = (event.earliest_on or event.happened_on) - DATED_WITHIN
    is_then = first <= day <= event.happened_on + DATED_WITHIN
    return is_then and event.ratio is not None and abs(math.log(event.ratio * ratio)) < 0.02


@pytest.mark.shared
def test_of_the_reverse_splits_that_somebody_lists_nine_in_ten_are_found_with_their_ratio():
    listed, found = 0, 0
    for cik, symbol in SYMBOLS.items():
        events, read_until = read(cik)
        for day, ratio in labelled().get(symbol, ()):
            if day <= read_until:
                listed += 1
                found += any(is_it(event, day, ratio) for event in events)
    assert listed >= 40
    assert found >= 0.9 * listed, (found, listed)
