"""Refuses connections that would leave the machine."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


class NetworkBlockedError(RuntimeError):
    """A test tried to reach the network."""


def is_local(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


@contextmanager
def only_local_sockets() -> Iterator[None]:
    """Unix sockets and loopback work, names other than localhost don't resolve."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse_unless_local(host: object) -> None:
        if not is_local(host):
            raise NetworkBlockedError(f"A test tried to reach {host!r}; tests stay on this machine.")

    def refuse_remote(family: int, address: object) -> None:
        if family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
            refuse_unless_local(address[0])

    def checked_connect(self, address):
        refuse_remote(self.family, address)
        return connect(self, address)

    def checked_connect_ex(self, address):
        refuse_remote(self.family, address)
        return connect_ex(self, address)

    def checked_getaddrinfo(host, *args, **kwargs):
        refuse_unless_local(host)
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked_connect)
        patch.setattr(socket.socket, "connect_ex", checked_connect_ex)
        patch.setattr(socket, "getaddrinfo", checked_getaddrinfo)
        yield
