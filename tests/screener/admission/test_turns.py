import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.admission.gate import BusyError
from screener.admission.turns import REMEMBERED_S, Client, Turns

A, B = Client("a", ""), Client("b", "")


class Room:
    """Clients at a gate: each stays until it is sent away; `order` is in which they came in."""

    def __init__(self, turns):
        self.turns, self.order, self.refused, self.tasks, self.ends = turns, [], [], [], []

    async def ask(self, *clients):
        for client in clients:
            end = asyncio.Event()
            self.ends.append(end)
            self.tasks.append(asyncio.create_task(self._stay(client, end)))
            await asyncio.sleep(0)

    async def _stay(self, client, end):
        try:
            async with self.turns.place(client):
                self.order.append(client)
                await end.wait()
        except BusyError:
            self.refused.append(client)

    async def send_away(self, place):
        self.ends[place].set()
        await asyncio.sleep(0.01)

    async def empty(self):
        for end in self.ends:
            end.set()
        await asyncio.gather(*self.tasks)


def in_room(act, *, at_once=1, waiting=9, wait_s=30, clock=lambda: 0.0):
    async def run():
        room = Room(Turns(at_once=at_once, waiting=waiting, wait_s=wait_s, clock=clock))
        await act(room)
        await room.empty()
        assert room.turns.working == room.turns.in_line == 0
        assert not room.turns._at_work
        return room

    return asyncio.run(run())


def test_addresses_take_turns_whoever_came_first():
    async def act(room):
        await room.ask(A, A, A, B)
        for place in (0, 3, 1, 2):
            await room.send_away(place)

    room = in_room(act)
    assert room.order == [A, B, A, A]


def test_many_browsers_of_one_address_are_one_address():
    async def act(room):
        await room.ask(*(Client("a", f"{number}") for number in range(5)), B)
        await room.send_away(0)
        assert room.order[-1] == B

    in_room(act)


def test_while_another_is_there_an_address_has_half_of_the_places():
    async def act(room):
        await room.ask(B)
        await room.send_away(0)
        await room.ask(A, A, A)
        assert room.turns.working == 2
        await room.ask(B)
        assert room.turns.working == 3

    in_room(act, at_once=4)


def test_alone_it_has_all_places_again_when_the_other_has_not_come_for_a_while():
    now = [0.0]

    async def act(room):
        await room.ask(B)
        await room.send_away(0)
        now[0] = REMEMBERED_S + 1
        await room.ask(A, A, A, A)
        assert room.turns.working == 4

    in_room(act, at_once=4, clock=lambda: now[0])


def test_a_browser_leaves_half_to_others_of_its_address():
    one, other = Client("a", "1"), Client("a", "2")

    async def act(room):
        await room.ask(other)
        await room.send_away(0)
        await room.ask(one, one, one)
        assert room.turns.working == 2
        await room.ask(other)
        assert room.turns.working == 3

    in_room(act, at_once=4)


def test_where_the_line_is_full_the_greediest_gives_way():
    async def act(room):
        await room.ask(A, A, A, A)
        await room.ask(A)
        assert room.refused == [A]
        await room.ask(B)
        await asyncio.sleep(0.01)
        assert room.refused == [A, A]
        await room.send_away(0)
        assert room.order == [A, B]

    in_room(act, waiting=3)


def test_who_waits_too_long_is_refused():
    async def act(room):
        await room.ask(A, B)
        await asyncio.sleep(0.05)
        assert room.refused == [B]

    in_room(act, wait_s=0.01)


def test_who_is_gone_from_the_line_takes_no_place():
    async def act(room):
        await room.ask(A, B, A)
        gone = room.tasks.pop(1)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        await room.send_away(0)
        assert room.order == [A, A]

    in_room(act)


def test_a_place_that_is_given_to_who_is_gone_is_the_next_ones():
    async def act(room):
        await room.ask(A, B, A)
        room.ends[0].set()
        await asyncio.sleep(0)
        gone = room.tasks.pop(1)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        await asyncio.sleep(0.01)
        assert room.turns.working == 1

    in_room(act)


def test_nobody_is_remembered_for_ever():
    now = [0.0]

    async def act(room):
        for number in range(50):
            now[0] += 1
            await room.ask(Client(f"{number}", "x"))
            await room.send_away(number)
        assert len(room.turns._came) <= REMEMBERED_S + 1
        assert len(room.turns._served) <= 2 * (REMEMBERED_S + 1)

    in_room(act, clock=lambda: now[0])


@given(
    asked=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("12"), st.booleans()), max_size=20),
    at_once=st.integers(1, 4),
    waiting=st.integers(0, 3),
)
def test_no_more_are_at_work_than_may_and_nobody_waits_for_an_empty_room(asked, at_once, waiting):
    async def act(room):
        for address, browser, leaves in asked:
            await room.ask(Client(address, browser))
            if leaves:
                room.ends[len(room.ends) // 2].set()
                await asyncio.sleep(0)
            assert room.turns.working <= at_once
            assert room.turns.in_line <= waiting
            await asyncio.sleep(0)
            assert room.turns.working or not room.turns.in_line

    in_room(act, at_once=at_once, waiting=waiting)


def test_refusals_are_no_errors_of_who_waits():
    async def act(room):
        with pytest.raises(BusyError):
            async with room.turns.place(A), room.turns.place(A):
                pass

    in_room(act, waiting=0)
