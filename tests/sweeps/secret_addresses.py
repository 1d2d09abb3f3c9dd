"""Addresses that let in whoever has them, from the URL configuration, so that a new one is there as well."""

import re
from collections.abc import Iterator

from django.urls import reverse

from tests.sweeps.addresses import every_address

SECRET_NAME = re.compile(r"(?:^|_)(?:key|token|secret|code|signature|hash|uuid)(?:$|_)")
"""How a parameter of a route is named that is worth something to whoever reads it."""

SECRET = "5e5a3e00-7e11-4b0d-8d1e-0123456789ab"
"""Fits each of these parameters, and stands nowhere else in an address."""

NO_SECRETS: dict[str, str] = {}
"""Keys of addresses whose parameter is called like a secret and is none, each with the reason."""


def secret_addresses() -> Iterator[tuple[str, str]]:
    """The key of each, and a sample of it with `SECRET` in the place of the secret."""
    for address in every_address():
        of_uuid = set(re.findall(r"<uuid:(\w+)>", address.route))
        secret = {name for name in address.parameters if name in of_uuid or SECRET_NAME.search(name)}
        if secret and address.key not in NO_SECRETS:
            given = {name: SECRET if name in secret else "1" for name in address.parameters}
            yield address.key, reverse(address.key, kwargs=given)
