from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from screener.views.dossier.past_day import PastDay, PastDayError, past_day


def ask(rf, day):
    return past_day(rf.get("/", {"as_of": day}))


def test_a_past_day_ends_with_its_last_moment(rf):
    assert ask(rf, "2026-03-02") == PastDay(day=date(2026, 3, 2))
    assert PastDay(day=date(2026, 3, 2)).moment == datetime(2026, 3, 2, 23, 59, 59, 999_999, tzinfo=UTC)


def test_no_day_and_today_are_no_past_day(rf):
    assert past_day(rf.get("/")) is None
    assert ask(rf, timezone.now().astimezone(UTC).date().isoformat()) is None


@pytest.mark.parametrize("typed", ["x", "2026-02-30", "1500-01-01", "2026", "٢٠٢٦-03-02x"])
def test_what_is_no_day_is_refused(rf, typed):
    with pytest.raises(PastDayError, match="not a day"):
        ask(rf, typed)


def test_a_day_ahead_is_refused(rf):
    with pytest.raises(PastDayError, match="ahead"):
        ask(rf, (timezone.now() + timedelta(days=2)).date().isoformat())
