import socket

import pytest

from screener.supervisor.address import free_port, is_free, port_from
from screener.supervisor.child import ServiceError


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "80.5", "", "８０"])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(ServiceError, match="whole number from 1 to 65535"):
        port_from(text)


def test_the_next_free_port_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free(port)
        assert port < free_port(port) < port + 100


def test_a_server_that_shares_its_port_is_noticed():
    """The web server listens with SO_REUSEPORT."""
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not is_free(taken.getsockname()[1])


def test_no_free_port_is_said(monkeypatch):
    monkeypatch.setattr("screener.supervisor.address.is_free", lambda _port: False)
    with pytest.raises(ServiceError, match="No port from 65500 to 65535 is free"):
        free_port(65_500)
