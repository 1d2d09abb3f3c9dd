import logging

import pytest

from screener.benches.page import QUESTIONS, _quiet
from screener.universe.live import UNIVERSE


@pytest.mark.django_db
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_of_the_bench_is_one_that_makes_sense(client, question):
    UNIVERSE.forget()
    assert client.get(question).status_code == 200


def test_the_log_is_silent_only_meanwhile():
    with _quiet():
        assert not logging.getLogger("x").isEnabledFor(logging.INFO)
    assert logging.root.manager.disable == logging.NOTSET
