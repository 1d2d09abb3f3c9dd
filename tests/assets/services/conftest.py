import pytest

from assets.services.refreshing import runs, steps
from tests.assets.services.vendor import Vendor


@pytest.fixture
def scores(monkeypatch):
    """What wakes whoever judges; `scores.woken` are the providers that a worker was asked for."""

    class Queue(list):
        woken = []

    queue = Queue()
    queue.woken = []
    for module in (runs, steps):
        monkeypatch.setattr(module, "configured", lambda name, base_url="": Vendor(base_url=base_url))

    def score_waits(**_):
        queue.append("facts")

    def worker_wanted(*, provider, **_):
        queue.woken.append(provider)

    receivers = steps.steps_ready.receivers, steps.facts_stored.receivers
    steps.steps_ready.receivers, steps.facts_stored.receivers = [], []
    steps.steps_ready.connect(worker_wanted)
    steps.facts_stored.connect(score_waits)
    yield queue
    steps.steps_ready.receivers, steps.facts_stored.receivers = receivers
    steps.steps_ready.sender_receivers_cache.clear()
    steps.facts_stored.sender_receivers_cache.clear()
