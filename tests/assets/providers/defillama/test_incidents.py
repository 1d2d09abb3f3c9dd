import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.defillama.incidents import MOST
from assets.providers.defillama.provider import DefiLlama
from assets.sourcing.contract import Need, UnreadableError
from tests.assets.providers.answers import payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = DefiLlama(key="secret")
WALK = PROVIDER.requests(Need(family="usage"))[0]
ASKED = {
    request.context["events"]: request
    for request in read(PROVIDER, WALK, payload("defillama", "protocols")).follow
    if "events" in request.context
}


def rows(kind, body):
    return read(PROVIDER, ASKED[kind], json.dumps(body).encode()).rows


def test_events_are_asked_for_with_a_key():
    assert {kind: request.path for kind, request in ASKED.items()} == {
        "hacks": "/api/hacks",
        "raises": "/api/raises",
    }
    free = DefiLlama()
    (walk,) = free.requests(Need(family="usage"))
    followed = read(free, walk, payload("defillama", "protocols")).follow
    assert not [each for each in followed if "events" in each.context]


def test_hacks_are_those_of_the_protocols_of_a_token_and_of_their_parent():
    (row,) = read(PROVIDER, ASKED["hacks"], payload("defillama", "hacks")).rows
    assert row.asset.identifiers[0] == ("coingecko", "aurelium")
    assert row.hacks == (
        {"happened_on": "2024-07-15"},
        {
            "happened_on": "2024-03-22",
            "amount_usd": "4800000",
            "kind": "Infinite Mint and Dump",
            "source_url": "https://news.example/aurelium",
        },
    )


def test_raises_are_told_in_millions():
    (row,) = read(PROVIDER, ASKED["raises"], payload("defillama", "raises")).rows
    assert [(each["happened_on"], each["amount_usd"], each["kind"]) for each in row.raises] == [
        ("2025-02-26", "16000000", "Strategic"),
        ("2021-12-26", "1500000.0", "Seed"),
    ]


def test_events_of_nobody_we_know_make_no_row():
    parsed = read(PROVIDER, ASKED["hacks"], b'[{"defillamaId": "4711", "amount": 1}, {"amount": 2}, null, 5]')
    assert not parsed.rows
    assert "left out: 4" in str(parsed.remarks[0])
    assert rows("hacks", []) == ()


def test_only_the_newest_are_kept():
    events = [{"defillamaId": "11", "date": 1_600_000_000 + day * 86_400} for day in range(MOST + 5)]
    (row,) = rows("hacks", events)
    days = [each["happened_on"] for each in row.hacks]
    assert (len(days), days) == (MOST, sorted(days, reverse=True))


@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize("body", [5, None, {"raises": 5}, {}])
def test_a_body_of_another_shape_is_unreadable(kind, body):
    with pytest.raises(UnreadableError, match="list of hacks and raises"):
        rows(kind, body)


@pytest.mark.parametrize("kind", ASKED)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(kind, data):
    mutated(data, PROVIDER, ASKED[kind], payload("defillama", kind))


@pytest.mark.shared
@pytest.mark.parametrize("kind", ASKED)
def test_the_examples_of_the_documentation_can_be_read(kind):
    parsed = read(PROVIDER, ASKED[kind], recorded(f"defillama/docs_examples/{kind}.json"))
    assert "left out: 1" in str(parsed.remarks[0])  # of protocols that the invented list doesn't have
