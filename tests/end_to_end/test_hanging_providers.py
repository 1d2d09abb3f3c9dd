"""Providers that take every call and answer none, on both databases: the rest goes on, and it passes.

Reads the recordings beside the checkout; skipped by name without them.
"""

import signal

import pytest

from tests.end_to_end.house import house_on
from tests.end_to_end.installation import RECORDED, free_port, replay_server
from tests.end_to_end.readers import Readers, assert_healthy
from tests.servers.waiting import until

pytestmark = [
    *RECORDED,
    pytest.mark.slow(
        *("assets/network", "assets/tasks.py", "assets/services/refreshing", "screener/tasks.py"),
        *("screener/celery.py", "assets/providers/coingecko.py", "assets/providers/geckoterminal.py"),
    ),
]

HANGS = ("--fault", "timeout=1.0", "--hang-s", "600")
ORDERS = (("coingecko", "market"), ("geckoterminal", "pools"))
"""Together they keep every process of the worker waiting."""


@pytest.fixture
def replay_port():
    return free_port()


@pytest.fixture(params=["sqlite", "postgres"])
def house(request, replay_port):
    at = f"http://127.0.0.1:{replay_port}"
    providers = {
        "ASSAY_COINGECKO_URL": f"{at}/coingecko-2017/api/v3",
        "ASSAY_GECKOTERMINAL_URL": f"{at}/geckoterminal/api/v2",
        "ASSAY_GECKOTERMINAL_NETWORKS": "solana",
    }
    with house_on(request.param, ASSAY_TASK_REDELIVERY_S="90", **providers) as house:
        house.start("worker")
        house.start("scheduler")
        house.recovered()
        yield house


def order(house):
    for provider, family in ORDERS:
        house.manage("refresh", "--provider", provider, "--family", family, "--limit", "60")


def test_a_provider_that_hangs_holds_up_nobody_and_is_asked_again(house, replay_port):
    with replay_server(*HANGS, port=replay_port):
        order(house)
        until(lambda: len(house.ask("c.waiting_problems()")) == len(ORDERS), "a word on each of them")
        readers = Readers(house, ["/", "/data/", "/checklist/"])
        readers.during(
            lambda: house.manage("refresh", "--provider", "sandbox", "--family", "listing", "--wait")
        )
        assert_healthy(house)
        assert house.look("worker")["status"] == "ok"
        house.kill("worker", signal.SIGSTOP)  # With calls in the air.
        house.start("worker-2")
    with replay_server(port=replay_port):
        until(lambda: house.ask("c.is_at_rest()"), "answers of those who hung")
        house.kill("worker", signal.SIGCONT)
        until(lambda: house.ask("c.is_at_rest()"), "the end")
        order(house)
        until(lambda: house.ask("c.is_at_rest()"), "the end of what was ordered afterwards")
    assert house.ask("c.faults()") == {}
    assert house.ask("c.Observation.objects.exclude(provider='sandbox').count()") > len(ORDERS)
