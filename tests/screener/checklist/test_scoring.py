import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.checklist.scoring import (
    GATED_SHARE,
    Scores,
    are_rated,
    combine,
    grades,
    points_of,
    score_dimension,
    worst_of,
)
from screener.checklist.states import CAUTION, FAIL, NOT_APPLICABLE, PASS, POINTS, UNKNOWN

CODES = st.sampled_from([PASS, CAUTION, FAIL, UNKNOWN, NOT_APPLICABLE])
ANSWERS = st.lists(st.tuples(CODES, st.sampled_from([1, 2, 3])), min_size=1, max_size=8)
DIMENSION_WEIGHTS = np.array([15.0, 20, 25, 20, 20])


def scored(answers, points=None, stale=()):
    states = np.array([[code for code, _weight in answers]], dtype=np.int8)
    usual = POINTS[states]
    result = usual if points is None else np.array([points], dtype=np.float64)
    is_stale = np.array([[place in stale for place in range(len(answers))]])
    return score_dimension(result, states, np.array([float(weight) for _code, weight in answers]), is_stale)


def of_values(*values, coverage=1.0):
    return [Scores(*(np.array([each]) for each in (value, value, value, coverage))) for value in values]


def total(dimensions, *, gate_open=False, gate_unverified=False):
    return combine(
        dimensions,
        DIMENSION_WEIGHTS[: len(dimensions)],
        gate_open=np.array([gate_open]),
        gate_unverified=np.array([gate_unverified]),
    )


def test_a_dimension_worked_by_hand():
    """Weight 6 applies: pass 3, caution 2, unknown 1. c = 5/6, k = 4/5, score = 4/6 + 0.35/6."""
    result = scored([(PASS, 3), (CAUTION, 2), (UNKNOWN, 1), (NOT_APPLICABLE, 3)])
    assert result.score[0] == pytest.approx(5 / 6 * 4 / 5 + 1 / 6 * 0.35)
    assert (result.low[0], result.high[0]) == pytest.approx((4 / 6, 5 / 6))
    assert result.coverage[0] == pytest.approx(5 / 6)


def test_a_stale_answer_counts_half_and_leaves_half_open():
    """Weight 4 applies: a stale pass of 2, a fail of 1, a stale caution of 1. Certain are 1 + ¼ of 4."""
    result = scored([(PASS, 2), (FAIL, 1), (CAUTION, 1)], stale={0, 2})
    assert result.low[0] == pytest.approx(1.25 / 4)
    assert result.coverage[0] == pytest.approx(2.5 / 4)
    assert result.high[0] == pytest.approx(2.75 / 4)
    assert result.score[0] == pytest.approx((1.25 + 0.35 * 1.5) / 4)


@given(
    answers=st.lists(
        st.tuples(st.sampled_from([PASS, CAUTION, FAIL]), st.sampled_from([1, 2, 3])), min_size=1, max_size=8
    ),
    place=st.integers(0, 7),
)
def test_ageing_lowers_a_pass_and_never_leads_out_of_what_was_open(answers, place):
    place %= len(answers)
    unknown = scored([*answers[:place], (UNKNOWN, answers[place][1]), *answers[place + 1 :]])
    fresh, old = scored(answers), scored(answers, stale={place})
    assert unknown.coverage[0] < old.coverage[0] < fresh.coverage[0]
    assert unknown.low[0] - 1e-12 <= old.low[0] <= old.high[0] <= unknown.high[0] + 1e-12
    if answers[place][0] == PASS:
        assert unknown.score[0] < old.score[0] < fresh.score[0]


def test_a_caution_counts_what_it_is_worth():
    result = scored([(PASS, 1), (CAUTION, 1), (FAIL, 1), (UNKNOWN, 1)], points=[1, 0.8, 0, np.nan])
    assert result.low[0] == pytest.approx(1.8 / 4)
    assert result.score[0] == pytest.approx((1.8 + 0.35) / 4)


def test_of_nothing_known_everything_is_possible():
    result = scored([(UNKNOWN, 3), (UNKNOWN, 1)])
    assert [column[0] for column in result.columns()] == pytest.approx([0.35, 0, 1, 0])


def test_a_dimension_that_does_not_apply_has_no_score():
    assert all(math.isnan(column[0]) for column in scored([(NOT_APPLICABLE, 3)]).columns())


@given(answers=ANSWERS)
def test_the_interval_holds_the_score(answers):
    score, low, high, coverage = (column[0] for column in scored(answers).columns())
    if not math.isnan(score):
        assert 0 <= low <= score + 1e-12
        assert score <= high + 1e-12 <= 1 + 2e-12
        assert -1e-12 <= coverage <= 1 + 1e-12


@given(answers=ANSWERS, data=st.data())
def test_the_order_of_criteria_does_not_matter(answers, data):
    shuffled = data.draw(st.permutations(answers))
    for one, other in zip(scored(answers).columns(), scored(shuffled).columns(), strict=True):
        assert one == pytest.approx(other, nan_ok=True)


@given(answers=ANSWERS, place=st.integers(0, 7), code=st.sampled_from([PASS, CAUTION, FAIL]))
def test_one_more_fact(answers, place, code):
    """It never lowers coverage nor leads out of the interval; a pass never lowers, a fail never raises."""
    place %= len(answers)
    before = scored([*answers[:place], (UNKNOWN, answers[place][1]), *answers[place + 1 :]])
    after = scored([*answers[:place], (code, answers[place][1]), *answers[place + 1 :]])
    assert after.coverage[0] >= before.coverage[0]
    assert before.low[0] - 1e-12 <= after.score[0] <= before.high[0] + 1e-12
    if code == PASS:
        assert after.score[0] >= before.score[0]
    if code == FAIL:
        assert after.score[0] <= before.score[0]


def test_a_total_worked_by_hand():
    """Weights 15 and 20: 100 · 0.9^(15/35) · 0.4^(20/35)."""
    result = total(of_values(0.9, 0.4))
    assert result.score[0] == pytest.approx(100 * 0.9 ** (15 / 35) * 0.4 ** (20 / 35))


def test_the_weakest_dimension_drags_the_total_but_does_not_erase_it():
    result = total(of_values(1, 1, 0, 1, 1))
    assert result.score[0] == pytest.approx(100 * 0.05**0.25)
    assert 0 < result.score[0] < 50


@settings(max_examples=50)
@given(values=st.lists(st.floats(0, 1), min_size=5, max_size=5))
def test_a_total_lies_between_its_weakest_and_its_strongest_dimension(values):
    score = total(of_values(*values)).score[0] / 100
    assert max(min(values), 0.05) - 1e-9 <= score <= max(*values, 0.05) + 1e-9


def test_a_dimension_that_does_not_apply_leaves_the_others_their_weight():
    with_none = total([*of_values(0.9, 0.4), *of_values(np.nan, coverage=np.nan)])
    without = total(of_values(0.9, 0.4))
    assert with_none.score == pytest.approx(without.score)
    assert with_none.coverage == pytest.approx(without.coverage)


def test_an_open_gate_leaves_a_fifth_of_all_and_an_unverified_one_of_the_worst_case():
    good = of_values(0.9, 0.9, 0.9, 0.9, 0.9)
    stopped, unverified = total(good, gate_open=True), total(good, gate_unverified=True)
    assert [stopped.score[0], stopped.low[0], stopped.high[0]] == pytest.approx([90 * GATED_SHARE] * 3)
    assert [unverified.score[0], unverified.low[0], unverified.high[0]] == pytest.approx([90, 18, 90])


def test_of_two_that_are_stopped_the_worse_ranks_lower_and_none_above_20():
    best, worse = (total(of_values(*[value] * 5), gate_open=True).score[0] for value in (1, 0.1))
    assert (best, worse) == pytest.approx((20, 2))


@pytest.mark.parametrize(
    ("score", "coverage", "unverified", "grade"),
    [
        (75, 1, False, "A"),
        (74.9999, 1, False, "B"),
        (60, 1, False, "B"),
        (45, 1, False, "C"),
        (30, 1, False, "D"),
        (29.9, 1, False, "E"),
        (0, 1, False, "E"),
        (90, 1, True, "B"),
        (50, 1, True, "C"),
        (90, 0.4, False, "A"),
        (20, 0.4, True, "E"),
    ],
)
def test_grades(score, coverage, unverified, grade):
    (totals,) = of_values(score, coverage=coverage)
    assert grades(totals, of_values(0.8, 0.5), np.array([unverified])).tolist() == [grade]


@pytest.mark.parametrize(
    ("coverage", "asked", "verified", "rated"),
    [
        (0.5, True, True, True),
        (0.4999, True, True, False),
        (1.0, True, False, False),
        (1.0, False, False, True),
    ],
    ids=["enough", "too little", "no gate verified", "no gate asked"],
)
def test_an_asset_is_rated_where_enough_is_known_and_a_gate_was_looked_at(coverage, asked, verified, rated):
    found = are_rated(
        np.array([coverage]),
        gate_asked=np.array([asked]),
        gate_verified=np.array([verified]),
    )
    assert found.tolist() == [rated]


@pytest.mark.parametrize(("weakest", "grade"), [(0.5, "A"), (0.4999, "B"), (0.0, "B"), (np.nan, "A")])
def test_an_a_has_no_weak_dimension(weakest, grade):
    (totals,) = of_values(90)
    assert grades(totals, of_values(0.9, weakest), np.array([False])).tolist() == [grade]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((PASS, PASS), PASS),
        ((PASS, CAUTION), CAUTION),
        ((PASS, FAIL), FAIL),
        ((PASS, UNKNOWN), UNKNOWN),
        ((CAUTION, UNKNOWN), UNKNOWN),
        ((UNKNOWN, FAIL), FAIL),
        ((FAIL, UNKNOWN), FAIL),
    ],
)
def test_the_worst_part_decides(parts, expected):
    codes = [np.array([code], dtype=np.int8) for code in parts]
    assert worst_of(codes, [True, True]).tolist() == [expected]


@pytest.mark.parametrize(
    ("needed", "other", "expected"),
    [
        (PASS, UNKNOWN, PASS),
        (CAUTION, UNKNOWN, CAUTION),
        (PASS, FAIL, FAIL),
        (UNKNOWN, PASS, UNKNOWN),
        (UNKNOWN, FAIL, UNKNOWN),
        (FAIL, UNKNOWN, FAIL),
        (UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_a_part_that_is_not_needed_counts_only_where_it_is_known(needed, other, expected):
    codes = [np.array([code], dtype=np.int8) for code in (needed, other)]
    assert worst_of(codes, [True, False]).tolist() == [expected]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [((UNKNOWN, PASS), PASS), ((FAIL, UNKNOWN), FAIL), ((UNKNOWN, UNKNOWN), UNKNOWN)],
)
def test_where_no_part_is_needed_one_that_is_known_answers(parts, expected):
    codes = [np.array([code], dtype=np.int8) for code in parts]
    assert worst_of(codes, [False, False]).tolist() == [expected]


def test_points_are_those_of_the_worst_part():
    states = np.array([PASS, CAUTION, CAUTION, CAUTION, FAIL, UNKNOWN, NOT_APPLICABLE], dtype=np.int8)
    first = np.array([1, 1, 0.9, 0.3, 0.7, np.nan, 1])
    second = np.array([1, 0.6, 1, np.nan, 0, 1, 1])
    result = points_of(states, [first, second])
    assert result.tolist() == pytest.approx([1, 0.6, 0.9, 0.3, 0, np.nan, np.nan], nan_ok=True)
