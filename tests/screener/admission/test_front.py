import asyncio

import pytest
from django.urls import resolve

from screener.admission import front
from screener.admission.front import Front, StalledReaderError
from screener.admission.page_headers import headers_of_every_answer
from screener.admission.page_processes import PageAnswer
from screener.admission.refusals import refusals
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


class Pages:
    """Page processes that make a page at once, by what a test gives them."""

    def __init__(self, make, *, at_once=4, is_ready=True):
        self.make, self.at_once, self.is_ready = make, at_once, is_ready
        self.refusals, self.closed = refusals(), 0

    def keep(self):
        """Nothing has to be kept."""

    async def answer(self, environ, body, *, address):
        pieces = self.make(environ, body)
        if asyncio.iscoroutine(pieces):
            pieces = await pieces
        return PageAnswer(200, [("Content-Type", "text/plain")], self._sent(pieces), self._close)

    async def _sent(self, pieces):
        for piece in pieces:
            yield piece

    def _close(self):
        self.closed += 1


def page(_environ, body):
    return [b"read ", body]


def broken(_environ, _body):
    pytest.fail("a page was made")


def asked(make, *args, receive=None, send=None, pages=None, **more):
    """Status, headers and body of an answer."""
    events = []

    async def keep(event):
        events.append(event)

    asyncio.run(Front(pages or Pages(make))(scope(*args, **more), receive or sender(b""), send or keep))
    begun, *bodies = events
    headers = {name.decode(): value.decode() for name, value in begun["headers"]}
    assert not bodies[-1].get("more_body")
    return begun["status"], headers, b"".join(each["body"] for each in bodies)


async def for_ever(_environ, _body):
    await asyncio.Event().wait()


def test_a_page_is_made_with_its_body():
    headers = [("content-length", "4")]
    status, sent, body = asked(page, "/notes/", "POST", headers, receive=sender(b"ab", b"cd"))
    assert (status, sent, body) == (200, {"content-type": "text/plain"}, b"read abcd")


def test_health_waits_for_nobody():
    status, headers, body = asked(broken, "/healthz")
    assert (status, body) == (200, b'{"status": "ok"}')
    assert headers["cache-control"] == "no-store"


def test_without_a_process_that_makes_pages_it_is_not_healthy():
    status, _headers, body = asked(broken, "/healthz", pages=Pages(broken, is_ready=False))
    assert (status, body) == (503, b'{"status": "starting"}')


def test_who_finds_no_place_comes_again(monkeypatch):
    monkeypatch.setattr(front, "PAGES_WAIT_S", 0.01)
    monkeypatch.setattr(front, "REFUSED_AFTER_S", 0.02)
    pages = Pages(for_ever, at_once=1)

    async def ask_twice():
        served, events = Front(pages), []

        async def keep(event):
            events.append(event)

        first = asyncio.create_task(served(scope(), sender(b""), keep))
        await asyncio.sleep(0)
        await served(scope(), sender(b""), keep)
        first.cancel()
        return events

    begun, body, *_end = asyncio.run(ask_twice())
    assert begun["status"] == 503
    assert (b"retry-after", b"5") in begun["headers"]
    assert b"Busy right now" in body["body"]


def test_where_the_places_of_a_lane_are_taken_it_says_so_and_other_pages_are_made(monkeypatch):
    monkeypatch.setattr(front, "REFUSED_AFTER_S", 0.0)
    monkeypatch.setattr(front, "LANE_WAIT_S", 0.02)
    came = asyncio.Event()

    async def slow(environ, _body):
        if environ["PATH_INFO"] == "/compare/":
            await came.wait()
        return [b"made"]

    async def ask():
        served, asked_for = Front(Pages(slow, at_once=8)), {}

        async def get(name, path):
            async def keep(event):
                asked_for.setdefault(name, []).append(event)

            await served(scope(path), sender(b""), keep)

        working = [asyncio.create_task(get(f"working {number}", "/compare/")) for number in range(2)]
        await asyncio.sleep(0.01)
        await get("compare", "/compare/")
        await get("screener", "/")
        came.set()
        await asyncio.gather(*working)
        return asked_for

    answers = asyncio.run(ask())
    assert answers["compare"][0]["status"] == 503
    assert b"Comparisons, previews, files" in answers["compare"][1]["body"]
    assert answers["screener"][0]["status"] == 200
    assert answers["working 1"][0]["status"] == 200


def test_a_page_that_takes_too_long_is_given_up_and_keeps_its_place(monkeypatch):
    monkeypatch.setattr(front, "ANSWER_WITHIN_S", 0.01)
    monkeypatch.setattr(front, "SETTLED_AFTER_S", -1)
    came = asyncio.Event()

    async def slow(_environ, _body):
        await came.wait()
        return [b"late"]

    async def ask():
        pages, events = Pages(slow), []
        served = Front(pages)

        async def keep(event):
            events.append(event)

        await served(scope(), sender(b""), keep)
        working = served._turns.working
        came.set()
        await asyncio.gather(*served._left)
        return events, working, served._turns.working, pages.closed

    events, meanwhile, afterwards, closed = asyncio.run(ask())
    assert events[0]["status"] == 503
    assert b"was given up" in events[1]["body"]
    assert (meanwhile, afterwards, closed) == (1, 0, 1)


@pytest.mark.parametrize(("method", "path"), [("POST", "/theme/"), ("GET", "/screen/export/")])
def test_what_may_take_long_is_waited_for(monkeypatch, method, path):
    monkeypatch.setattr(front, "ANSWER_WITHIN_S", 0)
    monkeypatch.setattr(front, "SETTLED_AFTER_S", -1)

    async def slow(_environ, _body):
        await asyncio.sleep(0.05)
        return [b"at last"]

    assert asked(slow, path, method)[2] == b"at last"


@pytest.mark.parametrize("path", sorted(front.TAKE_FILES | front.WITHOUT_LIMIT))
def test_what_has_limits_of_its_own_is_an_address(path):
    assert resolve(path).url_name


def test_expensive_questions_leave_the_places_of_pages(monkeypatch):
    monkeypatch.setattr(front, "LANE_WAIT_S", 0.01)

    async def ask():
        served = Front(Pages(for_ever))
        tasks = [asyncio.create_task(served(scope(query="q=changed"), sender(b""), sink)) for _ in range(4)]
        await asyncio.sleep(0.05)
        working = served._turns.working
        for task in tasks:
            task.cancel()
        return working

    async def sink(_event):
        """Nobody reads it."""

    assert asyncio.run(ask()) == front.LANE_AT_ONCE


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


@pytest.mark.parametrize(
    ("question", "more", "status"),
    [
        ({"path": "/healthz"}, {}, 200),
        ({"path": "/healthz"}, {"pages": Pages(broken, is_ready=False)}, 503),
        ({"query": "a" * 8_000}, {}, 414),
        ({"path": "/theme/", "method": "POST", "headers": [("content-length", "512001")]}, {}, 413),
        ({"path": "/theme/", "method": "POST", "headers": [("content-length", "x")]}, {}, 400),
    ],
)
def test_what_it_answers_itself_has_the_headers_of_a_page(settings, question, more, status):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    found, headers, _body = asked(broken, **question, **more)
    expected = {name.lower(): value for name, value in headers_of_every_answer().items()}
    assert found == status
    assert "strict-transport-security" in expected
    expected["content-security-policy"] = headers["content-security-policy"]
    assert {name: headers.get(name) for name in expected} == expected
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_who_comes_before_any_refusal_is_written_has_them_too(monkeypatch):
    monkeypatch.setattr(front, "REFUSED_AFTER_S", 0)
    pages = Pages(broken)
    pages.refusals = {}
    status, headers, body = asked(broken, query="a" * 8_000, pages=pages)
    assert (status, body[:17]) == (503, b"Assay is starting")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"


def test_no_header_of_a_refusal_comes_twice():
    events = []

    async def keep(event):
        events.append(event)

    asyncio.run(Front(Pages(broken))(scope(query="a" * 8_000), sender(b""), keep))
    names = [name for name, _value in events[0]["headers"]]
    assert len(names) == len({*names})


def test_a_long_address_is_refused():
    assert asked(page, query="a" * 8_000)[0] == 414
    assert asked(page, query="a" * 7_999)[0] == 200


def test_who_stops_reading_is_left(monkeypatch):
    monkeypatch.setattr(front, "STALLED_S", 0.01)
    pages = Pages(lambda _environ, _body: [b"x" * 100] * 10)

    async def stalled(event):
        if event["type"] == "http.response.body":
            await asyncio.Event().wait()

    with pytest.raises(StalledReaderError):
        asked(None, send=stalled, pages=pages)
    assert pages.closed == 1


def test_nothing_but_http_is_served():
    with pytest.raises(ValueError, match="websocket"):
        asyncio.run(Front(Pages(page))({"type": "websocket"}, None, None))
