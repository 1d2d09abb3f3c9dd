"""Broker connections (Redis or Valkey): one client a process and address."""

from functools import cache
from urllib.parse import urlsplit

import redis

from assets.sourcing.contract import MisconfiguredError


@cache
def broker_at(url: str) -> redis.Redis:
    """The client of this URL; its connections know when they were inherited by a fork."""
    try:
        return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=3)
    except ValueError as error:
        raise MisconfiguredError("ASSAY_BROKER_URL can't be used: %(reason)s.", reason=error) from error


def address_of_broker(url: str) -> str:
    """The address without its user and password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
