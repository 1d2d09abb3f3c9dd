from datetime import UTC, datetime, timedelta

import pytest

from assets.models import Observation, Payload, Retraction
from assets.services.reading.retractions import retracted_by

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_what_was_taken_back_by_a_moment(django_assert_num_queries):
    first, second = (
        Observation.objects.create(
            provider="analyst",
            family="supply",
            request={},
            payload=Payload.keep(b"x"),
            http_status=200,
            as_of=NOW,
            known_at=NOW,
        )
        for _number in range(2)
    )
    Retraction.objects.create(observation=first, retracted_at=NOW)
    Retraction.objects.create(observation=second, retracted_at=NOW + timedelta(hours=1))
    assert retracted_by(NOW - timedelta(seconds=1), present={"analyst"}) == ()
    assert retracted_by(NOW, present={"analyst"}) == (first.pk,)
    assert retracted_by(NOW + timedelta(days=1), present={"analyst"}) == (first.pk, second.pk)
    with django_assert_num_queries(0):
        assert retracted_by(NOW, present={"coingecko"}) == ()
