import socket
import threading
import time
from contextlib import contextmanager

import httpx2
import pytest

from assets.network.deadlines import DeadlineTransport, ending_at

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@contextmanager
def dripping(chunks):
    """A server that sends these bytes one after the other, for as long as anybody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            connection, _address = server.accept()
            with connection:
                try:
                    for chunk in chunks:
                        connection.sendall(chunk)
                        time.sleep(0.02)
                except OSError:
                    return

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join()


def endless(begin, again):
    yield begin
    while True:
        yield again


@pytest.mark.parametrize(
    "chunks",
    [
        endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
        endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        endless(b"HTTP/1.1 200 OK\r\n\r\n", b"a"),
        endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
    ids=["one header", "many headers", "informational answers", "body", "chunks"],
)
def test_what_drips_ends_with_the_whole_time_of_the_call(chunks):
    with dripping(chunks) as url, httpx2.Client(transport=DeadlineTransport(), timeout=30) as client:
        begun = time.monotonic()
        with ending_at(begun + 0.3), pytest.raises(httpx2.ReadTimeout):
            client.get(url)
        assert time.monotonic() - begun < 10  # Each read alone would have been given 30 s, again and again.


def test_an_answer_in_time_is_whole():
    with (
        dripping([ANSWER]) as url,
        httpx2.Client(transport=DeadlineTransport()) as client,
        ending_at(time.monotonic() + 30),
    ):
        assert client.get(url).json() == {}


def test_what_would_begin_after_the_end_does_not():
    with (
        httpx2.Client(transport=DeadlineTransport()) as client,
        ending_at(time.monotonic() - 1),
        pytest.raises(httpx2.ConnectTimeout),
    ):
        client.get("http://127.0.0.1:9/")


def test_a_handshake_that_drips_ends_too():
    record = endless(b"\x16\x03\x03\x40\x00", b"\x02")  # A server's greeting that never ends.
    with (
        dripping(record) as url,
        httpx2.Client(transport=DeadlineTransport(), timeout=30) as client,
        ending_at(time.monotonic() + 0.3),
        pytest.raises(httpx2.ConnectTimeout),
    ):
        client.get(url.replace("http:", "https:"))
