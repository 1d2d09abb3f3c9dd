"""Proxy files at work: each proxy that is installed stands before a server that repeats what it hears."""

import contextlib
import getpass
import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
import warnings
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.servers.waiting import until

PROXY = Path(__file__).resolve().parent.parent / "docs" / "proxy"
SITE = "assay.example.com"
pytestmark = pytest.mark.slow("docs/proxy")


class Repeats(BaseHTTPRequestHandler):
    """Answers with the path, the headers and the size of the body that reached it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        size = len(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        body = json.dumps({"path": self.path, "headers": self.headers.items(), "bytes": size}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Strict-Transport-Security", "max-age=31536000")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the name is the library's

    def log_message(self, *_args):
        """Nobody reads it."""


@pytest.fixture
def behind():
    """The port of a server in Assay's place."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Repeats) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _each in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def certificate_in(folder):
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, SITE)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder / "cert.pem", folder / "key.pem"


def nginx_command(folder, *, plain, secure, behind):
    """The file as it is, but for ports, places, and what releases before 1.25.1 write otherwise."""
    cert, key = certificate_in(folder)
    site = (PROXY / "nginx.conf").read_text()
    site = re.sub(r"listen \[::\]:\d+.*\n", "", site)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;")
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    site = re.sub(r"ssl_certificate .*;", f"ssl_certificate {cert};", site)
    site = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {key};", site)
    site = re.sub(r"((access|error)_log )\S+", rf"\g<1>{folder}/\g<2>.log", site)
    version = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=True).stderr
    if tuple(map(int, re.findall(r"\d+", version)[:3])) < (1, 25, 1):
        site = site.replace("    http2 on;\n", "")
    (folder / "site.conf").write_text(site)
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"user {getpass.getuser()}; pid {folder}/pid; daemon off; "
        f"events {{}} http {{ {places} include {folder}/site.conf; }}"
    )
    return ["nginx", "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy_command(folder, *, plain, secure, behind):
    """The file as it is, but for ports, places and a certificate of its own making."""
    text = (PROXY / "Caddyfile").read_text()
    general = f"\tadmin off\n\thttp_port {plain}\n\thttps_port {secure}\n\tstorage file_system {folder}\n"
    text = text.replace("\n{\n", "\n{\n" + general + "\tskip_install_trust\n", 1)
    text = text.replace(f"{SITE} {{\n", f"{SITE} {{\n\ttls internal\n", 1)
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    text = text.replace("/var/log/caddy/assay.log", str(folder / "access.log"))
    (folder / "Caddyfile").write_text(text)
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


COMMANDS = {"nginx": nginx_command, "caddy": caddy_command}


class Proxy:
    def __init__(self, folder, *, plain, secure):
        self.folder, self.plain, self.secure = folder, plain, secure

    def ask(self, path, *, method="GET", headers=(), body=None, tls=None):
        """Status, headers and body of an answer over TLS."""
        context = tls or ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = HTTPSConnection("127.0.0.1", self.secure, timeout=20, context=context)
        connection.sock = context.wrap_socket(
            socket.create_connection(("127.0.0.1", self.secure), 20), server_hostname=SITE
        )
        return _answer(connection, method, path, headers, body)

    def ask_plainly(self, path):
        return _answer(HTTPConnection("127.0.0.1", self.plain, timeout=20), "GET", path, (), None)

    @property
    def is_up(self):
        try:
            return self.ask("/")[0] == 200
        except (OSError, HTTPException):
            return False


def _answer(connection, method, path, headers, body):
    connection.putrequest(method, path, skip_host=True)
    for name, value in (("Host", SITE), *headers):
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders()
    if body:
        with contextlib.suppress(OSError):  # It may have answered and closed before all was sent.
            connection.send(body)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


@pytest.fixture(params=COMMANDS)
def proxy(request, behind, tmp_path):
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    plain, secure = free_ports(2)
    command = COMMANDS[request.param](tmp_path, plain=plain, secure=secure, behind=behind)
    with (tmp_path / "output").open("wb") as output:
        running = subprocess.Popen(
            command, stdout=output, stderr=output, env={"HOME": str(tmp_path), "PATH": "/usr/sbin:/usr/bin"}
        )
    try:
        it = Proxy(tmp_path, plain=plain, secure=secure)
        until(lambda: it.is_up or running.poll() is not None, f"{request.param} answers")
        assert running.poll() is None, (tmp_path / "output").read_text()[-2_000:]
        yield it
    finally:
        running.terminate()
        running.wait(30)


def heard_by_assay(answer):
    status, _headers, body = answer
    assert status == 200
    said = json.loads(body)
    names = [name.lower() for name, _value in said["headers"]]
    assert len(set(names)) == len(names)
    return {name.lower(): value for name, value in said["headers"]}


def test_assay_hears_who_asks_and_never_what_a_stranger_claims(proxy):
    claims = {
        "X-Forwarded-For": "198.51.100.7",
        "X-Forwarded-Proto": "gopher",
        "X-Forwarded-Host": "evil.example",
        "X_Forwarded_For": "198.51.100.8",
    }
    heard = heard_by_assay(proxy.ask("/?q=a+b", headers=claims.items()))
    assert heard["x-forwarded-for"] == "127.0.0.1"
    assert heard["x-forwarded-proto"] == "https"
    assert heard.get("x-forwarded-host", "") in {"", SITE}
    assert heard["host"] == SITE


def test_monitoring_stays_inside_and_health_goes_through(proxy):
    assert [proxy.ask(path)[0] for path in ("/metrics", "/metrics/", "/readyz")] == [404, 404, 404]
    assert proxy.ask("/healthz")[0] == 200


def test_what_is_too_large_goes_no_further(proxy):
    assert proxy.ask("/data/import/check/", method="POST", body=b"x" * 5_500_000)[0] == 200
    status = proxy.ask("/data/import/check/", method="POST", body=b"x" * 7_000_000)[0]
    assert status in {413, 502}, "Caddy breaks the request off on its way"


def test_a_plain_request_is_sent_to_tls_and_old_tls_is_refused(proxy):
    status, headers, _body = proxy.ask_plainly("/watchlists/?x=1")
    assert status in {301, 308}
    assert headers["Location"] == f"https://{SITE}/watchlists/?x=1"
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.set_ciphers("DEFAULT:@SECLEVEL=0")  # So that it is the proxy who refuses.
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"):
        proxy.ask("/", tls=old)


def test_headers_of_ours_come_once(proxy):
    _status, headers, _body = proxy.ask("/")
    assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_no_address_that_lets_in_is_written_down(proxy):
    """Nor what an address says of the reader's money; what was asked for otherwise is."""
    secret = "5e4b0c52-9f3a-4d67-8a53-2f1c5b7d9e10"
    before = [("Referer", f"https://{SITE}/shared/screens/{secret}/?position=25000")]
    asked = [
        f"/shared/calendars/{secret}.ics",
        f"/accounts/password/reset/key/{secret}/",
        "/assets/grove/plan/?account=777000&risk=1",
        "/glossary/?last",
    ]
    for path in asked:
        proxy.ask(path, headers=before)
    until(lambda: "glossary" in logged(proxy.folder), "the last request is in the log")
    text = logged(proxy.folder)
    assert "/shared/calendars/" in text
    assert "/assets/grove/plan/" in text
    for unsaid in (secret, "777000", "25000"):
        assert unsaid not in text


def logged(folder):
    """All that it has written down; one log may be missing."""
    files = [folder / name for name in ("access.log", "error.log", "output")]
    return "".join(each.read_text() for each in files if each.exists())
