from datetime import UTC, datetime, timedelta

from django.utils import timezone

from screener.words.clock import read_at, reading_as_of
from screener.words.markup import age

PAST = datetime(2026, 3, 2, tzinfo=UTC)


def test_ages_are_told_to_the_moment_as_of_which_a_page_is_read():
    with reading_as_of(PAST):
        assert read_at() == PAST
        assert ">3\u202fh<" in age(PAST - timedelta(hours=3))
        with reading_as_of(None):
            assert read_at() > PAST
        assert read_at() == PAST
    assert abs(timezone.now() - read_at()) < timedelta(minutes=1)
