"""Every address, method and role: who may not is refused, and nobody is answered with an error of ours."""

import pytest
from django.test import Client

from tests.sweeps.addresses import (
    EVERYBODY,
    OWNERS,
    READERS,
    STAFF,
    access_of,
    every_address,
    first_of_their_kind,
    path_of,
)

# Django says it of each URL field that the admin shows.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:The default scheme will be changed")]

METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
RIGHTS = {
    # role: what it may use
    "stranger": {EVERYBODY},
    "bea": {EVERYBODY, READERS},
    "ana": {EVERYBODY, READERS, OWNERS},
    "zoe": {EVERYBODY, READERS, STAFF},
}


def client_of(role, world):
    client = Client(raise_request_exception=False)
    if role != "stranger":
        client.force_login(getattr(world, role))
    return client


def methods_at(address):
    """Of the admin, whose addresses of one kind are one view, the first of each kind takes all of them."""
    return METHODS if address.key in first_of_their_kind() else ("get", "post")


def is_refused(page, role):
    """403, 404 and 405 refuse; a stranger is sent to the log-in, and whoever is not staff to the admin's."""
    if page.status_code == 302:
        log_in = ("/accounts/login/", "/admin/") if role == "stranger" else "/admin/"
        return page.headers["Location"].startswith(log_in)
    return page.status_code in {403, 404, 405}


@pytest.mark.parametrize("role", ["stranger", "bea", "ana", "zoe"])
def test_who_may_not_is_refused(world, role):
    client = client_of(role, world)
    let_in = []
    for address in every_address():
        if access_of(address) in RIGHTS[role]:
            continue
        if role == "ana" and address.key not in first_of_their_kind():
            continue  # In the admin she is one reader like the other.
        path = path_of(address, world)
        for method in methods_at(address):
            page = getattr(client, method)(path)
            if not is_refused(page, role):
                let_in.append((method, path, page.status_code))
    assert let_in == []


@pytest.mark.parametrize("role", ["stranger", "bea", "ana", "zoe"])
def test_who_may_is_answered(world, role):
    """By each method, without anything sent along: that is a bad request at most."""
    client = client_of(role, world)
    errors = []
    for address in every_address():
        if access_of(address) not in RIGHTS[role] or (address.is_admins and role != "zoe"):
            continue
        if address.key in ENDS_THE_SESSION:
            continue
        path = path_of(address, world)
        for method in methods_at(address):
            page = getattr(client, method)(path)
            if page.status_code >= 500 and address.key != "readyz":
                errors.append((method, path, page.status_code))
    assert errors == []


ENDS_THE_SESSION = {"account_logout", "admin:logout"}
