import pytest
from django.utils import translation

from assets.metrics.contract import FAULTS, TRADE_LIMITS, TRAPS
from screener.words.causes import FAULT_WORDS, LIMIT_WORDS, TRAP_WORDS, faults, limits, traps
from screener.words.numbers import in_sentence

LISTS = [(faults, FAULTS, FAULT_WORDS), (traps, TRAPS, TRAP_WORDS), (limits, TRADE_LIMITS, LIMIT_WORDS)]


@pytest.mark.parametrize(("read", "names", "words"), LISTS)
def test_every_cause_has_its_words_and_stands_alone(read, names, words):
    assert set(words) == set(names)
    with translation.override("en"):
        for place, name in enumerate(names):
            assert read(float(2**place)) == str(words[name])


def test_several_are_listed_in_order():
    with translation.override("en"):
        assert in_sentence(1.0 + 16.0, "traps") == "it is named a honeypot, it is named a scam"
