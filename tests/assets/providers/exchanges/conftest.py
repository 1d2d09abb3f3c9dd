import socket

import pytest


@pytest.fixture
def no_network(monkeypatch):
    """Every way to a socket ends the test."""

    def refuse(*_args, **_kwargs):
        raise AssertionError("this reached for the network")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
