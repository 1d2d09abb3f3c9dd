"""The same thing done by many clicks at once: on PostgreSQL, where statements of transactions interleave."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client

from assets.models import Asset

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other."),
]
CLICKS = [
    ("/assets/alpha/star/", [{}, {"watched": "1"}, {"watched": "0"}]),
    ("/assets/alpha/watchlists/", [{"name": "Mine"}, {"in": "1"}, {}]),
    ("/position/", [{"position": "5000"}, {"position": "7000"}]),
    ("/profiles/choose/", [{"profile": ""}]),
    ("/profiles/new/", [{"name": "Mine"}]),
    ("/watchlists/", [{"name": "Mine"}]),
    ("/screens/new/", [{"name": "Mine", "q": "kind:token"}]),
    ("/assets/alpha/notes/", [{"body": "first"}]),
    ("/accounts/login/", [{"login": "ana", "password": "wrong wrong wrong"}]),
]


def click(arguments):
    person, address, fields = arguments
    client = Client(raise_request_exception=False)
    client.force_login(person)
    try:
        return client.post(address, fields).status_code
    finally:
        connections.close_all()


@pytest.mark.parametrize(("address", "forms"), CLICKS, ids=[address for address, _forms in CLICKS])
def test_many_clicks_at_once_are_no_error(django_user_model, address, forms):
    person = django_user_model.objects.create_user("ana")
    Asset.objects.create(kind="token", slug="alpha", name="Alpha")
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(click, [(person, address, forms[each % len(forms)]) for each in range(24)]))
    assert [each for each in found if each >= 500] == []
