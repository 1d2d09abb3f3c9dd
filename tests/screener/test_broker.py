import pytest

from screener.broker import broker_answers


@pytest.mark.usefixtures("valkey")
def test_a_broker_that_runs_answers():
    assert broker_answers()


def test_a_broker_that_is_gone_does_not(settings):
    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    assert not broker_answers()
