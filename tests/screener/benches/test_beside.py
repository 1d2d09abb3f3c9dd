import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from screener.benches import beside
from screener.benches.strangers import NO_ANSWER
from tests.servers.waiting import until


class Server(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []

    def do_GET(self):
        self.asked.append((self.path, self.client_address[0]))
        self.send_response(200 if self.path == "/healthz" else 503)
        self.end_headers()

    def log_message(self, *_args):
        """Nothing is logged."""


@pytest.fixture
def port():
    with HTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_health_and_a_reader_are_asked_from_elsewhere_until_it_ends(port, tmp_path):
    Server.asked = []
    with beside.watched(port, os.getpgid(0), tmp_path) as found:
        until(lambda: len(Server.asked) > 6, "requests")
    assert len(found.healthz_ms) >= 2
    assert len(found.reader_ms) == found.reader_errors >= 2
    assert found.rss_mb > 10
    assert {address for _path, address in Server.asked} == {beside.ELSEWHERE}


def test_no_answer_is_no_status():
    assert beside.timed(1, "/")[0] == NO_ANSWER


def test_memory_is_that_of_the_group_of_a_process():
    assert beside.rss_mb(os.getpgid(0)) > 10
    assert beside.rss_mb(0x7FFFFFFF) == 0


def test_files_without_a_name_count_too(tmp_path):
    with (tmp_path / "spooled").open("w+b") as file:
        file.write(bytes(1_000_000))
        file.flush()
        Path(file.name).unlink()
        assert beside.disk_mb(os.getpgid(0), tmp_path) == pytest.approx(1, rel=0.01)
