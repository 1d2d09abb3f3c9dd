from datetime import timedelta

import numpy as np
import pytest

from tests.assets.metrics.batch import NOW, measured


def cover(days_ago, shares, outstanding=10e6, accession="a"):
    filed_on = (NOW - timedelta(days=days_ago)).date()
    told = {"accession": accession, "subject": "float", "event": "non_affiliates", "filed_on": filed_on}
    return told | {"shares": shares, "shares_outstanding": outstanding, "form": "10-K"}


def share(*covers, **facts):
    return measured(kind="equity", filing_events=list(covers), **facts)["public_float_share"]


@pytest.mark.parametrize(
    ("covers", "expected"),
    [
        ([cover(30, 4e6)], 0.4),
        ([cover(300, 4e6), cover(30, 7e6, accession="b")], 0.7),
        ([cover(30, 7e6), cover(300, 4e6, accession="b")], 0.7),
        ([cover(549, 4e6)], 0.4),
        ([cover(552, 4e6)], np.nan),
        ([cover(30, 11e6)], np.nan),
        ([cover(30, 11e6), cover(90, 6e6, accession="b")], 0.6),
        ([cover(30, 4e6, None)], np.nan),
        ([], np.nan),
    ],
)
def test_the_newest_cover_counts(covers, expected):
    assert share(*covers) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("counted", "expected"), [(30, 0.25), (200, np.nan)])
def test_a_cover_without_a_count_is_held_against_one_of_its_time(counted, expected):
    supply = {"circulating": 16e6, "circulating_at": NOW - timedelta(days=counted)}
    assert share(cover(30, 4e6, None), supply=supply) == pytest.approx(expected, nan_ok=True)


def test_a_split_between_cover_and_count_is_undone():
    supply = {"circulating": 1.6e6, "circulating_at": NOW}
    split = {
        "event": "reverse_split",
        "happened_on": NOW - timedelta(days=10),
        "ratio": 0.1,
        "evidence": "reported",
    }
    found = share(cover(30, 4e6, None), supply=supply, capital=[split])
    assert found == pytest.approx(0.25)


def test_what_somebody_told_comes_first():
    assert share(cover(30, 4e6), fundamentals={"public_float_share": 0.25}) == 0.25
