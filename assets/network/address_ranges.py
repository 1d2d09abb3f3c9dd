"""IP address ranges that are not the public network, from a table of our own.

What Python's `ipaddress` takes for global differs from version to version. IPv6 is judged by what is
allotted: outside 2000::/3 nothing is public (IANA, "IPv6 Global Unicast Address Assignments"). That
leaves out each form that carries an IPv4 address in its last four bytes, whatever that address is:
IPv4-compatible (RFC 4291 2.5.5.1), IPv4-translated (RFC 2765), and NAT64 (RFC 6052, RFC 8215). The
one exception is IPv4-mapped: a socket connects to the IPv4 address itself, which is judged.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

NOT_PUBLIC_IPV4: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network, RFC 791
        "10.0.0.0/8",  # private, RFC 1918
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598; some clouds' metadata
        "127.0.0.0/8",  # loopback, RFC 1122
        "168.63.129.16/32",  # Azure's host service, Microsoft "What is IP address 168.63.129.16?"
        "169.254.0.0/16",  # link-local, RFC 3927; most clouds' metadata
        "172.16.0.0/12",  # private, RFC 1918
        "192.0.0.0/24",  # protocol assignments, RFC 6890; 192.0.0.192 is Oracle's metadata
        "192.0.2.0/24",  # documentation, RFC 5737
        "192.31.196.0/24",  # AS112, RFC 7535
        "192.52.193.0/24",  # multicast tunnels, RFC 7450
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "192.168.0.0/16",  # private, RFC 1918
        "192.175.48.0/24",  # AS112, RFC 7534
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "198.51.100.0/24",  # documentation, RFC 5737
        "203.0.113.0/24",  # documentation, RFC 5737
        "224.0.0.0/4",  # multicast, RFC 5771
        "240.0.0.0/4",  # reserved, RFC 1112; broadcast, RFC 919
    )
)

GLOBAL_UNICAST: Final = IPv6Network("2000::/3")

NOT_PUBLIC_IPV6: Final = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, RFC 2928: Teredo (RFC 4380), benchmarks, ORCHID and others
        "2001:db8::/32",  # documentation, RFC 3849
        "2002::/16",  # 6to4, RFC 7526: carries an IPv4 address
        "2620:4f:8000::/48",  # AS112, RFC 7534
        "3ffe::/16",  # the former 6bone, RFC 3701
        "3fff::/20",  # documentation, RFC 9637
    )
)

ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})
"""The middle of an interface identifier that ends in an IPv4 address of the site (RFC 5214)."""


def is_public(address: str) -> bool:
    """Whether a connection to this address leaves for the public network; a scoped one never does."""
    if "%" in address:
        return False
    ip = ip_address(address)
    if isinstance(ip, IPv4Address):
        return _is_public_ipv4(ip)
    return _is_public_ipv4(ip.ipv4_mapped) if ip.ipv4_mapped else _is_public_ipv6(ip)


def _is_public_ipv4(ip: IPv4Address) -> bool:
    return not any(ip in network for network in NOT_PUBLIC_IPV4)


def _is_public_ipv6(ip: IPv6Address) -> bool:
    is_isatap = int(ip) >> 32 & 0xFFFFFFFF in ISATAP
    return ip in GLOBAL_UNICAST and not is_isatap and not any(ip in network for network in NOT_PUBLIC_IPV6)
