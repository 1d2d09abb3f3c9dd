import gzip
import json
import socket
import threading
import tomllib
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
import stamina
import structlog

from assets.network import http
from assets.network.http import CheckedTransport, PacedHttpClient
from assets.network.pacing import LocalPacer, Pacer
from assets.sourcing.contract import RefusedError, Request, TransientError
from tests.assets.sourcing.vendor import ASKED, Vendor
from tests.servers.waiting import PATIENCE_S

CONFIGURED = "http://127.0.0.1:9/v1"


@pytest.fixture(autouse=True)
def _no_waiting():
    with stamina.set_testing(True, attempts=3):
        yield


class EverOpen(Pacer):
    """Lets every call go and notes how long a provider wished to be left alone."""

    def __init__(self):
        super().__init__()
        self.wishes = []
        self.verdicts = []

    def claim(self, name, rate):
        return 0

    def hold(self, name, seconds):
        self.wishes.append(seconds)

    def due_in(self, name, rate):
        return 0

    def failed(self, name):
        self.verdicts.append("failed")

    def succeeded(self, name):
        self.verdicts.append("succeeded")


def client_to(*answers):
    """A client that gets these answers one after the other; what was asked stands in `.asked`."""
    asked, queue = [], list(answers)

    def handle(request):
        asked.append(request)
        answer_next = queue.pop(0) if len(queue) > 1 else queue[0]
        if isinstance(answer_next, Exception):
            raise answer_next
        return answer_next(request) if callable(answer_next) else answer_next

    client = PacedHttpClient(pacer=EverOpen(), transport=httpx2.MockTransport(handle))
    client.asked = asked
    return client


def answer(code=200, body=b"{}", **headers):
    """An answer that comes as a stream, as from a real connection."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _request: httpx2.Response(code, stream=httpx2.ByteStream(body), headers=named)


answer_ok = answer(body=b'{"a": 1}')


def redirect_to(url):
    return answer(302, location=url)


# What is sent and what comes back ---------------------------------------------------


def test_an_answer_is_kept_word_for_word():
    asked_at = datetime.now(UTC)
    raw = client_to(answer(body=b' {"a":1}\n')).ask(Vendor(), ASKED)
    assert (raw.provider, raw.request, raw.status_code, raw.body) == ("vendor", ASKED, 200, b' {"a":1}\n')
    assert asked_at <= raw.fetched_at <= datetime.now(UTC)


def test_the_call_is_the_path_below_the_base_url(monkeypatch):
    monkeypatch.setenv("ASSAY_CONTACT", "ops@example.org")
    client = client_to(answer_ok)
    client.ask(Vendor(base_url="http://127.0.0.1:9/replay/v1"), ASKED)
    (sent,) = client.asked
    assert str(sent.url) == "http://127.0.0.1:9/replay/v1/coins?page=1"
    assert sent.headers["user-agent"] == f"Assay/{http.VERSION} (+ops@example.org)"
    assert sent.headers["accept-encoding"] == "gzip"


def test_the_version_is_that_of_the_project():
    project = tomllib.loads(Path(__file__).parents[3].joinpath("pyproject.toml").read_text())
    assert project["project"]["version"] == http.VERSION


def test_a_key_goes_into_the_header_and_nowhere_else():
    client = client_to(answer_ok)
    raw = client.ask(Vendor(key="hidden"), ASKED)
    assert client.asked[0].headers["x-key"] == "hidden"
    assert "hidden" not in repr(raw)
    assert "hidden" not in str(client.asked[0].url)


@pytest.mark.parametrize("answer", [answer(403), answer(429), answer(503), httpx2.ConnectError("refused")])
def test_no_error_tells_the_key(answer):
    with pytest.raises(Exception, match="Vendor") as error:
        client_to(answer).ask(Vendor(key="hidden"), ASKED)
    assert "hidden" not in str(error.value)


def test_cookies_are_not_kept():
    client = client_to(answer(set_cookie="a=b"))
    client.ask(Vendor(), ASKED)
    client.ask(Vendor(), ASKED)
    assert "cookie" not in client.asked[1].headers


def test_a_body_is_posted_as_json():
    call = Request(family="market", path="/", body={"method": "getHealth", "params": []})
    client = client_to(answer_ok)
    assert client.ask(Vendor(), call).request == call
    (sent,) = client.asked
    assert (sent.method, sent.headers["content-type"]) == ("POST", "application/json")
    assert json.loads(sent.content) == call.body


def test_what_is_posted_follows_no_redirect():
    call = Request(family="market", path="/", body=[])
    client = client_to(redirect_to("https://elsewhere.example/"), answer_ok)
    with pytest.raises(RefusedError):
        client.ask(Vendor(), call)
    assert len(client.asked) == 1


def test_a_packed_answer_is_unpacked():
    packed = gzip.compress(b'{"a": 1}')
    client = client_to(answer(body=packed, content_encoding="gzip"))
    assert client.ask(Vendor(), ASKED).body == b'{"a": 1}'


def test_a_status_that_the_provider_accepts_is_an_answer():
    class Lenient(Vendor):
        def accepts(self, request, status_code):
            return status_code == 404

    assert client_to(answer(404)).ask(Lenient(), ASKED).status_code == 404


# What is tried again ----------------------------------------------------------------


@pytest.mark.parametrize(
    "failure",
    [
        answer(429),
        answer(500),
        answer(502),
        answer(503),
        httpx2.ReadTimeout(""),
        httpx2.ConnectError("refused"),
        httpx2.RemoteProtocolError("broken off"),
    ],
)
def test_failures_that_may_pass_are_tried_again(failure):
    client = client_to(failure, failure, answer_ok)
    assert client.ask(Vendor(), ASKED).status_code == 200
    assert len(client.asked) == 3


def test_after_three_attempts_the_caller_decides():
    client = client_to(answer(503))
    with pytest.raises(TransientError, match=r"^Vendor reports an error on its side \(HTTP 503\)\.$"):
        client.ask(Vendor(), ASKED)
    assert len(client.asked) == 3


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (400, "refused /coins"),
        (401, "check ASSAY_VENDOR_KEY"),
        (403, "check ASSAY_VENDOR_KEY"),
        (404, "ASSAY_VENDOR_URL"),
        (304, "refused /coins"),
    ],
)
def test_a_refusal_is_not_tried_again(code, says):
    client = client_to(answer(code))
    with pytest.raises(RefusedError, match=says) as error:
        client.ask(Vendor(), ASKED)
    assert error.value.permanent
    assert len(client.asked) == 1


@pytest.mark.parametrize(
    ("header", "wish_s"), [("7", 7), ("0", 0), ("99999999", 600), ("soon", 15), ("-5", 15), ("", 15)]
)
def test_retry_after_is_respected_within_reason(header, wish_s):
    pacer = EverOpen()
    client = PacedHttpClient(pacer=pacer, transport=httpx2.MockTransport(answer(429, retry_after=header)))
    with pytest.raises(TransientError, match="wants fewer calls") as error:
        client.ask(Vendor(), ASKED)
    assert error.value.retry_after_s == wish_s
    assert set(pacer.wishes) <= {wish_s}


def test_a_second_try_is_no_warning():
    """Who tries Assay out sees warnings alone."""
    details = stamina.instrumentation.RetryDetails(
        name="ask",
        args=(),
        kwargs={},
        retry_num=1,
        wait_for=0.25,
        waited_so_far=0,
        caused_by=ValueError("slow"),
    )
    with structlog.testing.capture_logs() as said:
        http.note_retry(details)
    assert said == [{"event": "call is tried again", "problem": "slow", "wait_s": 0.2, "log_level": "info"}]
    assert stamina.instrumentation.get_on_retry_hooks() == (http.note_retry,)


@pytest.mark.parametrize(("seconds", "wish_s"), [(300, 300), (-300, 0), (9000, 600)])
def test_retry_after_may_be_a_date(seconds, wish_s):
    header = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
    with pytest.raises(TransientError) as error:
        client_to(answer(503, retry_after=header)).ask(Vendor(), ASKED)
    assert error.value.retry_after_s == pytest.approx(wish_s, abs=10)


def paced_client(*answers):
    """A client with a real pacer whose sleep moves its clock; gives the naps it took, too."""
    naps, queue = [], iter(answers)
    pacer = LocalPacer(clock=lambda: sum(naps), sleep=naps.append)
    transport = httpx2.MockTransport(lambda request: next(queue)(request))
    return PacedHttpClient(pacer=pacer, transport=transport), naps


def test_a_provider_that_wants_fewer_calls_is_left_alone_for_so_long():
    client, naps = paced_client(answer(429, retry_after="7"), answer_ok)
    assert client.ask(Vendor(), ASKED).status_code == 200
    assert sum(naps) == pytest.approx(7)


def test_a_wait_that_is_too_long_is_left_to_the_caller():
    client, naps = paced_client(answer(429, retry_after="600"))
    with pytest.raises(TransientError, match="vendor was not queried") as error:
        client.ask(Vendor(), ASKED)
    assert sum(naps) <= http.PATIENCE_S
    assert error.value.retry_after_s > 60


# Where it goes ------------------------------------------------------------------------


def test_a_redirect_is_followed():
    client = client_to(redirect_to("https://www.vendor.example/v2/coins"), answer_ok)
    assert client.ask(Vendor(key="hidden"), ASKED).status_code == 200
    assert str(client.asked[1].url) == "https://www.vendor.example/v2/coins"


def test_a_key_does_not_follow_a_redirect_to_another_origin():
    client = client_to(redirect_to("https://elsewhere.example/"), answer_ok)
    client.ask(Vendor(key="hidden"), ASKED)
    assert "x-key" not in client.asked[1].headers


def test_redirects_end():
    client = client_to(redirect_to("/coins"))
    with pytest.raises(RefusedError, match="more than 3 times"):
        client.ask(Vendor(), ASKED)
    assert len(client.asked) == 4


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.example/",
        "ftp://elsewhere.example/",
        "file:///etc/passwd",
        "http://169.254.169.254/",
    ],
)
def test_a_redirect_without_https_is_refused(url):
    for base_url in ("", CONFIGURED):
        with pytest.raises(RefusedError, match="without https"):
            client_to(redirect_to(url)).ask(Vendor(base_url=base_url), ASKED)


def test_a_redirect_to_nonsense_is_refused():
    with pytest.raises(RefusedError):
        client_to(redirect_to("https://[")).ask(Vendor(), ASKED)


@pytest.mark.parametrize(
    "path", ["coins", "/../admin", "/coins/%2e%2e/admin", "/coins/./x", "//elsewhere.example/../x"]
)
def test_a_path_stays_below_the_base_url(path):
    with pytest.raises(RefusedError, match="no path below"):
        client_to(answer_ok).ask(Vendor(), Request(family="market", path=path))


def test_a_configured_address_may_be_private_and_without_https():
    client = client_to(answer_ok)
    client.ask(Vendor(base_url=CONFIGURED), ASKED)
    assert client.asked[0].extensions[http.TRUSTED] is True
    client.ask(Vendor(), ASKED)
    assert client.asked[1].extensions[http.TRUSTED] is False


def test_only_the_configured_origin_is_trusted():
    client = client_to(redirect_to("https://127.0.0.1:10/v1"), answer_ok)
    client.ask(Vendor(base_url=CONFIGURED), ASKED)
    assert client.asked[1].extensions[http.TRUSTED] is False


def checked(monkeypatch, inner, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)
    return PacedHttpClient(pacer=EverOpen(), transport=CheckedTransport(httpx2.MockTransport(inner)))


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    asked = []
    client = checked(monkeypatch, lambda request: asked.append(request) or answer_ok(request), "104.16.0.1")
    client.ask(Vendor(), ASKED)
    assert asked[0].url.host == "104.16.0.1"
    assert asked[0].headers["host"] == "api.vendor.example"
    assert asked[0].extensions["sni_hostname"] == "api.vendor.example"


def test_the_next_address_is_tried_when_one_does_not_answer(monkeypatch):
    def inner(request):
        if request.url.host == "104.16.0.1":
            raise httpx2.ConnectError("refused")
        return answer_ok(request)

    assert checked(monkeypatch, inner, "104.16.0.1", "104.16.0.2").ask(Vendor(), ASKED).status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])
def test_a_name_that_leads_to_a_private_address_is_refused(monkeypatch, address):
    with pytest.raises(RefusedError, match=r"api\.vendor\.example leads to a private address"):
        checked(monkeypatch, answer_ok, address).ask(Vendor(), ASKED)


def test_a_name_without_address_may_have_one_later(monkeypatch):
    def unknown(*_args, **_options):
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    client = PacedHttpClient(pacer=EverOpen(), transport=CheckedTransport(httpx2.MockTransport(answer_ok)))
    with pytest.raises(TransientError, match=r"the name api\.vendor\.example can't be resolved"):
        client.ask(Vendor(), ASKED)


# A real server -------------------------------------------------------------------------


@contextmanager
def serving(respond):
    """A server on loopback; `respond(handler)` writes the whole answer. Yields its base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            respond(self)

        def do_POST(self):
            respond(self)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(handler, body, *, status_code=200, **headers):
    handler.send_response(status_code)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def get(base_url):
    return PacedHttpClient(pacer=EverOpen()).ask(Vendor(base_url=base_url), ASKED)


def test_a_real_server_is_asked():
    seen = {}

    def respond(handler):
        seen.update(path=handler.path, agent=handler.headers["user-agent"])
        send(
            handler,
            gzip.compress(json.dumps({"a": 1}).encode()),
            Content_Encoding="gzip",
            X_Replay_Source="x",
        )

    with serving(respond) as url:
        raw = get(url)
    assert raw.body == b'{"a": 1}'
    assert seen["path"] == "/v1/coins?page=1"
    assert seen["agent"].startswith("Assay/")
    assert "replay" not in repr(raw).lower()


def test_a_real_server_is_posted_to():
    seen = {}

    def respond(handler):
        length = int(handler.headers["content-length"])
        seen.update(method=handler.command, body=json.loads(handler.rfile.read(length)))
        send(handler, b"{}")

    call = Request(family="market", path="/", body=[{"id": 1}, {"id": 2}])
    with serving(respond) as url:
        PacedHttpClient(pacer=EverOpen()).ask(Vendor(base_url=url), call)
    assert seen == {"method": "POST", "body": [{"id": 1}, {"id": 2}]}


def test_a_silent_server_is_given_up(monkeypatch):
    monkeypatch.setattr(http, "CALL_S", 0.2)
    ended = threading.Event()
    with serving(lambda _handler: ended.wait(PATIENCE_S)) as url:
        with pytest.raises(TransientError, match="did not answer in full within"):
            get(url)
        ended.set()


def test_a_server_that_drips_is_given_up(monkeypatch):
    monkeypatch.setattr(http, "CALL_S", 0.2)
    ended = threading.Event()

    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        while not ended.wait(0.05):
            try:
                handler.wfile.write(b" ")
            except OSError:
                return

    with serving(drip) as url:
        with pytest.raises(TransientError, match="did not answer in full within"):
            get(url)
        ended.set()


def test_an_answer_that_breaks_off_is_told(monkeypatch):
    with (
        serving(lambda handler: send(handler, b'{"a"', Content_Length="900")) as url,
        pytest.raises(TransientError, match=r"The connection to Vendor at 127\.0\.0\.1:\d+ failed"),
    ):
        get(url)


def test_a_packed_answer_that_breaks_off_is_told():
    half = gzip.compress(b"x" * 5000)[:20]
    with (
        serving(lambda handler: send(handler, half, Content_Encoding="gzip")) as url,
        pytest.raises(TransientError, match="broke off"),
    ):
        get(url)


def test_an_answer_that_can_not_be_unpacked_is_told():
    with (
        serving(lambda handler: send(handler, b"plain", Content_Encoding="gzip")) as url,
        pytest.raises(TransientError, match="can't be unpacked"),
    ):
        get(url)


def test_other_packings_are_refused():
    with (
        serving(lambda handler: send(handler, b"x", Content_Encoding="br")) as url,
        pytest.raises(RefusedError, match="was not requested"),
    ):
        get(url)


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_body_above_the_cap_is_refused(monkeypatch, is_packed):
    monkeypatch.setattr(http, "MOST_BYTES", 1_000_000)
    body = b" " * 1_000_001
    with (
        serving(
            lambda handler: (
                send(handler, gzip.compress(body), Content_Encoding="gzip")
                if is_packed
                else send(handler, body)
            )
        ) as url,
        pytest.raises(RefusedError, match="more than 1 MB"),
    ):
        get(url)


def test_a_real_redirect_to_a_private_address_is_refused():
    with (
        serving(
            lambda handler: send(handler, b"", status_code=302, Location="https://localhost:1/secret")
        ) as url,
        pytest.raises(RefusedError, match="localhost leads to a private address"),
    ):
        get(url)


def test_a_server_that_is_not_there_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TransientError, match=f"The connection to Vendor at 127.0.0.1:{port} failed"):
        get(f"http://127.0.0.1:{port}/v1")


# Secrets and verdicts ---------------------------------------------------------------------


def test_a_key_that_is_repeated_in_an_answer_is_not_kept():
    raw = client_to(answer(body=b'{"error": "bad key s3cret-key-1"}')).ask(Vendor(key="s3cret-key-1"), ASKED)
    assert raw.body == b'{"error": "bad key [key]"}'
    assert client_to(answer(body=b"a1")).ask(Vendor(key="a"), ASKED).body == b"a1"


def test_keys_of_the_path_and_the_query_are_sent_and_not_told():
    class Keyed(Vendor):
        def secret_path(self):
            return f"/{self.key}"

        def secret_params(self):
            return {"apikey": self.key}

    client = client_to(answer_ok)
    raw = client.ask(Keyed(base_url="http://127.0.0.1:9/v1", key="s3cret-key-1"), ASKED)
    (sent,) = client.asked
    assert str(sent.url) == "http://127.0.0.1:9/v1/s3cret-key-1/coins?page=1&apikey=s3cret-key-1"
    assert "s3cret" not in str(raw)


def test_the_pacer_hears_how_a_call_went():
    pacer = EverOpen()
    queue = [answer(503), answer_ok]
    transport = httpx2.MockTransport(lambda request: queue.pop(0)(request))
    PacedHttpClient(pacer=pacer, transport=transport).ask(Vendor(), ASKED)
    assert pacer.verdicts == ["failed", "succeeded"]
    with pytest.raises(RefusedError):
        PacedHttpClient(pacer=pacer, transport=httpx2.MockTransport(answer(404))).ask(Vendor(), ASKED)
    assert pacer.verdicts[-1] == "succeeded", "a refusal is an answer"
