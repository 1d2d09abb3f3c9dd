import socket
import struct
import threading

import pytest

from assets.network.virus_scan import ScannerGoneError, virus_in

SIGNATURE = b"an invented signature"


def read(connection, count):
    found = b""
    while len(found) < count and (part := connection.recv(count - len(found))):
        found += part
    return found


@pytest.fixture
def scanner():
    """A daemon that speaks as clamd does; `answers` overrules what it says."""
    server = socket.create_server(("127.0.0.1", 0))
    answers = []

    def serve():
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            with connection:
                assert read(connection, 10) == b"zINSTREAM\0"
                content = b""
                while length := struct.unpack("!I", read(connection, 4))[0]:
                    content += read(connection, length)
                found = b"stream: Invented.Test FOUND\0" if SIGNATURE in content else b"stream: OK\0"
                connection.sendall(answers.pop() if answers else found)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"tcp://127.0.0.1:{server.getsockname()[1]}", answers
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


@pytest.mark.parametrize("content", [b"", b"symbol,price\nALP,1\n", b"x" * 300_000])
def test_a_clean_file(scanner, content):
    assert virus_in(content, address=scanner[0]) is None


def test_a_virus_has_a_name(scanner):
    assert virus_in(b"x" * 100_000 + SIGNATURE, address=scanner[0]) == "Invented.Test"


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"\xff\xff\0"])
def test_an_answer_that_says_neither_is_no_answer(scanner, answer):
    scanner[1].append(answer)
    with pytest.raises(ScannerGoneError):
        virus_in(b"x", address=scanner[0])


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl"])
def test_a_scanner_that_is_gone(address):
    with pytest.raises(ScannerGoneError):
        virus_in(b"x", address=address)
