import pytest
from django.core.cache import cache

from screener.broker import broker_answers
from screener.supervisor import ServiceError, local_services
from screener.supervisor.services import worker_answers
from screener.tasks import HEARTBEAT_KEY, heartbeat
from tests.servers.waiting import until


def test_a_broker_is_started_and_ended(valkey_server):
    assert broker_answers()
    with local_services(worker=False):
        pass
    assert broker_answers(), "what ran before is left running"


def test_a_configured_broker_that_is_gone_is_named_without_its_password(settings):
    settings.BROKER_URL = "redis://:secret@127.0.0.1:1/0"
    settings.BROKER_ADDRESS = "redis://:…@127.0.0.1:1/0"
    settings.OWN_BROKER = False
    with pytest.raises(ServiceError, match="ASSAY_BROKER_URL") as refused, local_services(worker=False):
        pass
    assert "secret" not in str(refused.value)


@pytest.mark.broker
def test_a_worker_takes_tasks(worker):
    assert worker_answers()
    heartbeat.delay()
    until(lambda: cache.get(HEARTBEAT_KEY) is not None, "a heartbeat")
