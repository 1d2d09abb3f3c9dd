import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.dexscreener_orders import DexScreenerOrders
from assets.sourcing.contract import Need, RefusedError, UnreadableError, UnsupportedError
from tests.assets.providers.answers import NOW, read
from tests.assets.providers.mutations import mutated

PROVIDER = DexScreenerOrders()
ADDRESS = "0x" + "aa" * 18 + "0001"
PAID = NOW - timedelta(days=3)


def ask(*identifiers):
    (request,) = PROVIDER.requests(Need(family="disclosure", identifiers=identifiers))
    return request


ASKED = ask(("coingecko", "aurelium"), ("address:base", ADDRESS))


def order(kind, status="approved", at=PAID):
    return {"type": kind, "status": status, "paymentTimestamp": int(at.timestamp() * 1_000)}


def boost(amount=10, at=PAID):
    return {"chainId": "base", "id": "b1", "amount": amount, "paymentTimestamp": int(at.timestamp() * 1_000)}


def row_of(body):
    (row,) = read(PROVIDER, ASKED, json.dumps(body).encode()).rows
    return row


def test_a_token_is_asked_about_on_its_chain():
    assert ASKED.path == f"/orders/v1/base/{ADDRESS}"
    with pytest.raises(UnsupportedError, match="contract on a chain is not known"):
        ask(("coingecko", "aurelium"))


@pytest.mark.parametrize(
    ("body", "profile", "takeover", "promotions"),
    [
        ({"orders": [], "boosts": []}, False, False, 0),
        ([], False, False, None),  # of boosts the older answer says nothing
        ([order("tokenProfile")], True, False, None),
        ([order("communityTakeover"), order("tokenAd")], False, True, 1),
        ({"orders": [order("tokenProfile", "rejected"), order("trendingBarAd", "on-hold")], "boosts": []}, *(
            False, False, 0,
        )),
        ({"orders": [order("trendingBarAd")], "boosts": [boost(), boost(50), boost(0)]}, False, False, 3),
        ({"orders": [order("tokenProfile")]}, True, False, None),
        ({"orders": ["broken"], "boosts": []}, None, None, None),
    ],
)  # fmt: skip
def test_what_was_paid_for(body, profile, takeover, promotions):
    row = row_of(body)
    assert (row.profile_paid, row.community_takeover, row.paid_promotions) == (profile, takeover, promotions)
    assert row.asset.identifiers == (("address:base", ADDRESS),)


def test_the_last_payment_is_none_of_the_future():
    later = NOW + timedelta(days=1)
    body = {"orders": [], "boosts": [boost(at=PAID - timedelta(days=9)), boost(), boost(at=later)]}
    assert row_of(body).promotion_paid_at == PAID
    assert row_of({"orders": [], "boosts": [boost(at=later)]}).promotion_paid_at is None


@pytest.mark.parametrize("body", [{"orders": None}, {"orders": [], "boosts": {}}, {}, "orders"])
def test_something_else_is_said_to_be(body):
    with pytest.raises(UnreadableError):
        read(PROVIDER, ASKED, json.dumps(body).encode())


def test_a_refusal_is_told():
    with pytest.raises(RefusedError, match="Too Many"):
        read(PROVIDER, ASKED, b'{"error": "Too Many Requests"}')


BODY = {"orders": [order("tokenProfile"), order("tokenAd")], "boosts": [boost(), boost(50)]}


@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(data):
    mutated(data, PROVIDER, ASKED, json.dumps(BODY).encode())
