import logging
from contextlib import nullcontext

import pytest

from screener.benches import page
from screener.benches.market import add_scored
from screener.benches.page import QUESTIONS, new_screens, without_log
from screener.universe.live import UNIVERSE
from tests.screener.benches.watched import PAGES


@pytest.mark.slow(*PAGES)
@pytest.mark.django_db
def test_each_reader_and_each_kind_of_request_has_a_row(monkeypatch):
    monkeypatch.setattr(page, "ROUNDS", 4)
    monkeypatch.setattr(page, "market_of", lambda _size: nullcontext())
    UNIVERSE.forget()
    add_scored(200)
    rows = list(page.measure([200]))
    assert len({(row["reader"], row["part"], row["screens"]) for row in rows}) == len(rows) == 8
    assert all(0 < row["cpu_p50_ms"] <= row["cpu_p95_ms"] for row in rows)
    assert all(row["anew_ratio"] > 1 for row in rows)
    assert {row["reader"] for row in rows if row["queries"] > 3} == {"person"}


def test_a_new_screen_is_one_that_nobody_asked_for():
    asked = [question for place in range(1, 50) for question in new_screens(place)]
    assert len(set(asked)) == len(asked)


@pytest.mark.django_db
@pytest.mark.parametrize("question", [*QUESTIONS, *new_screens(1)])
def test_every_question_of_the_bench_is_one_that_makes_sense(client, question):
    UNIVERSE.forget()
    assert client.get(question).status_code == 200


def test_the_log_is_silent_only_meanwhile():
    with without_log():
        assert not logging.getLogger("x").isEnabledFor(logging.INFO)
    assert logging.root.manager.disable == logging.NOTSET
