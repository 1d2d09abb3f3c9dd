"""Process that makes pages: `admission.page_processes` starts it, with the number of a socket."""

import asyncio
import gc
import os
import signal
import socket
import sys
from typing import Final

from screener.admission.page_server import PageServer
from screener.admission.refusals import refusals
from screener.wsgi import application

GARBAGE_AFTER: Final = 10_000
"""Objects between two looks for garbage; Python's own 700 are fewer than a page makes in a millisecond."""


def main(control: int) -> None:
    # The front ends us: an interrupt from a terminal is for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=control) as connection:
        server = PageServer(application, connection)
        hello = {"refusals": refusals()}
        leave_alone_what_stays()
        asyncio.run(server.serve(hello))
    os._exit(0)  # Threads that still make a page would keep us; their transactions are rolled back.


def leave_alone_what_stays() -> None:
    """Programs and settings are never garbage: to walk over them again took half a second of a page in
    twenty, and a page leaves little behind that refers to itself."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER, 20, 50)


if __name__ == "__main__":
    main(int(sys.argv[1]))
