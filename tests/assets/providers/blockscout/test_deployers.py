import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.blockscout.deployers import MOST_LOOKED_AT, creation_call
from assets.providers.blockscout.provider import Blockscout
from assets.sourcing.contract import Need, UnreadableError
from tests.assets.providers.answers import payload, read
from tests.assets.providers.mutations import mutated

PROVIDER = Blockscout()
TOKEN = "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0001"
PERSON = "0xd1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1"
BEFORE = "0xbabababababababababababababababababababa"
HASH = "0x" + "11" * 32
CREATION, HISTORY = payload("blockscout", "transaction"), payload("blockscout", "history")
(ASKED,) = creation_call("base", TOKEN, HASH)
(OF_PERSON,) = read(PROVIDER, ASKED, CREATION).follow
(EARLIER,) = read(PROVIDER, OF_PERSON, HISTORY).follow


def history(**changes):
    return json.dumps(json.loads(HISTORY) | changes).encode()


def lines(change):
    told = json.loads(HISTORY)
    change(told["items"])
    return json.dumps(told).encode()


def test_the_contract_asks_for_its_creation():
    (request,) = PROVIDER.requests(Need(family="contract", identifiers=(("address:base", TOKEN),)))
    assert read(PROVIDER, request, payload("blockscout", "address")).follow == (ASKED,)
    assert ASKED.path == f"/8453/api/v2/transactions/{HASH}"
    assert creation_call("base", TOKEN, "") == creation_call("base", TOKEN, "0x12") == ()


def test_a_creation_tells_when_and_by_whom():
    parsed = read(PROVIDER, ASKED, CREATION)
    assert parsed.rows[0].deployed_at == datetime(2026, 2, 1, 8, tzinfo=UTC)
    assert parsed.rows[0].asset.identifiers == (("address:base", TOKEN),)
    assert OF_PERSON.path == f"/8453/api/v2/addresses/{PERSON}/transactions"
    assert OF_PERSON.params == {"filter": "from"}


def test_another_transaction_is_unreadable():
    with pytest.raises(UnreadableError, match="other than the transaction"):
        read(PROVIDER, ASKED, CREATION.replace(b"0x1111", b"0x2222"))


@pytest.mark.parametrize("timestamp", [None, "2026-04-01T00:00:00Z"])
def test_a_creation_without_a_moment_of_the_past_tells_nothing(timestamp):
    parsed = read(PROVIDER, ASKED, json.dumps(json.loads(CREATION) | {"timestamp": timestamp}).encode())
    assert (parsed.rows, parsed.follow) == ((), ())


def test_a_contract_made_before_is_looked_up():
    assert (EARLIER.path, EARLIER.context["count"]) == (f"/8453/api/v2/tokens/{BEFORE}", "1")


@pytest.mark.parametrize(
    ("body", "status", "count"),
    [(b'{"message": "Not found"}', 404, 1), (json.dumps({"address_hash": BEFORE.upper()}).encode(), 200, 2)],
)
def test_only_tokens_among_what_was_made_before_count(body, status, count):
    (row,) = read(PROVIDER, EARLIER, body.replace(b"0X", b"0x"), status_code=status).rows
    assert row.creator_earlier_tokens == count


def test_another_token_is_unreadable():
    with pytest.raises(UnreadableError, match="other than the token"):
        read(PROVIDER, EARLIER, json.dumps({"address_hash": TOKEN}).encode())


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (history(next_page_params={"index": 1}), "not all its transactions are on one page"),
        (history(items=[]), "not all its transactions"),
        (lines(lambda items: items[4].update(timestamp=None)), "not all its transactions"),
        (lines(lambda items: items.append("x")), "not all its transactions"),
        (lines(lambda items: items[4].update(method="deployMeme")), "called other factories"),
    ],
    ids=["more pages", "none", "undated", "no object", "another factory"],
)
def test_a_history_that_is_not_whole_says_nothing(body, says):
    parsed = read(PROVIDER, OF_PERSON, body)
    assert (parsed.rows, parsed.follow) == ((), ())
    assert any(says in remark for remark in parsed.remarks)


def test_who_made_nothing_before_is_a_beginner():
    (row,) = read(PROVIDER, OF_PERSON, lines(lambda items: items.__delitem__(slice(1, 4)))).rows
    assert row.creator_earlier_tokens == 0


def made(number):
    return {
        "hash": f"0x{number:064x}",
        "timestamp": "2026-01-01T00:00:00Z",
        "status": "ok",
        "created_contract": {"hash": f"0x{number:040x}"},
    }


@pytest.mark.parametrize(("tokens", "count"), [(MOST_LOOKED_AT, MOST_LOOKED_AT), (1, None)])
def test_of_many_contracts_some_are_looked_up(tokens, count):
    (request,) = read(PROVIDER, OF_PERSON, history(items=[made(each) for each in range(1, 9)])).follow
    for place in range(MOST_LOOKED_AT):
        body = json.dumps({"address_hash": request.context["address"]}).encode()
        parsed = read(PROVIDER, request, body, status_code=200 if place < tokens else 404)
        if parsed.follow:
            (request,) = parsed.follow
    assert [row.creator_earlier_tokens for row in parsed.rows] == ([] if count is None else [count])


@pytest.mark.parametrize(
    ("request_", "body"), [(ASKED, CREATION), (OF_PERSON, HISTORY)], ids=["creation", "history"]
)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(request_, body, data):
    mutated(data, PROVIDER, request_, body)
