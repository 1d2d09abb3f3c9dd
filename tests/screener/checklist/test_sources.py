from datetime import UTC, datetime, timedelta, timezone

import pandas as pd

from assets.metrics.facts import frame
from screener.checklist.sources import Sources

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def source(asset_id, family, observation_id, **age):
    as_of = NOW - timedelta(**age)
    return {
        "asset_id": asset_id,
        "family": family,
        "observation_id": observation_id,
        "provider": "p",
        "as_of": as_of,
        "known_at": as_of,
    }


def sources(*rows, ids=(1, 2, 3), now=NOW):
    return Sources(frame("sources", rows), pd.Index(ids), now=now)


def test_an_answer_rests_on_the_oldest_moment_and_on_all_observations():
    laid_out = sources(
        source(1, "market", 7, hours=2), source(1, "supply", 5, hours=30), source(2, "market", 7, hours=1)
    )
    as_of, observations = laid_out.provenance(("market", "supply"))
    assert as_of == ["2026-05-31T06:00:00+00:00", "2026-06-01T11:00:00+00:00", None]
    assert observations == [[5, 7], [7], []]


def test_one_observation_of_two_families_stands_once():
    laid_out = sources(source(1, "market", 7, hours=2), source(1, "supply", 7, hours=2))
    assert laid_out.provenance(("market", "supply"))[1][0] == [7]


def test_any_old_family_makes_it_stale_and_an_absent_one_does_not():
    laid_out = sources(
        source(1, "market", 1, hours=24),
        source(2, "market", 1, hours=24, microseconds=1),
        source(3, "supply", 1, hours=25),
    )
    assert laid_out.stale(("market",)).tolist() == [False, True, False]
    assert laid_out.stale(("market", "supply")).tolist() == [False, True, False]


def test_the_moment_of_what_is_too_old_is_not_that_of_what_may_be_older():
    laid_out = sources(
        source(1, "market", 1, hours=30),
        source(1, "supply", 1, days=5),
        source(2, "market", 1, hours=1),
        source(3, "market", 1, days=3),
        source(3, "supply", 1, days=99),
    )
    moments = [NOW - timedelta(hours=30), None, NOW - timedelta(days=99)]
    assert laid_out.stale_as_of(("market", "supply")) == [each and each.isoformat() for each in moments]


def test_assets_outside_the_batch_are_left_out():
    laid_out = sources(source(9, "market", 1, days=9), source(2, "market", 4, hours=1))
    assert laid_out.provenance(("market",))[1] == [[], [4], []]
    assert not laid_out.stale(("market",)).any()


def test_the_zone_of_the_clock_does_not_matter():
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-8)))
    laid_out = sources(source(1, "market", 1, hours=25), source(2, "market", 1, hours=23), now=elsewhere)
    assert laid_out.stale(("market",)).tolist() == [True, False, False]
