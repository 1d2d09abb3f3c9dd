"""DNS resolution: where a host name leads, and whether that is the public network."""

import socket

from assets.network.address_ranges import is_public
from assets.sourcing.contract import RefusedError


def public_addresses(host: str, port: int) -> list[str]:
    """The addresses of this host; `RefusedError` when one of them is not public. `OSError` when it has none.

    The caller connects to what is returned here and does not resolve again: a name that
    leads elsewhere a moment later gains nothing.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    addresses = list(dict.fromkeys(str(address[0]) for *_rest, address in found))
    if not all(is_public(address) for address in addresses):
        raise RefusedError(
            "%(host)s leads to a private address; an address of your own network must be "
            "configured with the provider's ASSAY_…_URL.",
            host=host,
        )
    return addresses
