from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.network.address_ranges import GLOBAL_UNICAST, is_public

PRIVATE_V4 = [
    "0.0.0.0",  # noqa: S104 - not bound to, only looked at
    "0.1.2.3",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
]


@pytest.mark.parametrize("address", PRIVATE_V4)
def test_private_ipv4_addresses_are_not_public_nor_mapped_into_ipv6(address):
    assert not is_public(address)
    assert not is_public(f"::ffff:{address}")


@pytest.mark.parametrize(
    "address",
    [
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "::ffff:0:104.16.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::104.16.0.1",
        "64:ff9b:1::10.0.0.1",
        "100::1",
        "2001::1",
        "2001:0:7f00:1::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:6810:1::1",
        "2606:4700::5efe:127.0.0.1",
        "2606:4700::200:5efe:10.0.0.1",
        "2620:4f:8000::1",
        "3ffe::1",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_ipv6_addresses_that_are_private_or_carry_an_ipv4_address_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "104.16.0.1",
        "168.63.129.15",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "223.255.255.255",
        "::ffff:104.16.0.1",
        "2001:4860:4860::8888",
        "2606:4700::6810:1",
        "2a00:1450:4001::1",
    ],
)
def test_public_addresses_are_public(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_what_python_takes_for_private_is_never_public(address: IPv4Address):
    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback:
        assert not is_public(str(address))


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_outside_of_what_is_allotted_is_public(address: IPv6Address):
    if address not in GLOBAL_UNICAST and not address.ipv4_mapped:
        assert not is_public(str(address))


@given(st.integers(0, 2**32 - 1))
def test_no_prefix_that_carries_an_ipv4_address_makes_it_public(number):
    carried = IPv4Address(number)
    high, low = number >> 16, number & 0xFFFF
    for form in ("::{0}", "::ffff:0:{0}", "64:ff9b::{0}", "2002:{1:x}:{2:x}::1", "2001:0:{1:x}:{2:x}::1"):
        address = IPv6Address(form.format(carried, high, low))
        assert address.ipv4_mapped or not is_public(str(address))
