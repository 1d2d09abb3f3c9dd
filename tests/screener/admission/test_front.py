import asyncio
from contextlib import contextmanager

import pytest

from screener.admission import front
from screener.admission.front import Front, StalledReaderError
from screener.admission.gate import AdmissionGate
from tests.screener.admission.senders import sender


def scope(path="/", method="GET", headers=(), query=""):
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "client": ("192.0.2.1", 5),
        "server": ("127.0.0.1", 8000),
    }


def page(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"read ", environ["wsgi.input"].read()]


def asked(application, *args, receive=None, send=None, **more):
    """Status, headers and body of an answer."""
    events = []

    async def keep(event):
        events.append(event)

    asyncio.run(Front(application)(scope(*args, **more), receive or sender(b""), send or keep))
    begun, *bodies = events
    headers = {name.decode(): value.decode() for name, value in begun["headers"]}
    assert not bodies[-1].get("more_body")
    return begun["status"], headers, b"".join(each["body"] for each in bodies)


@contextmanager
def nobody_else(monkeypatch):
    gate = AdmissionGate(at_once=1)
    monkeypatch.setattr(front, "PAGES", gate)
    with gate.admitted("another"):
        yield


def test_a_page_is_made_with_its_body():
    headers = [("content-length", "4")]
    status, sent, body = asked(page, "/notes/", "POST", headers, receive=sender(b"ab", b"cd"))
    assert (status, sent, body) == (200, {"content-type": "text/plain"}, b"read abcd")


def test_health_waits_for_nobody(monkeypatch):
    def broken(_environ, _start_response):
        pytest.fail("a page was made")

    with nobody_else(monkeypatch):
        status, headers, body = asked(broken, "/healthz")
    assert (status, body) == (200, b'{"status": "ok"}')
    assert headers["cache-control"] == "no-store"


def test_who_finds_no_place_comes_again(monkeypatch):
    with nobody_else(monkeypatch):
        status, headers, body = asked(page)
    assert (status, headers["retry-after"]) == (503, "5")
    assert b"Busy right now" in body


def test_a_refusal_is_in_the_readers_language():
    _status, headers, body = asked(page, query="q" * 9_000, headers=[("accept-language", "es")])
    assert headers["content-type"].startswith("text/html")
    assert body


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/theme/", 512_001, 413),
        ("/data/import/check/", 512_001, 400),
        ("/data/import/check/", 6_000_001, 413),
    ],
)
def test_only_a_form_with_a_file_may_be_large(path, length, status):
    sent = asked(page, path, "POST", [("content-length", str(length))])
    assert sent[0] == status
    assert sent[1]["connection"] == "close"


def test_a_long_address_is_refused():
    assert asked(page, query="a" * 8_000)[0] == 414
    assert asked(page, query="a" * 7_999)[0] == 200


def test_who_stops_reading_is_left(monkeypatch):
    monkeypatch.setattr(front, "STALLED_S", 0.01)
    closed = []

    class Download:
        streaming = True

        def __iter__(self):
            return iter([b"x" * 100] * 10)

        def close(self):
            closed.append(self)

    def download(_environ, start_response):
        start_response("200 OK", [])
        return Download()

    async def stalled(event):
        if event["type"] == "http.response.body":
            await asyncio.Event().wait()

    with pytest.raises(StalledReaderError):
        asked(download, send=stalled)
    assert len(closed) == 1


def test_nothing_but_http_is_served():
    with pytest.raises(ValueError, match="websocket"):
        asyncio.run(Front(page)({"type": "websocket"}, None, None))
