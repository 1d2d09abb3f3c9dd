"""Every address and unsafe method: what another site's form sends is refused before anything looks at it."""

import pytest
from django.http import HttpResponseForbidden
from django.test import Client

from tests.sweeps.addresses import every_address, first_of_their_kind, path_of

pytestmark = pytest.mark.django_db

FOREIGN = {"Origin": "https://evil.example"}
UNSAFE = ("post", "put", "patch", "delete")
REFUSED = (403, 405)
"""Of a method that an address does not take nothing is looked at either."""


def refuse(_request, reason=""):
    """The page that says so is the same for every address, and has tests of its own."""
    return HttpResponseForbidden(reason)


@pytest.mark.parametrize("role", ["stranger", "zoe"])
def test_no_form_of_another_site_is_taken(world, settings, role):
    settings.CSRF_FAILURE_VIEW = f"{__name__}.refuse"
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if role != "stranger":
        client.force_login(world.zoe)
    taken = []
    for address in every_address():
        path = path_of(address, world)
        for method in UNSAFE if address.key in first_of_their_kind() else ("post",):
            page = getattr(client, method)(path, headers=FOREIGN)
            if page.status_code not in REFUSED:
                taken.append((method, path, page.status_code))
    assert taken == []


def test_who_is_refused_reads_why():
    page = Client(enforce_csrf_checks=True).post("/position/", headers=FOREIGN)
    assert page.status_code == 403
    assert "403_csrf.html" in [each.name for each in page.templates]
