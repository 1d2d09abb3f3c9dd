"""Structured logs: readable lines where a person looks on, JSON where a machine collects them.

Each event carries the request id, or the task id and the ids that the task was called with.
"""

import re
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

SECRET_PATHS: Final = re.compile(
    r"(/accounts/(?:password/reset/key|confirm-email)|/shared/\w+|/profiles/shared)/[^/?#\s'\"]+"
)
"""Addresses that let in, or show something to, whoever has them: they are no matter for a log.

`docs/proxy` masks the same ones in the logs of the proxies."""
PRIVATE_WORDS: Final = re.compile(r"([?&](?:account|risk|entry|stop|position)=)[^&#\s'\"]+")
"""What an address says of the money of whoever asks."""


def without_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str) and "/" in value:
            event[name] = without_secret_paths(value)
    return event


def without_secret_paths(text: str) -> str:
    return PRIVATE_WORDS.sub(r"\1…", SECRET_PATHS.sub(r"\1/…", text))


def without_expired_tasks(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A task of the schedule that found no worker in time is told by the age of the worker's heartbeat."""
    if event.get("event") == "task_revoked" and event.get("expired") and not event.get("terminated"):
        raise structlog.DropEvent
    return event


LONGEST_TEXT: Final = 8_000
"""Characters of one value in a line, cut in the middle: a traceback says most at its ends."""

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    without_secrets,
    structlog.stdlib.ExtraAdder(),
]


def configure(*, readable: bool, level: str) -> dict[str, Any]:
    """Set structlog up and return Django's `LOGGING`."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            without_expired_tasks,
            *SHARED[:-1],
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *(_for_people() if readable else _for_machines()),
                ],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers would write every line twice; the request middleware tells of requests.
            "django": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "propagate": True},
            # They tell whole addresses, and a provider's key may be part of one.
            "httpx2": {"level": "WARNING"},
            "httpcore2": {"level": "WARNING"},
            # Two lines a task would drown what matters in a refresh of thousands of them.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
        },
    }


def bind_task(*, task: Any, **_more: Any) -> None:
    """Name in every line of a task what it works on: its provider and its `…_id` arguments."""
    told = {
        name: value
        for name, value in (task.request.kwargs or {}).items()
        if name.endswith("_id") or name == "provider"
    }
    structlog.contextvars.bind_contextvars(task=task.name, **told)


def bounded(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """An event whose texts are of a bounded length: a stranger's address or a vendor's body may be any."""
    return {name: _short(value) for name, value in event.items()}


def _short(value: Any) -> Any:
    if isinstance(value, str | bytes) and len(value) > LONGEST_TEXT:
        kept = value[: LONGEST_TEXT // 2], value[-LONGEST_TEXT // 2 :]
        return f"{kept[0]!s} … {len(value) - LONGEST_TEXT} more … {kept[1]!s}"
    if isinstance(value, list | tuple | dict | set) and len(text := repr(value)) > LONGEST_TEXT:
        return _short(text)
    return value


def _for_people() -> list[Any]:
    return [
        bounded,
        structlog.dev.ConsoleRenderer(
            colors=False, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
        ),
    ]


def _for_machines() -> list[Any]:
    return [structlog.processors.format_exc_info, bounded, structlog.processors.JSONRenderer()]
