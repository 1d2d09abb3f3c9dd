import pytest

from assets.sourcing.progress import EVERY, READING, report, reported, watched_by


def test_who_watches_hears_now_and_then_and_at_the_end():
    heard = []
    with watched_by(lambda *report: heard.append(report)):
        assert list(reported(range(EVERY + 1), READING)) == list(range(EVERY + 1))
    assert heard == [(READING, done, EVERY + 1) for done in (0, EVERY, EVERY + 1)]


def test_without_a_watcher_the_work_is_the_same():
    assert list(reported("abc", READING)) == ["a", "b", "c"]
    report(READING, 1, 2)


def test_what_the_watcher_raises_ends_the_work():
    def stop(*_report):
        raise InterruptedError

    with pytest.raises(InterruptedError), watched_by(stop):
        list(reported("abc", READING))
    assert list(reported("abc", READING)) == ["a", "b", "c"], "nobody watches afterwards"
