import socket

import pytest

from assets.network.resolving import is_public, public_addresses
from assets.sourcing.contract import RefusedError


def resolve_to(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - not bound to, only looked at
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
    ],
)
def test_private_addresses_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["104.16.0.1", "2606:4700::6810:1", "::ffff:104.16.0.1"])
def test_public_addresses_are(address):
    assert is_public(address)


def test_all_addresses_of_a_public_host_are_given_once(monkeypatch):
    resolve_to(monkeypatch, "104.16.0.1", "104.16.0.2", "104.16.0.1")
    assert public_addresses("api.example.com", 443) == ["104.16.0.1", "104.16.0.2"]


def test_one_private_address_is_enough_to_refuse(monkeypatch):
    resolve_to(monkeypatch, "104.16.0.1", "127.0.0.1")
    with pytest.raises(RefusedError, match=r"rebound\.example leads to a private address"):
        public_addresses("rebound.example", 443)
