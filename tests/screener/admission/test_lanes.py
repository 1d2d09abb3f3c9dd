import pytest
from django.urls import resolve

from screener.admission.lanes import (
    EXPENSIVE,
    EXPENSIVE_ADDRESSES,
    EXPENSIVE_AT_ONCE,
    PAGES_OF_A_PROCESS,
    SHEETS,
    is_expensive,
)


def test_expensive_questions_leave_threads_to_the_others():
    assert EXPENSIVE.at_once + EXPENSIVE.waiting + SHEETS.at_once < PAGES_OF_A_PROCESS
    assert EXPENSIVE_AT_ONCE < PAGES_OF_A_PROCESS


@pytest.mark.parametrize("path", sorted(EXPENSIVE_ADDRESSES))
def test_what_is_expensive_is_an_address(path):
    assert resolve(path).url_name
    assert is_expensive(path, "")


@pytest.mark.parametrize(
    ("query", "expensive"),
    [
        ("q=changed%3Ascore+7d+%3E+1", True),
        ("q=%63HANGED:score 7d > 1", True),
        ("q=score+%3E+1", False),
        ("", False),
    ],
)
def test_a_question_about_the_past_is_expensive(query, expensive):
    assert is_expensive("/", query) is expensive
