import asyncio

import pytest

from screener.benches import strangers
from screener.benches.strangers import CUT_OFF, NO_ANSWER, Asked, ask, flood, get, post
from screener.supervisor.address import HOST

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


async def serving(answer, work):
    """Run this work with the port of a server that reads a head and answers so."""
    heard = []

    async def answered(reader, writer):
        try:
            heard.append(await reader.readuntil(b"\r\n\r\n"))
            heard.append(await reader.read(4) if b"POST" in heard[-1] else b"")
            if answer is None:
                await asyncio.sleep(30)
            writer.write(answer)
            await writer.drain()
        finally:
            writer.close()

    server = await asyncio.start_server(answered, HOST, 0)
    async with server:
        return await work(server.sockets[0].getsockname()[1]), heard


def asked(question, answer=OK, *, patience_s=10.0):
    async def work(port):
        return await ask(port, question, until=0, patience_s=patience_s)

    return asyncio.run(serving(answer, work))


def test_an_answer_is_read_to_its_end():
    answered, heard = asked(get("/x", cookies="a=1"))
    assert (answered.status, heard[0].splitlines()[0]) == (200, b"GET /x HTTP/1.1")
    assert b"Cookie: a=1" in heard[0]
    assert answered.taken_ms > 0


def test_a_body_may_be_longer_than_what_is_said():
    answered, heard = asked(post("/x", b"ab", "text/plain", length=10))
    assert (answered.status, b"Content-Length: 10" in heard[0]) == (200, True)
    assert heard[1].startswith(b"ab")


def test_who_stalls_takes_the_first_line():
    answered, _heard = asked(Asked(head=get("/x").head, stalled=True))
    assert answered.status == 200


def test_who_dribbles_sends_it_in_the_end(monkeypatch):
    monkeypatch.setattr(strangers, "DRIBBLES_EVERY_S", 0.0)
    answered, heard = asked(Asked(head=get("/x").head, dribbles=True))
    assert (answered.status, heard[0].splitlines()[0]) == (200, b"GET /x HTTP/1.1")


@pytest.mark.parametrize(("answer", "status"), [(b"", CUT_OFF), (None, NO_ANSWER)])
def test_no_answer_is_told_from_a_closed_connection(answer, status):
    answered, _heard = asked(get("/x"), answer, patience_s=0.5)
    assert answered.status == status


def test_a_flood_is_of_several_strangers(monkeypatch):
    async def work(port):
        return await flood(port, lambda: get("/x"), at_once=3, seconds=0.3)

    answers, heard = asyncio.run(serving(OK, work))
    assert len(answers) >= 3
    assert {each.status for each in answers} == {200}
    assert strangers.PATIENCE_S > 0
    assert len(heard) == 2 * len(answers)
