"""Every address and unsafe method: what another site's form sends is refused before anything looks at it."""

import pytest
from django.test import Client

from tests.sweeps.addresses import every_address, path_of

pytestmark = pytest.mark.django_db

REFUSED = (403, 405)
"""Of a method that an address does not take nothing is looked at either."""


@pytest.mark.parametrize("role", ["stranger", "zoe"])
def test_no_form_of_another_site_is_taken(world, role):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if role != "stranger":
        client.force_login(world.zoe)
    taken = []
    for address in every_address():
        if address.is_admins and role == "stranger":
            continue
        path = path_of(address, world)
        for method in ("post",) if address.is_admins else ("post", "put", "patch", "delete"):
            page = getattr(client, method)(path, headers={"Origin": "https://evil.example"})
            if page.status_code not in REFUSED:
                taken.append((method, path, page.status_code))
    assert taken == []
