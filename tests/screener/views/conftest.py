"""Queries of a page are counted while the universe has nothing to ask.

Whether it looks for news, and what it then reads, would hang on the second and on the tests before.
"""

from contextlib import contextmanager

import pytest

from screener.universe.live import UNIVERSE


def settled(counting):
    @contextmanager
    def counted(*arguments, **more):
        UNIVERSE.forget()
        UNIVERSE.table()
        with counting(*arguments, **more) as context:
            yield context

    return counted


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries):
    return settled(django_assert_num_queries)


@pytest.fixture
def django_assert_max_num_queries(django_assert_max_num_queries):
    return settled(django_assert_max_num_queries)
