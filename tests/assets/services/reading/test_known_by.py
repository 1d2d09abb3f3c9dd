"""One rule of what counts: the same rows by the ORM's query and by the SQL of `Recent`."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.models import ContractSnapshot, Retraction
from assets.services.reading.known_by import EVERYTHING, ROW, KnownBy
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, ContractRow
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
HOURS = (0, 1, 2, 3)
PROVIDERS = ("goplus", "coingecko", "analyst")


@pytest.fixture
def answers():
    """By hour and provider what was said of one token."""
    asked = {}
    for hour in HOURS:
        for provider in PROVIDERS:
            moment = NOW + timedelta(hours=hour)
            observation = observed(provider=provider, as_of=moment, known_at=moment)
            token = AssetRef(kind="token", identifiers=(("address:bsc", "0x1"),))
            store_rows(
                observation=observation, rows=[ContractRow(asset=token, as_of=moment, sell_tax_share=0.1)]
            )
            asked[hour, provider] = observation.pk
    return asked


def counted(known, number_of):
    """The hours and providers of the rows that count, once by either query."""
    by_model = set(ContractSnapshot.objects.filter(known.rows()).values_list("observation_id", flat=True))
    conditions, parameters = known.conditions(connection, *(f"r.{name}" for name in ROW))
    table = ContractSnapshot._meta.db_table
    where = " AND ".join(["1 = 1", *conditions])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT r.observation_id FROM {table} r WHERE {where}", parameters)  # noqa: S608
        assert {row[0] for row in cursor.fetchall()} == by_model
    return {number_of[each] for each in by_model}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(data=st.data())
def test_what_counts_by_either_query(answers, data):
    number_of = {number: place for place, number in answers.items()}
    moment = data.draw(st.none() | st.sampled_from(HOURS))
    until = data.draw(st.none() | st.sampled_from(HOURS))
    cited = data.draw(st.none() | st.sets(st.sampled_from([*answers])))
    back = data.draw(st.sets(st.sampled_from([*answers]), max_size=3))
    spoke = data.draw(st.none() | st.sampled_from(HOURS))
    asset = ContractSnapshot.objects.values_list("asset_id", flat=True)[0]
    known = KnownBy(
        moment=None if moment is None else NOW + timedelta(hours=moment),
        until=None if until is None else NOW + timedelta(hours=until),
        observations=None if cited is None else [answers[each] for each in cited],
        retracted=tuple(answers[each] for each in back),
        since={} if spoke is None else {asset: NOW + timedelta(hours=spoke)},
    )
    expected = {
        (hour, provider)
        for hour, provider in answers
        if (moment is None or hour <= moment)
        and (until is None or hour <= until)
        and (cited is None or (hour, provider) in cited)
        and (hour, provider) not in back
        and not (provider == "goplus" and spoke is not None and hour < spoke)
    }
    assert counted(known, number_of) == expected
    of_places = {each for each in answers if all(end is None or each[0] <= end for end in (moment, until))}
    assert counted(known.of_places, number_of) == (of_places if cited is None else of_places & cited)


def test_without_a_condition_nothing_is_asked(answers):
    assert not EVERYTHING.rows()
    assert EVERYTHING.conditions(connection, *ROW) == ([], [])


def test_what_a_person_takes_back_counts_until_then(answers):
    taken_back = answers[2, "analyst"]
    Retraction.objects.create(observation_id=taken_back, retracted_at=NOW + timedelta(hours=4))
    present = {"analyst"}
    assert KnownBy.of([], now=NOW + timedelta(hours=3), present=present).retracted == ()
    later = KnownBy.of([], now=NOW + timedelta(hours=4), present=present)
    assert later.retracted == (taken_back,)
    assert KnownBy.of([], now=NOW + timedelta(hours=4), present={"goplus"}).retracted == ()
    earlier = KnownBy.of([], now=NOW + timedelta(hours=9), known_by=NOW, present=present, observations=[1])
    assert (earlier.moment, earlier.observations, earlier.retracted) == (NOW, [1], ())
