import json
import pickle
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from screener.cache import JsonSerializer, Kept, UnreadableValueError

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@dataclass(frozen=True, slots=True)
class Weather:
    at: datetime
    degrees: float | None
    clouds: tuple[str, ...]


WEATHER = Weather(datetime(2026, 2, 1, tzinfo=UTC), None, ("cirrus",))


class Attack:
    """Unpickled, it would write into a list of ours."""

    done: list[str] = []

    def __reduce__(self):
        return (Attack.done.append, ("ran",))


@given(values)
def test_what_json_knows_comes_back(value):
    stored = JsonSerializer().dumps(value)
    as_bytes = str(stored).encode() if isinstance(stored, int) else stored
    assert JsonSerializer().loads(as_bytes) == value


@given(st.binary())
def test_anything_else_is_refused_and_never_run(stored):
    try:
        json.loads(stored)
    except ValueError:
        with pytest.raises(UnreadableValueError):
            JsonSerializer().loads(stored)


def test_values_deeper_or_longer_than_ours_are_refused():
    for stored in (b"[" * 100_000, b'"' + b"a" * 1_000_001 + b'"'):
        with pytest.raises(UnreadableValueError):
            JsonSerializer().loads(stored)


def test_what_has_a_shape_comes_back_in_it():
    kept = Kept("weather", tuple[Weather, ...])
    cache.delete("weather")
    assert kept.read() is None
    kept.keep((WEATHER,), seconds=60)
    assert kept.read() == (WEATHER,)


@pytest.mark.parametrize("stored", [7, {"at": 1}, "[1]", "{", '[{"at": "soon"}]'])
def test_what_has_another_shape_is_not_there(stored):
    cache.set("weather", stored)
    assert Kept("weather", tuple[Weather, ...]).read() is None


@pytest.mark.broker
def test_a_pickle_that_somebody_left_in_the_broker_is_not_run(valkey):
    with redis.Redis.from_url(settings.BROKER_URL) as broker:
        broker.set(cache.make_key("trap"), pickle.dumps(Attack()))
        broker.set(cache.make_key("fine"), b'{"a": 1}')
    assert cache.get("trap", "absent") == "absent"
    assert cache.get_many(["trap", "fine"]) == {"fine": {"a": 1}}
    assert Attack.done == []


@pytest.mark.broker
def test_the_broker_counts_and_keeps_what_we_write(valkey):
    cache.set("n", 1)
    assert cache.incr("n") == 2
    cache.set("t", ["a", True, None, 1.5])
    assert cache.get("t") == ["a", True, None, 1.5]
    assert cache.get("never", 3) == 3
