import random

from screener.benches.market import _card
from screener.checklist import CRITERIA, DIMENSIONS


def test_a_card_of_the_bench_is_shaped_like_a_real_one_and_the_same_each_time():
    card = _card(random.Random(7))
    assert card == _card(random.Random(7))
    assert set(card["dimensions"]) == {each.id for each in DIMENSIONS}
    assert len(card["findings"]) == len(CRITERIA)
    assert 0 <= card["total_low"] <= card["total"] <= card["total_high"] <= 100


def test_some_figures_are_not_known():
    assert len({len(_card(random.Random(seed))["figures"]) for seed in range(20)}) > 1
