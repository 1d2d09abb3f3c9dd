"""Whether the broker is there."""

import redis
from django.conf import settings


def broker_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.BROKER_URL, socket_connect_timeout=2, socket_timeout=2) as broker:
            return bool(broker.ping())
    except (redis.RedisError, OSError):
        return False
