"""WSGI environ of an ASGI request (PEP 3333): what Django's handler reads."""

import sys
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from screener.admission.proxies import drop_claims_of_strangers

PLAIN: Final = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """By name in lower case; what comes twice is joined.

    A name with an underscore is left out: it would pass for that of a header with a hyphen, which a proxy
    has written or removed.
    """
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = bytes(raw_name).decode("latin-1").lower(), bytes(raw_value).decode("latin-1")
        if "_" not in name:
            between = "; " if name == "cookie" else ","
            headers[name] = f"{headers[name]}{between}{value}" if name in headers else value
    return headers


def environ_of(scope: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, str]:
    """What is text in it, which can be handed to another process."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    raw_path = scope.get("raw_path") or scope["path"].encode()
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": unquote_to_bytes(raw_path.partition(b"?")[0]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": str(client[0]),
        "wsgi.url_scheme": scope.get("scheme", "http"),
    }
    for name, value in headers.items():
        environ[PLAIN.get(name, f"HTTP_{name.upper().replace('-', '_')}")] = value
    drop_claims_of_strangers(environ)
    return environ


def with_body(environ: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """The whole environ, in the process that makes the page."""
    return {
        **environ,
        "wsgi.version": (1, 0),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
