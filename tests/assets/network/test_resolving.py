import socket

import pytest

from assets.network.resolving import public_addresses
from assets.sourcing.contract import RefusedError


def resolve_to(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)


def test_all_addresses_of_a_public_host_are_given_once(monkeypatch):
    resolve_to(monkeypatch, "104.16.0.1", "104.16.0.2", "104.16.0.1")
    assert public_addresses("api.example.com", 443) == ["104.16.0.1", "104.16.0.2"]


def test_one_private_address_is_enough_to_refuse(monkeypatch):
    resolve_to(monkeypatch, "104.16.0.1", "127.0.0.1")
    with pytest.raises(RefusedError, match=r"rebound\.example leads to a private address"):
        public_addresses("rebound.example", 443)
