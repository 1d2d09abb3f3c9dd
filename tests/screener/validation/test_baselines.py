import numpy as np
import pandas as pd
import pytest

from screener.validation import baselines as module
from screener.validation.baselines import baselines

CHANCE = np.random.default_rng(4)
BAD = np.arange(120) % 3 == 0
SIGNAL = BAD + CHANCE.normal(scale=0.6, size=120)


def test_what_can_be_learned_is_learned():
    gaps = np.where(np.arange(120) % 7 == 0, np.nan, SIGNAL)
    learned = baselines(pd.DataFrame({"signal": gaps, "noise": CHANCE.normal(size=120)}), BAD, seed=1)
    assert 0.7 < learned.auc_logistic < 0.98
    assert 0.7 < learned.auc_boosting < 0.98
    assert learned.remark == ""


def test_long_tails_and_the_infinite_do_no_harm():
    tail = np.where(np.arange(120) == 5, np.inf, 10 ** (6 * SIGNAL))
    learned = baselines(pd.DataFrame({"tail": tail, "empty": np.nan}), BAD, seed=1)
    assert learned.auc_logistic > 0.75


def test_noise_can_not_be_learned():
    learned = baselines(pd.DataFrame({"noise": CHANCE.normal(size=120)}), BAD, seed=1)
    assert learned.auc_logistic == pytest.approx(0.5, abs=0.15)


def test_it_comes_out_the_same():
    features = pd.DataFrame({"signal": SIGNAL})
    assert baselines(features, BAD, seed=1) == baselines(features, BAD, seed=1)


@pytest.mark.parametrize(
    ("features", "bad", "message"),
    [
        (pd.DataFrame(index=range(120)), BAD, "no column of numbers"),
        (pd.DataFrame({"empty": [np.nan] * 120}), BAD, "no column of numbers"),
        (pd.DataFrame({"signal": SIGNAL}), np.arange(120) < 4, "fewer than 5 rows"),
    ],
)
def test_what_can_not_be_learned_is_told(features, bad, message):
    learned = baselines(features, bad, seed=1)
    assert (learned.auc_logistic, learned.auc_boosting) == (None, None)
    assert message in learned.remark


def test_without_scikit_learn_it_says_so(monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    assert "scikit-learn is not installed" in baselines(pd.DataFrame({"signal": SIGNAL}), BAD, seed=1).remark
