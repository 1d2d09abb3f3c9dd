import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import rankdata, spearmanr
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from screener.validation import statistics as ours

BAD = np.array([0, 0, 1, 0, 1, 1], dtype=bool)


def outcomes(many=60):
    """Risks with ties, and outcomes with both kinds."""
    risks = arrays(float, many, elements=st.integers(0, 12).map(float))
    return st.tuples(risks, arrays(bool, many).filter(lambda bad: bad.any() and not bad.all()))


@pytest.mark.parametrize(
    ("risk", "expected"),
    [
        ([1, 2, 3, 4, 5, 6], 8 / 9),
        ([6, 5, 4, 3, 2, 1], 1 / 9),
        ([1, 1, 2, 1, 2, 2], 1.0),
        ([7, 7, 7, 7, 7, 7], 0.5),
        ([1, 2, 2, 2, 3, 3], 8 / 9),
    ],
)
def test_auc(risk, expected):
    assert ours.auc(np.array(risk, dtype=float), BAD) == pytest.approx(expected)


@given(outcomes())
def test_auc_is_that_of_another_library(rows):
    risk, bad = rows
    assert ours.auc(risk, bad) == pytest.approx(roc_auc_score(bad, risk))
    np.testing.assert_allclose(ours.average_ranks(risk), rankdata(risk))


@pytest.mark.parametrize("bad", [np.zeros(6, dtype=bool), np.ones(6, dtype=bool)])
def test_without_both_outcomes_there_is_no_auc(bad):
    risk = np.arange(6.0)
    assert np.isnan(ours.auc(risk, bad))
    assert np.isnan(ours.auc_interval(risk, bad, seed=1)).all()


def test_the_interval_is_that_of_resampled_rows():
    chance = np.random.default_rng(5)
    bad = chance.random(400) < 0.3
    risk = np.round(chance.normal(size=400) + bad, 1)
    low, high = ours.auc_interval(risk, bad, seed=1)
    drawn = []
    for _each in range(1_000):
        rows = np.concatenate([chance.choice(np.flatnonzero(mask), mask.sum()) for mask in (bad, ~bad)])
        drawn.append(ours.auc(risk[rows], bad[rows]))
    np.testing.assert_allclose((low, high), np.quantile(drawn, [0.025, 0.975]), atol=0.01)
    assert low < ours.auc(risk, bad) < high


def test_the_interval_comes_out_the_same_and_is_drawn_in_parts(monkeypatch):
    risk, bad = np.arange(50.0), np.arange(50) % 3 == 0
    whole = ours.auc_interval(risk, bad, seed=1)
    assert whole == ours.auc_interval(risk, bad, seed=1)
    assert whole != ours.auc_interval(risk, bad, seed=2)
    monkeypatch.setattr(ours, "CELLS_AT_ONCE", 50 * 70)
    np.testing.assert_allclose(ours.auc_interval(risk, bad, seed=1), whole, atol=0.03)


def test_one_figure_alone_counts_in_its_better_direction_and_where_it_is_known():
    young = np.array([9, 8, 1, np.nan, 2, 1])
    assert ours.auc_either_way(young, BAD) == 1.0
    assert ours.auc_either_way(-young, BAD) == 1.0
    assert np.isnan(ours.auc_either_way(None, BAD))


def test_the_best_column_is_found_whichever_way_it_points():
    table = pd.DataFrame({"noise": [1.0, 2, 1, 2], "falls": [4.0, 3, 2, 1], "none": np.nan})
    bad = np.array([False, False, True, True])
    assert ours.best_column(table, bad) == ("falls", 1.0)


def test_a_column_that_is_known_of_a_few_rows_does_not_win_by_these():
    table = pd.DataFrame({"rare": [1.0, *[np.nan] * 8, 2.0], "often": [*[0.0] * 5, 1.0, *[1.0] * 3, 0.5]})
    bad = np.array([False] * 5 + [True] * 5)
    assert ours.best_column(table, bad)[0] == "often"


def test_without_columns_there_is_no_best_one():
    name, area = ours.best_column(pd.DataFrame(index=range(2)), np.array([True, False]))
    assert name is None
    assert np.isnan(area)


def test_rates_by_group():
    rows = ours.rates(np.array(list("AABBBB")), BAD, ("A", "B", "C"))
    assert rows == {"A": {"n": 2, "rate": 0.0}, "B": {"n": 4, "rate": 0.75}, "C": {"n": 0, "rate": None}}


@given(outcomes())
def test_isotonic_is_that_of_another_library(rows):
    risk, bad = rows
    knots, chance = ours.isotonic(risk, bad)
    np.testing.assert_allclose(chance, IsotonicRegression().fit(risk, bad).predict(knots), atol=1e-12)
    assert (np.diff(chance) >= 0).all()


@given(outcomes())
def test_spearman_is_that_of_another_library(rows):
    one, bad = rows
    other = one + 3 * bad
    if np.ptp(one) == 0:
        assert np.isnan(ours.spearman(one, other))
    else:
        assert ours.spearman(one, other) == pytest.approx(spearmanr(one, other).statistic)


def test_folds_hold_their_part_of_both_outcomes():
    bad = np.arange(100) < 20
    fold = ours.folds(bad, seed=3)
    assert [int((bad & (fold == each)).sum()) for each in range(5)] == [4] * 5
    assert [int((~bad & (fold == each)).sum()) for each in range(5)] == [16] * 5


def test_calibration_does_not_look_at_the_row_itself():
    """Labels drawn at random can't be learned: whoever does better than the base rate has peeked."""
    chance = np.random.default_rng(1)
    bad = chance.random(500) < 0.3
    said = ours.calibrated(chance.random(500), bad, seed=1)
    assert ours.brier(said, bad) >= bad.mean() * (1 - bad.mean()) - 0.005


def test_calibration_finds_the_chance():
    chance = np.random.default_rng(2)
    true = chance.random(4_000)
    bad = chance.random(4_000) < true
    said = ours.calibrated(true * 7 - 3, bad, seed=1)
    assert np.abs(said - true).mean() < 0.05
    assert ours.brier(said, bad) == pytest.approx(brier_score_loss(bad, said))
    bins = list(ours.reliability(said, bad))
    assert len(bins) == 10
    assert sum(each["n"] for each in bins) == 4_000
    assert all(abs(each["predicted"] - each["observed"]) < 0.08 for each in bins)


def test_ties_share_a_bin():
    bins = list(ours.reliability(np.array([0.1] * 7 + [0.9] * 3), np.arange(10) > 6))
    assert bins == [
        {
            "n": 7,
            "predicted": pytest.approx(0.1),
            "observed": 0.0,
            "low": 0.0,
            "high": pytest.approx(0.354, abs=1e-3),
        },
        {
            "n": 3,
            "predicted": pytest.approx(0.9),
            "observed": 1.0,
            "low": pytest.approx(0.438, abs=1e-3),
            "high": 1.0,
        },
    ]


def test_the_interval_of_a_share_is_wilson_s():
    """0 of 10: 0 to 27.8 %; 5 of 10: 23.7 to 76.3 % (Newcombe 1998)."""
    assert ours.wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)
    assert ours.wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)


@given(outcomes())
def test_bad_ends_by_score_fall_from_bin_to_bin_and_lose_no_row(rows):
    risk, bad = rows
    bins = list(ours.by_score(-risk, bad))
    rates = [each["rate"] for each in bins]
    assert rates == sorted(rates, reverse=True)
    assert [each["upto"] for each in bins] == sorted(each["upto"] for each in bins)
    assert sum(each["n"] for each in bins) == bad.size
    assert sum(each["n"] * each["rate"] for each in bins) == pytest.approx(bad.sum())
    assert all(each["low"] - 1e-9 <= each["rate"] <= each["high"] + 1e-9 for each in bins)


def test_each_group_is_ranked_by_itself():
    risk = np.array([1.0, 2, 3, 4, 1, 2, 5])
    bad = np.array([False, False, True, True, True, False, True])
    groups = np.array([2001.0, 2001, 2001, 2001, 2002, 2002, np.nan])
    first, second = ours.by_group(risk, bad, groups, seed=1)
    assert (first["group"], first["n"], first["bad"], first["auc"]) == (2001.0, 4, 2, 1.0)
    assert (second["group"], second["n"], second["bad"], second["auc"]) == (2002.0, 2, 1, 0.0)
    assert list(ours.by_group(risk, bad, None, seed=1)) == []
