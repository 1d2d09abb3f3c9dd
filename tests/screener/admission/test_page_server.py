import asyncio
import socket

import pytest

from screener.admission.frames import BrokenOffError, read_head, read_pieces, request_frame
from screener.admission.page_server import PageServer


def served(application, act):
    """What `act` returns, which gets a function that connects as the front does."""

    async def run():
        ours, theirs = socket.socketpair()
        server = asyncio.create_task(PageServer(application, theirs).serve({"refusals": {}}))

        async def connected():
            near, far = socket.socketpair()
            with far:
                socket.send_fds(ours, [b"r"], [far.fileno()])
            return await asyncio.open_connection(sock=near)

        result = await act(connected)
        ours.close()
        await asyncio.wait_for(server, 30)
        return result

    return asyncio.run(run())


def page(environ, start_response):
    start_response("201 Created", [("X-Method", environ["REQUEST_METHOD"])])
    return [environ["wsgi.input"].read(), b"!"]


class Download:
    streaming = True

    def __init__(self, closed):
        self.closed = closed

    def __iter__(self):
        return iter([b"x" * 100_000] * 100)

    def close(self):
        self.closed.append(self)


async def answered(connected):
    reader, writer = await connected()
    writer.write(request_frame({"REQUEST_METHOD": "POST"}, b"body"))
    head = await read_head(reader)
    body = b"".join([piece async for piece in read_pieces(reader)])
    writer.close()
    return *head, body


def test_a_request_is_answered_and_the_server_ends_with_its_front():
    assert served(page, answered) == (201, [("X-Method", "POST")], b"body!")


def test_a_stream_is_sent_whole_and_closed():
    closed = []

    def download(_environ, start_response):
        start_response("200 OK", [])
        return Download(closed)

    assert len(served(download, answered)[2]) == 10_000_000
    assert len(closed) == 1


def test_a_stream_that_nobody_reads_on_is_closed():
    closed = []

    def download(_environ, start_response):
        start_response("200 OK", [])
        return Download(closed)

    async def leave(connected):
        reader, writer = await connected()
        writer.write(request_frame({}, b""))
        await read_head(reader)
        writer.transport.abort()
        while not closed:
            await asyncio.sleep(0.01)

    served(download, leave)
    assert len(closed) == 1


def test_a_request_that_breaks_off_makes_no_page():
    def broken(_environ, _start_response):
        pytest.fail("a page was made")

    async def leave(connected):
        reader, writer = await connected()
        writer.write(request_frame({}, b"body")[:-1])
        writer.write_eof()
        with pytest.raises(BrokenOffError):
            await read_head(reader)
        writer.close()

    served(broken, leave)
