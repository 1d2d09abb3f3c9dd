from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from screener.services.calendar.dated_event import Span
from screener.views.calendar.question import read_question

TODAY = date(2027, 3, 9)


def read(words):
    return read_question(QueryDict(words), today=TODAY)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("", Span(date(2027, 3, 1), date(2027, 3, 31))),
        ("month=2028-02", Span(date(2028, 2, 1), date(2028, 2, 29))),
        ("day=2027-05-04", Span(date(2027, 5, 4), date(2027, 5, 4))),
        ("day=2027-05-04&month=2020-01", Span(date(2027, 5, 4), date(2027, 5, 4))),
    ],
)
def test_the_days_that_are_asked_for(words, span):
    question, problems = read(words)
    assert (question.span, problems) == (span, [])


def test_a_question_is_written_as_it_is_read():
    words = "month=2027-01&view=list&kind=unlock&kind=split&assets=token&watchlist=3&sandbox=yes"
    question, _problems = read(words)
    assert question.address == f"?{words}"
    assert read(question.address[1:])[0] == question


@given(
    st.dictionaries(
        st.sampled_from(["month", "day", "view", "kind", "assets", "watchlist", "sandbox"]),
        st.text(max_size=12),
    )
)
def test_any_words_are_read_and_what_is_read_is_written_again(words):
    query = QueryDict(mutable=True)
    query.update(words)
    question, problems = read_question(query, today=TODAY)
    again, none = read(question.address[1:])
    assert again == question
    assert none == []
    assert all(len(each) < 120 for each in problems)
