"""Every address: what browsers are told to do with a page, and not to."""

import pytest
from django.test import Client

from tests.sweeps.addresses import every_address, path_of

pytestmark = pytest.mark.django_db

TYPES = ("text/html; charset=utf-8", "application/json", "text/csv", "application/vnd", "text/plain", "")


@pytest.mark.parametrize("role", ["stranger", "zoe"])
def test_every_page_says_what_may_be_done_with_it(world, role):
    client = Client(raise_request_exception=False)
    if role != "stranger":
        client.force_login(world.zoe)
    wrong = []
    for address in every_address():
        if address.is_admins and (role == "stranger" or address.parameters):
            continue
        page = client.get(path_of(address, world))
        headers, policy = page.headers, page.headers.get("Content-Security-Policy", "")
        found = {
            "policy": "default-src 'none'" in policy
            and "script-src 'self'" in policy
            and "unsafe" not in policy,
            "frames": "frame-ancestors 'none'" in policy and headers.get("X-Frame-Options") == "DENY",
            "type": headers.get("Content-Type", "").startswith(TYPES),
            "sniffing": headers.get("X-Content-Type-Options") == "nosniff",
            "referrer": headers.get("Referrer-Policy") == "same-origin",
            "origins": "Access-Control-Allow-Origin" not in headers,
            "versions": "Server" not in headers and "X-Powered-By" not in headers,
        }
        wrong += [(address.key, name) for name, is_right in found.items() if not is_right]
    assert wrong == []
