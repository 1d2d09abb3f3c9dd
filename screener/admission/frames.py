"""Frames between the front and a page process: a request one way and its answer the other, a socket for each.

A request is its environ as JSON and its body, an answer its status and headers as JSON, and then pieces,
until one without bytes. What ends before that is broken off.
"""

import asyncio
from collections.abc import AsyncIterator
from struct import Struct
from typing import Final

import orjson

REQUEST: Final = Struct(">II")
PIECE: Final = Struct(">I")
PIECE_BYTES: Final = 65_536

Headers = list[tuple[str, str]]


class BrokenOffError(Exception):
    """The other process has gone, or has closed the connection."""


def request_frame(environ: dict[str, str], body: bytes) -> bytes:
    head = orjson.dumps(environ)
    return REQUEST.pack(len(head), len(body)) + head + body


async def read_request(reader: asyncio.StreamReader) -> tuple[dict[str, str], bytes]:
    head_bytes, body_bytes = REQUEST.unpack(await _exactly(reader, REQUEST.size))
    head = await _exactly(reader, head_bytes)
    return orjson.loads(head), await _exactly(reader, body_bytes)


def head_frame(status: int, headers: Headers) -> bytes:
    return piece_frame(orjson.dumps([status, headers]))


async def read_head(reader: asyncio.StreamReader) -> tuple[int, Headers]:
    status, headers = orjson.loads(await _piece(reader))
    return status, [(name, value) for name, value in headers]


def piece_frame(piece: bytes) -> bytes:
    return PIECE.pack(len(piece)) + piece


async def read_pieces(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while piece := await _piece(reader):
        yield piece


async def _piece(reader: asyncio.StreamReader) -> bytes:
    (size,) = PIECE.unpack(await _exactly(reader, PIECE.size))
    return await _exactly(reader, size)


async def _exactly(reader: asyncio.StreamReader, size: int) -> bytes:
    try:
        return await reader.readexactly(size)
    except (asyncio.IncompleteReadError, OSError) as error:
        raise BrokenOffError from error
