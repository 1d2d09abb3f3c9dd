"""Every address: what is no page comes as a file to keep, unless it is meant to open (ASVS 14.4.2)."""

import pytest
from django.test import Client

from tests.sweeps.addresses import OWNERS, access_of, every_address, path_of

pytestmark = pytest.mark.django_db

MEANT_TO_OPEN = {
    "document": "A dossier as PDF, which a browser shows.",
    "calendar_feed": "Read by programs.",
}
READ_IN_PLACE = {"price_bars", "import_progress", "healthz", "readyz", "citation"}
"""JSON for pages of ours and for monitoring, and a citation in plain text to be copied: none has markup."""


def test_whatever_is_no_page_is_a_download_or_is_meant_to_open(world):
    clients = {role: Client(raise_request_exception=False) for role in ("ana", "zoe")}
    for role, client in clients.items():
        client.force_login(getattr(world, role))
    kinds, opened = {}, set()
    for address in every_address():
        if address.is_admins:
            continue
        client = clients["ana" if access_of(address) == OWNERS else "zoe"]
        page = client.get(path_of(address, world))
        if page.status_code != 200 or page.headers["Content-Type"].startswith("text/html"):
            continue
        kind, _semicolon, name = page.headers.get("Content-Disposition", "").partition(";")
        if kind == "inline":
            opened.add(address.key)
        if kind:
            assert 'filename="' in name, address.key
        else:
            kinds[address.key] = page.headers["Content-Type"]
    assert opened == MEANT_TO_OPEN.keys()
    assert kinds.keys() <= READ_IN_PLACE, kinds
