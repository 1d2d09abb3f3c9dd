from typing import Any

from celery.signals import worker_ready
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssetsConfig(AppConfig):
    name = "assets"
    verbose_name = _("Facts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from stamina.instrumentation import set_on_retry_hooks

        from assets.network.http import note_retry
        from assets.services.refreshing.steps import steps_ready

        set_on_retry_hooks([note_retry])

        steps_ready.connect(on_steps_ready, dispatch_uid="on_steps_ready")
        worker_ready.connect(pick_up_runs, dispatch_uid="pick_up_runs")


def on_steps_ready(*, provider: str, **_kwargs: Any) -> None:
    from assets.tasks import run_steps

    run_steps.delay(provider=provider)


def pick_up_runs(**_kwargs: Any) -> None:
    """A worker has come up: whatever an earlier one left undone goes on at once."""
    from assets.tasks import resume_runs

    resume_runs.delay()
