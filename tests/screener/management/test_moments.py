from argparse import ArgumentTypeError
from datetime import UTC, datetime

import pytest

from screener.management.moments import moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=UTC)),
        ("2026-01-31T12:00Z", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("2026-01-31T12:00+02:00", datetime(2026, 1, 31, 10, tzinfo=UTC)),
    ],
)
def test_a_moment_without_a_zone_is_utc(text, expected):
    assert moment(text) == expected


@pytest.mark.parametrize("text", ["yesterday", "", "2026-02-30"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ArgumentTypeError, match="is not a moment"):
        moment(text)
