"""Process that makes pages: `admission.page_processes` starts it, with the number of a socket."""

import asyncio
import os
import signal
import socket
import sys

from screener.admission.page_server import PageServer
from screener.admission.refusals import refusals
from screener.wsgi import application


def main(control: int) -> None:
    # The front ends us: an interrupt from a terminal is for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=control) as connection:
        server = PageServer(application, connection)
        asyncio.run(server.serve({"refusals": refusals()}))
    os._exit(0)  # Threads that still make a page would keep us; their transactions are rolled back.


if __name__ == "__main__":
    main(int(sys.argv[1]))
