from hypothesis import given

from screener.screens.conditions import EVERYTHING, All, Contains, Either, Not, both, parts_of, walk
from tests.screener.screens.strategies import conditions

A, B, C = Contains("a"), Contains("b"), Contains("c")


def test_joined_conditions_lie_flat():
    assert both() == EVERYTHING
    assert both(A) == both(EVERYTHING, A) == A
    assert both(A, All((B, C))) == both(All((A, B)), C) == All((A, B, C))


@given(conditions(), conditions())
def test_joining_asks_for_the_parts_of_both(one, other):
    assert parts_of(both(one, other)) == (*parts_of(one), *parts_of(other))


def test_everything_within_is_walked_through():
    whole = Not(Either((A, All((B, Not(C))))))
    assert [each for each in walk(whole) if isinstance(each, Contains)] == [A, B, C]
    assert next(iter(walk(whole))) is whole
