"""Local services for a command or a test: those not running yet are started, and ended afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from screener.broker import broker_answers
from screener.supervisor import services
from screener.supervisor.child import Log, ServiceError, silent
from screener.supervisor.supervise import Supervisor


@contextmanager
def local_services(*, valkey: bool = True, worker: bool = True, log: Log = silent) -> Iterator[Supervisor]:
    """Start what is asked for and does not answer yet; end on leaving what was started here."""
    with Supervisor(log=log) as supervisor:
        if valkey and not broker_answers():
            start_broker(supervisor)
        if worker and not services.worker_answers():
            supervisor.start(services.worker())
            supervisor.wait_for("worker")
        yield supervisor


def start_broker(supervisor: Supervisor) -> None:
    """Start our own broker, unless another one is configured: that one is somebody else's to start."""
    if settings.OWN_BROKER:
        supervisor.start(services.valkey())
        supervisor.wait_for("valkey")
    elif not broker_answers():
        raise ServiceError(
            f"The broker at {settings.BROKER_ADDRESS} does not answer. Start it, or unset ASSAY_BROKER_URL "
            "to let Assay run one of its own."
        )
