"""Random SIGKILLs of everything during refreshes: nothing that was confirmed is lost, nothing is there twice.

`ASSAY_TEST_SEED` repeats the kills of a run, whose seed is printed; `ASSAY_TEST_KILLS` is how many there are.
"""

import os
import random
import signal
import sys
import threading
import time
from collections import Counter

import httpx2
import pytest

from assets.providers import PROVIDERS
from tests.end_to_end.house import PARTS, SECRET, children_of, house_on
from tests.servers.waiting import until

pytestmark = [pytest.mark.broker, pytest.mark.nightly]

KILLS = int(os.environ.get("ASSAY_TEST_KILLS", "50"))
SEED = int(os.environ.get("ASSAY_TEST_SEED") or random.SystemRandom().randrange(10**6))
FAMILIES = next(each.families for each in PROVIDERS if each.name == "sandbox")

LIVES_S = (0.3, 3.0)
"""What was killed is back at once; so long it lives until the next kill."""

LONG_LIFE_EACH = 8
"""Before so many kills everything lives until a person was heard, however slow the machine."""


class Person(threading.Thread):
    """Writes notes, makes watchlists, orders refreshes by the web server, and remembers what it confirmed."""

    def __init__(self, base, session, slugs, dice):
        super().__init__(daemon=True)
        self.base, self.session, self.slugs, self.dice = base, session, slugs, dice
        self.confirmed = {"notes": [], "watchlists": [], "runs": []}
        self.tried = Counter()
        self.refused = []
        self.stopped = threading.Event()
        self.orders = 0

    def run(self):
        cookies = {"sessionid": self.session, "csrftoken": SECRET}
        number = 0
        while not self.stopped.wait(0.3):
            number += 1
            with httpx2.Client(cookies=cookies, timeout=20, trust_env=False) as client:
                self._write(client, number)

    def _write(self, client, number):
        slug, text = self.dice.choice(self.slugs), f"number {number}"
        if number % 3 == 0:
            self._confirm("notes", client, f"/assets/{slug}/notes/", text, body=text)
        elif number % 3 == 1:
            self._confirm("watchlists", client, "/watchlists/", text, name=text)
        elif number % 6 == 2:
            family = FAMILIES[self.orders % len(FAMILIES)]
            self.orders += 1
            self._confirm("runs", client, "/data/refresh/", "", provider="sandbox", family=family)

    def _confirm(self, kind, client, path, text, **form):
        self.tried[kind] += 1
        try:
            answer = client.post(self.base + path, data=form | {"csrfmiddlewaretoken": SECRET})
        except httpx2.HTTPError:
            return
        if answer.status_code == 302:
            told = text or answer.headers["Location"].rstrip("/").rpartition("/")[2]
            if told.isdigit() or text:
                self.confirmed[kind].append(told)
        elif answer.status_code != 503:
            self.refused.append((path, answer.status_code, answer.text[:500]))

    @property
    def heard(self):
        return sum(map(len, self.confirmed.values()))

    def stop(self):
        self.stopped.set()
        self.join(60)


class Killer:
    """Ends a part at random, or all of them, or one process of the worker or of the database's server."""

    def __init__(self, house, dice):
        self.house, self.dice = house, dice
        self.killed = Counter()
        self.kinds = [*PARTS, "everything", "a process of the worker"]
        if house.postgres is not None:
            self.kinds += ["database", "a connection of the database"]

    def kill(self):
        self.house.start_ended()
        kind = self.dice.choice(self.kinds)
        self.killed[kind] += 1
        if kind in PARTS:
            self._end([kind])
        elif kind == "database":
            self.house.postgres.kill()
            self.house.postgres.start_again()
        elif kind == "everything":
            self._end(PARTS, database=True)
        elif kind == "a process of the worker":
            self._end_one_of(self.house.processes["worker"].pid)
        else:
            self._end_one_of(self.house.postgres.pid)

    def _end(self, names, *, database=False):
        for name in self.dice.sample(names, len(names)):
            self.house.kill(name)
        if database and self.house.postgres is not None:
            self.house.postgres.kill()
            self.house.postgres.start_again()
        for name in names:
            self.house.start(name)

    def _end_one_of(self, parent):
        """As a machine does that is out of memory."""
        if found := children_of(parent):
            os.kill(self.dice.choice(found), signal.SIGKILL)


def leases(broker):
    """What says of work that somebody has it in hand, or that it waits to be taken."""
    queued = sum(broker.llen(name) for name in ("celery", "scores"))
    return [*broker.keys("assay:lock:*"), *broker.keys("unacked*"), *[b"queued"] * queued]


@pytest.fixture(params=["sqlite", "postgres"])
def house(request):
    with house_on(request.param, ASSAY_REFRESH="sandbox", ASSAY_SANDBOX_ASSETS="200") as house:
        house.recovered()
        yield house


def test_nothing_is_lost_or_doubled_by_kills_of_everything(house, capsys):
    dice = random.Random(SEED)
    house.start("worker")
    house.start("scheduler")
    house.manage("refresh", "--provider", "sandbox", "--family", "listing", "--wait")
    slugs = house.ask(f"c.order_everything({list(FAMILIES)})")
    person = Person(house.base, house.session, slugs, random.Random(SEED))
    killer = Killer(house, dice)
    begun = time.monotonic()
    person.start()
    for number in range(KILLS):
        if number % LONG_LIFE_EACH == 1:
            heard = person.heard
            until(lambda heard=heard: person.heard > heard, "a word that was confirmed")
        time.sleep(dice.uniform(*LIVES_S))
        killer.kill()
    person.stop()
    house.recovered()
    until(lambda: house.start_ended() or house.ask("c.is_at_rest()"), "the end of the runs")
    took = time.monotonic() - begun
    found, sizes, kept = house.ask("[c.faults(), c.sizes(), c.kept_by_people()]")
    confirmed = {kind: f"{len(each)} of {person.tried[kind]}" for kind, each in person.confirmed.items()}
    with capsys.disabled():
        told = f"ASSAY_TEST_SEED={SEED} {took:.0f} s {dict(killer.killed)} {sizes} confirmed {confirmed}"
        sys.stdout.write(f"\nkills: {told}\n")
    assert person.refused == [], "an outage is 503 and a sentence"
    assert found == {}
    for kind, told in person.confirmed.items():
        there = Counter(map(str, kept[kind]))
        assert [each for each in told if each not in there] == [], f"confirmed {kind} are lost"
        assert [each for each, times in there.items() if times > 1] == [], f"{kind} are there twice"
    assert person.heard >= KILLS // LONG_LIFE_EACH
    with house.broker as broker:
        until(lambda: house.start_ended() or not leases(broker), "the end of every lease")
