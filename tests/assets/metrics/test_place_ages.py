from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.families import BOOKS, FAMILIES, FAMILY_OF, KINDS, POOLS
from assets.metrics.place_ages import place_ages

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
HOURS = (0, 1, 20, 24, 25, 30, 47, 960, 970, 1_000)

answer = st.tuples(
    st.sampled_from([1, 2]),
    st.sampled_from("pqr"),
    st.sampled_from(HOURS),
    st.sampled_from([True, True, False]),
)


def ages(*answers, family=POOLS):
    """Of answers of (asset, place, hours ago, whether it tells of the trade)."""
    wanted = FAMILY_OF[family]
    rows = pd.DataFrame(answers, columns=["asset_id", wanted.place[-1], "hours", "tells"])
    if family == BOOKS:
        rows["venue"] = "v"
    rows["as_of"] = pd.Timestamp(NOW) - pd.to_timedelta(rows["hours"], unit="h")
    columns = [wanted.of_trade[0], *wanted.lasting[:1]]  # books have nothing that lasts
    known = np.ones((len(rows), len(columns)), dtype=bool)
    known[:, 0] = rows["tells"].to_numpy(dtype=bool)
    return place_ages(rows, family=wanted, known=known, columns=columns, now=NOW)


@pytest.mark.parametrize("family", [POOLS, BOOKS])
@pytest.mark.parametrize(("hours", "is_gone"), [(24, False), (25, True), (960, True)])
def test_a_place_is_as_old_as_its_own_newest_answer(family, hours, is_gone):
    found = ages((1, "p", 1, True), (1, "q", hours, True), family=family)
    assert found.is_gone.tolist() == [False, is_gone]


def test_a_place_that_anybody_told_of_in_time_counts_without_the_trade_of_its_old_answers():
    found = ages((1, "p", 1, True), (1, "p", 960, True), (2, "p", 960, True))
    assert found.outdated.tolist() == [False, True, False]
    assert not found.is_gone.any(), "nor is a place that has no other beside it"


def test_places_that_grew_stale_together_stay_what_they_were():
    found = ages((1, "p", 960, True), (1, "q", 970, True), (1, "r", 1_000, True))
    assert found.is_gone.tolist() == [False, False, True], "the last one was old then, too"


def test_an_answer_that_names_a_place_without_its_trade_makes_it_no_younger():
    found = ages((1, "p", 2, False), (1, "p", 960, True), (1, "q", 1, True))
    assert found.is_gone.tolist() == [True, True, False]
    assert found.deciding.tolist() == [False, True, True]


def test_an_answer_that_names_a_place_makes_no_other_place_old():
    found = ages((1, "p", 1, False), (1, "q", 960, True))
    assert not found.is_gone.any()


@given(st.lists(answer, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_answers_and_other_assets_make_no_difference(answers, random):
    places = list(range(len(answers)))
    random.shuffle(places)
    found, again = ages(*answers), ages(*(answers[each] for each in places))
    for name in ("outdated", "is_gone", "deciding"):
        assert getattr(found, name)[places].tolist() == getattr(again, name).tolist()
    alone = [place for place, each in enumerate(answers) if each[0] == answers[0][0]]
    assert ages(*(answers[each] for each in alone)).is_gone.tolist() == found.is_gone[alone].tolist()


@given(st.lists(answer, min_size=1, max_size=12), st.sets(st.integers(0, 11)))
def test_without_the_places_that_do_not_count_the_others_count_as_before(answers, left_out):
    found = ages(*answers)
    keep = [
        place
        for place in range(len(answers))
        if not found.is_gone[place] or found.deciding[place] or place not in left_out
    ]
    again = ages(*(answers[each] for each in keep))
    for name in ("outdated", "is_gone"):
        assert getattr(found, name)[keep].tolist() == getattr(again, name).tolist()


@given(st.lists(answer, min_size=1, max_size=12))
def test_every_asset_keeps_a_place(answers):
    found = ages(*answers)
    kept = {each[0] for place, each in enumerate(answers) if not found.is_gone[place]}
    assert kept == {each[0] for each in answers}


def test_families_of_many_places_have_one_limit_for_all_kinds():
    limits = {each.name: {each.limit(kind) for kind in KINDS} for each in FAMILIES if each.place}
    assert limits == {name: {timedelta(days=1)} for name in (POOLS, BOOKS)}
