"""Virus scan of files that people send: by a ClamAV daemon (clamd) of the operator's.

Protocol: `INSTREAM` of clamd, https://linux.die.net/man/8/clamd: chunks with their length in four bytes, then
a length of 0; the answer is "stream: OK" or "stream: NAME FOUND".
"""

import socket
import struct
from typing import Final
from urllib.parse import urlsplit

TIME_LIMIT_S: Final = 20.0
CHUNK_BYTES: Final = 65_536
LONGEST_ANSWER: Final = 1_000


class ScannerGoneError(Exception):
    """The scanner does not answer, or not in a way that says whether the file is clean."""


def virus_in(content: bytes, *, address: str) -> str | None:
    """The name of the virus that the scanner knows; None if it knows none."""
    try:
        with _connect(address) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK_BYTES):
                chunk = content[start : start + CHUNK_BYTES]
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
            answer = _answer(connection)
    except OSError as error:
        raise ScannerGoneError(str(error)) from error
    if answer.endswith("OK"):
        return None
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerGoneError(answer or "no answer")


def _connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=TIME_LIMIT_S)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(TIME_LIMIT_S)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < LONGEST_ANSWER:
        if not (part := connection.recv(LONGEST_ANSWER)):
            break
        received += part
    return received.rstrip(b"\0\n").decode(errors="replace")
