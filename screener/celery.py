"""The Celery application. Its configuration is `CELERY_*` in the settings."""

import logging.config
import os
from typing import Any, Final

from celery import Celery
from celery.signals import setup_logging, worker_process_init
from django.conf import settings
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep

from screener.limits import limit_statements
from screener.logs import bind_task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")

PUBLISHING_S: Final = 2.0
"""Who publishes, a page above all, waits so long for each answer of the broker."""


class PatientlyConsumingCelery(Celery):
    """A broker that stands still holds up nobody who publishes. Who consumes waits for messages for ever."""

    def connection_for_write(self, url: str | None = None, **options: Any) -> Any:
        limits = {"socket_timeout": PUBLISHING_S, **(options.pop("transport_options", None) or {})}
        return super().connection_for_write(url, transport_options=limits, **options)


app = PatientlyConsumingCelery("assay")
app.config_from_object("django.conf:settings", namespace="CELERY")
# What a broker refuses, one that cannot save above all, ends no worker.
app.conf.broker_channel_error_retry = True
# Once more on a new connection, for one that the broker has closed; each try may take that long.
app.conf.task_publish_retry_policy = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)
bind_extra_task_metadata.connect(bind_task, dispatch_uid="bind_task")


@setup_logging.connect
def log_as_django_does(**_kwargs: Any) -> None:
    """Connected, this keeps Celery from setting up logging its own way."""
    logging.config.dictConfig(settings.LOGGING)


@worker_process_init.connect
def limit_statements_of_tasks(**_kwargs: Any) -> None:
    """A statement that hangs is given up before its task is."""
    limit_statements(settings.CELERY_TASK_SOFT_TIME_LIMIT, lock_s=settings.TASK_LOCK_S)
