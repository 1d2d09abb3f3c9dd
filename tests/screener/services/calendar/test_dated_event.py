from datetime import UTC, date, datetime

from screener.services.calendar.dated_event import Span


def test_a_span_has_both_its_ends():
    span = Span(date(2027, 3, 1), date(2027, 3, 31))
    assert date(2027, 3, 1) in span
    assert date(2027, 3, 31) in span
    assert date(2027, 4, 1) not in span
    assert span.moments == (datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC))
