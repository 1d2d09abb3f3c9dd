"""Clients that send a body, as an ASGI server hands it on."""

import asyncio


def sender(*pieces, ends=True):
    """An ASGI `receive` of these pieces; where it does not end, nothing more comes."""
    events = [
        {"type": "http.request", "body": piece, "more_body": place < len(pieces) or not ends}
        for place, piece in enumerate(pieces, start=1)
    ]

    async def receive():
        if events:
            return events.pop(0)
        return await asyncio.Event().wait()

    return receive
