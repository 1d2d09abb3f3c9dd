from unittest.mock import Mock

import pytest
import redis

from assets.services import watching
from assets.services.watching import StoppedError, Watched, how_far, watched_as, wish_stop
from assets.sourcing.progress import READING, STORING, report


def test_who_knows_the_name_sees_how_far_it_is():
    assert how_far("one") is None
    with watched_as("one"):
        report(READING, 1_500, 50_000)
        assert how_far("one") == Watched(stage="reading", done=1_500, total=50_000)
        report(STORING, 7, 7)
        assert how_far("one") == Watched(stage="storing", done=7, total=7)
        assert how_far("another") is None
    assert how_far("one") is None, "it is over"


def test_it_is_said_now_and_then_and_at_the_end():
    with watched_as("two"):
        report(READING, 1, 9)
        report(READING, 2, 9)
        assert how_far("two").done == 1, "a moment later is too soon"
        report(READING, 9, 9)
        assert how_far("two").done == 9


def test_it_can_be_stopped_and_begun_anew():
    with watched_as("three"):
        wish_stop("three")
        with pytest.raises(StoppedError):
            report(READING, 9, 9)
    with watched_as("three"):
        assert how_far("three") is None
        report(READING, 9, 9)


def test_without_the_cache_nobody_can_watch_and_the_work_goes_on(monkeypatch):
    gone = Mock(**{f"{each}.side_effect": redis.ConnectionError for each in ("get", "set", "delete_many")})
    monkeypatch.setattr(watching, "cache", gone)
    with watched_as("four"):
        wish_stop("four")
        report(READING, 9, 9)
        assert how_far("four") is None
    assert gone.get.called


@pytest.mark.parametrize(
    "kept", ["text", 7, [], {}, {"stage": "reading"}, {"stage": "x", "done": 1, "total": 1}]
)
def test_what_is_not_ours_says_nothing(monkeypatch, kept):
    monkeypatch.setattr(watching, "cache", Mock(**{"get.return_value": kept}))
    assert how_far("five") is None
