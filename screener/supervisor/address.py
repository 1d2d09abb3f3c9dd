"""Port allocation for the web server."""

import errno
import socket

from screener.supervisor.child import ServiceError

HOST = "127.0.0.1"
LOWEST, HIGHEST = 1, 65_535
MOST_TRIES = 100


def port_from(text: str) -> int:
    """What a person asked for, refused when it is no port."""
    if not (text.isascii() and text.isdecimal()) or not LOWEST <= int(text) <= HIGHEST:
        raise ServiceError(
            f"The port {text!r} can't be used; write a whole number from {LOWEST} to {HIGHEST}."
        )
    return int(text)


def free_port(wanted: int) -> int:
    """The wanted port or the next free one above it."""
    last = min(wanted + MOST_TRIES, HIGHEST + 1)
    for port in range(wanted, last):
        if is_free(port):
            return port
    raise ServiceError(f"No port from {wanted} to {last - 1} is free; choose another one with PORT=….")


def is_free(port: int) -> bool:
    """Nobody listens there. Asked without SO_REUSEPORT, by which two web servers share a port unnoticed."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise ServiceError(
                    f"Port {port} is reserved for the system; choose one above 1023 with PORT=…."
                ) from error
            return False
    return True
