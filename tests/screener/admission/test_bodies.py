import asyncio
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.admission import bodies
from screener.admission.bodies import MOST_BYTES, Bodies, RequestRefusedError, announced_bytes, thrown_away
from tests.screener.admission.senders import sender


def received(receive, length, *, takes_files=False, at_most=None):
    of_process = Bodies(**({"most_at_once_bytes": at_most} if at_most else {}))
    body = asyncio.run(of_process.received(receive, length, takes_files=takes_files))
    assert of_process.held_bytes == 0
    return body


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_a_body_is_what_was_sent(pieces):
    sent = b"".join(pieces)
    assert received(sender(*pieces), len(sent)) == sent


@pytest.mark.parametrize(
    ("length", "takes_files", "status"),
    [
        (MOST_BYTES + 1, False, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (bodies.MOST_UPLOAD_BYTES + 1, True, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (10**18, True, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
)
def test_what_announces_too_much_is_not_read(length, takes_files, status):
    async def receive():
        pytest.fail("it was read")

    with pytest.raises(RequestRefusedError) as refusal:
        received(receive, length, takes_files=takes_files)
    assert refusal.value.status == status


def test_limits_are_included():
    assert len(received(sender(b"x" * MOST_BYTES), MOST_BYTES)) == MOST_BYTES
    assert len(received(sender(b"x" * (MOST_BYTES + 1)), MOST_BYTES + 1, takes_files=True)) == MOST_BYTES + 1


@pytest.mark.parametrize("sent", [b"ab", b"abcd"])
def test_a_body_of_another_length_than_announced_is_refused(sent):
    with pytest.raises(RequestRefusedError) as refusal:
        received(sender(sent), 3)
    assert refusal.value.status == HTTPStatus.BAD_REQUEST


def test_a_body_that_does_not_come_is_given_up(monkeypatch):
    monkeypatch.setattr(bodies, "WITHIN_S", 0.01)
    with pytest.raises(RequestRefusedError) as refusal:
        received(sender(b"ab", ends=False), 3)
    assert refusal.value.status == HTTPStatus.REQUEST_TIMEOUT


def test_all_bodies_together_have_a_limit():
    with pytest.raises(RequestRefusedError) as refusal:
        received(sender(b"abc", ends=False), 6, at_most=2)
    assert refusal.value.status == HTTPStatus.SERVICE_UNAVAILABLE


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({}, 0),
        ({"content-length": "12"}, 12),
        ({"content-length": "-1"}, HTTPStatus.BAD_REQUEST),
        ({"content-length": "٣"}, HTTPStatus.BAD_REQUEST),
        ({"content-length": "9" * 30}, HTTPStatus.BAD_REQUEST),
        ({"content-length": "1,2"}, HTTPStatus.BAD_REQUEST),
        ({"transfer-encoding": "chunked"}, HTTPStatus.LENGTH_REQUIRED),
        ({"transfer-encoding": "chunked", "content-length": "3"}, HTTPStatus.LENGTH_REQUIRED),
    ],
)
def test_the_announced_length(headers, found):
    if isinstance(found, HTTPStatus):
        with pytest.raises(RequestRefusedError) as refusal:
            announced_bytes(headers)
        assert refusal.value.status == found
    else:
        assert announced_bytes(headers) == found


def test_of_a_refused_body_only_so_much_is_thrown_away(monkeypatch):
    monkeypatch.setattr(bodies, "LINGER_BYTES", 5)
    taken = []

    async def receive():
        taken.append(b"abc")
        return {"type": "http.request", "body": b"abc", "more_body": True}

    asyncio.run(thrown_away(receive))
    assert len(taken) == 2


def test_nobody_lingers_for_long(monkeypatch):
    monkeypatch.setattr(bodies, "LINGER_S", 0.01)
    asyncio.run(thrown_away(sender(b"abc", ends=False)))
