import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.blockscout import transfers
from assets.providers.blockscout.provider import Blockscout
from assets.providers.blockscout.transfers import MOST_PAGES, transfers_call
from assets.sourcing.contract import Need, UnreadableError, UnsupportedError
from tests.assets.providers.answers import NOW, payload, read
from tests.assets.providers.mutations import mutated

PROVIDER = Blockscout()
TOKEN = "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0001"
FIRST = transfers_call("base", TOKEN)
BODY = payload("blockscout", "transfers")


def line(sender, *, days, transaction="", **changes):
    moment = (NOW - timedelta(days=days)).isoformat()
    address = f"0x{'d1' * 18}{sender:04x}" if sender else "0x" + "0" * 40
    told = {"from": {"hash": address}, "transaction_hash": transaction or f"0x{sender}{days}"}
    return told | {"timestamp": moment} | changes


def walk(*pages, last=True):
    """The rows and remarks of all pages, one after the other; after the last page there may be another."""
    request, found = FIRST, None
    for place, lines in enumerate(pages, 1):
        follows = None if last and place == len(pages) else {"index": place}
        found = read(PROVIDER, request, json.dumps({"items": lines, "next_page_params": follows}).encode())
        if not found.follow:
            break
        (request,) = found.follow
    return found.rows, found.remarks


def test_it_is_asked_of_one_chain():
    (request,) = PROVIDER.requests(Need(family="usage", identifiers=(("address:base", TOKEN),)))
    assert request == FIRST
    several = (("address:base", TOKEN), ("address:ethereum", TOKEN))
    with pytest.raises(UnsupportedError, match="who uses it on one of them is not who uses it"):
        PROVIDER.requests(Need(family="usage", identifiers=several))


def test_the_next_page_carries_what_was_found():
    (second,) = read(PROVIDER, FIRST, BODY).follow
    assert second.params == {"block_number": "7", "index": "1"}
    assert (second.context["page"], second.context["transactions"]) == ("2", "2")
    assert "d1d1" not in second.context["senders"]


def test_pages_back_to_the_first_transfer_cover_the_window():
    ((row,), _remarks) = walk([line(1, days=1), line(2, days=2)], [line(1, days=20), line(0, days=21)])
    assert (row.active_addresses_30d, row.transactions_30d) == (2, 4)
    assert row.active_addresses_least_30d is None
    assert row.transactions_prior_60d is None, "a token of three weeks has no two months before"
    assert row.as_of == NOW


def test_transfers_of_one_transaction_count_once_across_pages():
    same = "0x" + "7" * 64
    ((row,), _remarks) = walk(
        [line(1, days=1, transaction=same)], [line(2, days=1, transaction=same), line(1, days=2)]
    )
    assert (row.transactions_30d, row.active_addresses_30d) == (2, 2)


def test_pages_beyond_three_months_tell_the_time_before():
    lines = [line(1, days=1), line(2, days=40), line(3, days=89), line(4, days=91)]
    ((row,), _remarks) = walk(lines, last=False)
    assert (row.active_addresses_30d, row.transactions_30d, row.transactions_prior_60d) == (1, 1, 2)


def test_pages_that_do_not_reach_the_beginning_tell_the_least(monkeypatch):
    monkeypatch.setattr(transfers, "MOST_PAGES", 2)
    ((row,), remarks) = walk([line(1, days=1)], [line(2, days=2)], last=False)
    assert (row.active_addresses_30d, row.active_addresses_least_30d) == (None, 2)
    assert row.transactions_30d is None
    assert "2 pages of transfers don't cover 30 days: at least 2" in remarks[0]
    assert MOST_PAGES > 2


@pytest.mark.parametrize(
    "odd",
    [
        line(9, days=3, timestamp=None),
        line(9, days=3, **{"from": None}),
        line(9, days=0.5),
        "no transfer",
    ],
    ids=["undated", "by nobody", "out of order", "no object"],
)
def test_a_line_that_can_not_be_placed_leaves_the_window_open(odd):
    ((row,), _remarks) = walk([line(1, days=1), odd, line(2, days=5)])
    assert row.active_addresses_30d is None
    assert row.active_addresses_least_30d >= 2


def test_that_no_transfer_is_listed_is_not_that_there_was_none():
    rows, remarks = walk([])
    assert rows == ()
    assert "lists no transfer" in remarks[0]


def test_something_else_is_unreadable():
    with pytest.raises(UnreadableError, match="other than the transfers"):
        read(PROVIDER, FIRST, b'{"items": 5}')


@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(data):
    mutated(data, PROVIDER, FIRST, BODY)
    mutated(data, PROVIDER, read(PROVIDER, FIRST, BODY).follow[0], BODY)


SENT = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 120)), min_size=1, max_size=30)


@given(SENT, st.integers(1, 7))
def test_pages_of_any_length_say_the_same(sent, size):
    """Who sent in 30 days and how often, counted by itself."""
    ordered = sorted(sent, key=lambda each: each[1])
    lines = [
        line(sender, days=days, transaction=f"0x{place:064x}") for place, (sender, days) in enumerate(ordered)
    ]
    pages = [lines[at : at + size] for at in range(0, len(lines), size)]
    ((row,), _remarks) = walk(*pages)
    recent = [sender for sender, days in sent if days <= 30]
    assert row.active_addresses_30d == len({*recent} - {0})
    assert row.transactions_30d == len(recent)
    is_old = any(days > 90 for _sender, days in sent)
    assert row.transactions_prior_60d == (sum(30 < days <= 90 for _s, days in sent) if is_old else None)
