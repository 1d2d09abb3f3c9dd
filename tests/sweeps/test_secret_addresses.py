"""Every address that lets in whoever has it: neither our log nor that of a proxy writes it down."""

import re
from pathlib import Path

import pytest

from screener.logs import without_secret_paths
from tests.sweeps.addresses import every_address
from tests.sweeps.secret_addresses import NO_SECRETS, SECRET, secret_addresses

PROXY = Path(__file__).resolve().parents[2] / "docs" / "proxy"
SAMPLES = dict(secret_addresses())
NGINX_MAP = r'map \$%s \$\w+ \{\s+"~(.+)" "(.+)";\s+"~(.+)" "(.+)";\s+default "";\s+\}'
CADDY_FILTER = r"^\t+%s regexp `(.+)` `(.+)`$"


def by_nginx(variable, text):
    """What its map makes of a text: the first pattern that fits counts."""
    ((first, then, second, otherwise),) = re.findall(NGINX_MAP % variable, (PROXY / "nginx.conf").read_text())
    for pattern, value in ((first, then), (second, otherwise)):
        if found := re.search(pattern, text):
            return re.sub(r"\$(\w+)", lambda name, found=found: found[name[1]], value)
    return ""


def by_caddy(field, text):
    ((pattern, value),) = re.findall(CADDY_FILTER % field, (PROXY / "Caddyfile").read_text(), re.MULTILINE)
    return re.sub(pattern, lambda found: re.sub(r"\$(\d)", lambda n: found[int(n[1])] or "", value), text)


MASKS = {
    "log": without_secret_paths,
    "nginx, address": lambda text: by_nginx("request_uri", text),
    "nginx, page": lambda text: by_nginx("http_referer", f"https://assay.example.com{text}"),
    "caddy, address": lambda text: by_caddy("request>uri", text),
    "caddy, page": lambda text: by_caddy("request>headers>Referer", f"https://assay.example.com{text}"),
    "caddy, page of a fragment": lambda text: by_caddy("request>headers>Hx-Current-Url", text),
    "caddy, where it leads": lambda text: by_caddy("resp_headers>Location", text),
}


def test_they_are_found_by_what_their_parameters_are():
    assert {"shared_screen", "shared_screen_copy", "shared_profile", "calendar_feed"} <= SAMPLES.keys()
    assert {"account_confirm_email", "account_reset_password_from_key"} <= SAMPLES.keys()
    assert NO_SECRETS.keys() <= {address.key for address in every_address()}


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("key", SAMPLES)
def test_no_log_has_one(key, mask):
    for text in (SAMPLES[key], f"{SAMPLES[key]}?next=/notes/"):
        assert SECRET in text
        masked = MASKS[mask](text)
        assert SECRET not in masked
        assert "…" in masked


@pytest.mark.parametrize("mask", MASKS)
def test_other_addresses_are_written_down(mask):
    assert MASKS[mask]("/assets/worked-example/peek/").endswith("/assets/worked-example/peek/")


@pytest.mark.parametrize("mask", MASKS)
def test_the_money_of_a_reader_is_in_no_log(mask):
    masked = MASKS[mask]("/assets/worked-example/?account=52k&steps=3&stop=15%25")
    assert "52k" not in masked
    assert "15%25" not in masked


def test_nginx_writes_nothing_but_what_is_masked():
    text = re.sub(r"(?m)^\s*#.*", "", (PROXY / "nginx.conf").read_text())
    (line,) = re.findall(r"log_format assay ([^;]+);", text)
    whole = {"request", "request_uri", "uri", "args", "query_string", "http_referer"}
    assert whole.isdisjoint(re.findall(r"\$(\w+)", line))
    servers = text.count("server_name")
    assert re.findall(r"access_log (.+);", text) == ["/var/log/nginx/assay.log assay"] * servers
    assert re.findall(r"error_log \S+ (.+);", text) == ["crit"] * servers


def test_caddy_masks_both_of_its_logs():
    logs = re.findall(r"^\tlog(?: default)? \{\s+(.+)\n", (PROXY / "Caddyfile").read_text(), re.MULTILINE)
    assert logs == ["import without_secrets"] * 2
