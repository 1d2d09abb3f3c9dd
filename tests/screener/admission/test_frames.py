import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.admission.frames import (
    BrokenOffError,
    head_frame,
    piece_frame,
    read_head,
    read_pieces,
    read_request,
    request_frame,
)

LATIN = st.text(st.characters(max_codepoint=255))


def read(sent, act):
    async def run():
        reader = asyncio.StreamReader()
        reader.feed_data(sent)
        reader.feed_eof()
        return await act(reader)

    return asyncio.run(run())


async def whole(reader):
    return await read_head(reader), [piece async for piece in read_pieces(reader)]


@given(environ=st.dictionaries(LATIN, LATIN), body=st.binary())
def test_a_request_is_read_as_it_was_written(environ, body):
    assert read(request_frame(environ, body), read_request) == (environ, body)


@given(headers=st.lists(st.tuples(LATIN, LATIN)), pieces=st.lists(st.binary(min_size=1)))
def test_an_answer_is_read_as_it_was_written(headers, pieces):
    sent = head_frame(200, headers) + b"".join(map(piece_frame, [*pieces, b""]))
    assert read(sent, whole) == ((200, headers), pieces)


def test_what_ends_early_is_broken_off():
    sent = head_frame(200, []) + piece_frame(b"page") + piece_frame(b"")
    for cut in range(len(sent)):
        with pytest.raises(BrokenOffError):
            read(sent[:cut], whole)
