"""Proxy files: they fit each other and the limits of the product; `test_running_proxies` starts them."""

import re
import ssl
from pathlib import Path

import pytest

from assets.sheets.tables import MOST_BYTES
from screener.admission.bodies import MOST_UPLOAD_BYTES
from screener.urls import urlpatterns

PROXY = Path(__file__).resolve().parent.parent / "docs" / "proxy"
CADDY, NGINX = (PROXY / "Caddyfile").read_text(), (PROXY / "nginx.conf").read_text()
PLAIN = {name: re.sub(r"#.*", "", text) for name, text in (("caddy", CADDY), ("nginx", NGINX))}


@pytest.mark.parametrize("name", PLAIN)
def test_its_blocks_are_closed(name):
    depth = 0
    for sign in re.findall(r"(?<!\S)[{}](?=\s)", PLAIN[name]):
        depth += 1 if sign == "{" else -1
        assert depth >= 0
    assert depth == 0


def test_each_statement_of_nginx_ends():
    lines = [line.strip() for line in PLAIN["nginx"].splitlines() if line.strip()]
    assert [line for line in lines if not line.endswith((";", "{", "}"))] == []


@pytest.mark.parametrize("pattern", [r"max_size (\d+)MB", r"client_max_body_size (\d+)m;"])
def test_what_it_takes_is_what_we_take(pattern):
    (megabytes,) = re.findall(pattern, CADDY + NGINX)
    assert MOST_BYTES < MOST_UPLOAD_BYTES == int(megabytes) * 1_000_000


@pytest.mark.parametrize("name", PLAIN)
def test_monitoring_is_kept_from_strangers_and_health_is_not(name):
    for path in ("metrics", "readyz"):
        assert re.search(rf"\b{path}\b", PLAIN[name])
    assert "healthz" not in PLAIN[name]
    assert {"healthz", "readyz"} <= {str(each.pattern) for each in urlpatterns}


def test_forwarded_headers_are_set_and_never_a_strangers():
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "$proxy_add_x_forwarded_for" not in NGINX
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in NGINX
    assert "underscores_in_headers off;" in NGINX
    assert "trusted_proxies" not in PLAIN["caddy"]


def test_nginx_speaks_tls_1_2_and_1_3_alone():
    assert re.findall(r"ssl_protocols ([^;]+);", PLAIN["nginx"]) == ["TLSv1.2 TLSv1.3"]
    listens = re.findall(r"listen (?:\[::\]:)?(\d+)( ssl)?;", PLAIN["nginx"])
    assert listens == [("80", "")] * 2 + [("443", " ssl")] * 2
    (plain,) = re.findall(r"listen 80;.+?\n}", PLAIN["nginx"], re.DOTALL)
    assert "return 301 https://" in plain
    assert "proxy_pass" not in plain


def test_nginx_takes_ciphers_with_forward_secrecy_that_exist():
    ((ciphers, prefers),) = re.findall(
        r"ssl_ciphers ([^;]+);\s+ssl_prefer_server_ciphers (\w+);", PLAIN["nginx"]
    )
    names = ciphers.split(":")
    assert [each for each in names if not re.fullmatch(r"ECDHE-\w+-(AES\d+-GCM|CHACHA20)-\w+", each)] == []
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_ciphers(ciphers)
    known = {each["name"] for each in context.get_ciphers() if each["protocol"] == "TLSv1.2"}
    assert known == {*names}
    assert prefers == "off"


def test_caddy_keeps_its_own_tls_of_1_2_and_1_3():
    """Its defaults are what is asked for; no line makes them weaker, and none serves without TLS."""
    assert not re.search(r"\b(tls|protocols|ciphers|auto_https|http://|insecure)\b", PLAIN["caddy"])
    assert re.search(r"^assay\.example\.com \{$", PLAIN["caddy"], re.MULTILINE)


@pytest.mark.parametrize("name", PLAIN)
def test_no_header_of_ours_is_set_twice(name):
    assert not re.search(r"add_header|Strict-Transport|Content-Security|X-Frame", PLAIN[name])


@pytest.mark.parametrize("name", PLAIN)
def test_it_leads_to_the_port_that_compose_publishes(name):
    compose = (PROXY.parents[1] / "docker-compose.yml").read_text()
    assert "127.0.0.1:${PORT:-8000}:8000" in compose
    assert "127.0.0.1:8000" in PLAIN[name]
