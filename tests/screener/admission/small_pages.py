"""A page process with a small application, as the front starts it: `python -m … FD`."""

import asyncio
import os
import signal
import socket
import sys
import time

from screener.admission.page_server import PageServer


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/gone":
        os._exit(1)
    if path == "/silent":
        os.kill(os.getpid(), signal.SIGSTOP)
    if path == "/slow":
        time.sleep(0.5)
    start_response("200 OK", [("X-Process", str(os.getpid()))])
    return [b"read ", environ["wsgi.input"].read()]


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as control:
        asyncio.run(PageServer(application, control).serve({"refusals": {"en": {}}}))
