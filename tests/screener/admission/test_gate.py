from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.admission.gate import AdmissionGate, BusyError
from tests.servers.waiting import until


def in_line(gate):
    return sum(map(len, gate._lines.values()))


def test_who_finds_no_place_is_refused_at_once():
    gate = AdmissionGate(at_once=1)
    with gate.admitted("a"), pytest.raises(BusyError):
        gate.enter("b")
    with gate.admitted("b"):
        pass


def test_who_waits_too_long_is_refused_and_leaves_no_trace():
    gate = AdmissionGate(at_once=1, waiting=1, wait_s=0.01)
    with gate.admitted("a"), pytest.raises(BusyError):
        gate.enter("b")
    assert not gate._lines
    assert not gate._at_work


def test_clients_take_turns_whoever_came_first():
    gate, order = AdmissionGate(at_once=1, waiting=9, wait_s=30), []

    def ask(client):
        with gate.admitted(client):
            order.append(client)

    gate.enter("first")
    with ThreadPoolExecutor(4) as threads:
        for place, client in enumerate(("a", "a", "a", "b"), start=1):
            threads.submit(ask, client)
            until(lambda place=place: in_line(gate) == place, "the line")
        gate.leave("first")
    assert order == ["a", "b", "a", "a"]


def test_where_the_line_is_full_the_greediest_gives_way():
    gate, refused = AdmissionGate(at_once=1, waiting=3, wait_s=30), []

    def ask(client):
        try:
            with gate.admitted(client):
                pass
        except BusyError:
            refused.append(client)

    gate.enter("first")
    with ThreadPoolExecutor(4) as threads:
        for place in range(1, 4):
            threads.submit(ask, "a")
            until(lambda place=place: in_line(gate) == place, "the line")
        with pytest.raises(BusyError):
            gate.enter("a")
        threads.submit(ask, "b")
        until(lambda: refused == ["a"], "a refusal")
        gate.leave("first")
    assert refused == ["a"]
    assert not gate._at_work


@given(
    clients=st.lists(st.sampled_from("abc"), max_size=12),
    at_once=st.integers(1, 3),
    waiting=st.integers(0, 3),
)
def test_no_more_are_at_work_than_may_and_all_is_given_back(clients, at_once, waiting):
    gate = AdmissionGate(at_once=at_once, waiting=waiting, wait_s=0)
    entered = []
    for client in clients:
        try:
            gate.enter(client)
        except BusyError:
            continue
        entered.append(client)
        assert sum(gate._at_work.values()) == len(entered) <= at_once
    for client in entered:
        gate.leave(client)
    assert not gate._at_work
    assert not gate._lines
