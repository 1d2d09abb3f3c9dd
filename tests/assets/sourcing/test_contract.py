import json

from assets.sourcing.contract import Rate, RefusedError, Request, TransientError, UnreadableError
from tests.assets.sourcing.vendor import ASKED, Vendor


def test_a_request_survives_the_database():
    request = Request(family="books", path="/a", params={"page": "2"}, context={"coin": "x"})
    assert Request.from_json(json.loads(json.dumps(request.to_json()))) == request


def test_the_key_of_a_request_is_the_call():
    same = Request(family="market", path="/coins", params={"page": "1"})
    other = Request(family="market", path="/coins", params={"page": "2"})
    assert same.key == ASKED.key != other.key


def test_the_key_does_not_depend_on_the_order_of_parameters():
    one = Request(family="market", path="/", params={"a": "1", "b": "2"})
    two = Request(family="market", path="/", params={"b": "2", "a": "1"})
    assert one.key == two.key


def test_only_transient_errors_are_worth_another_try():
    assert not TransientError("").permanent
    assert RefusedError("").permanent
    assert UnreadableError("").permanent


def test_a_provider_has_defaults_that_can_be_replaced():
    assert Vendor().base_url == "https://api.vendor.example/v1"
    other = Vendor(base_url="http://localhost/x/", key="k", rate=Rate(calls=2, per_s=3))
    assert other.base_url == "http://localhost/x"
    assert other.rate.calls == 2
    assert Vendor.rate.calls == 1000


def test_only_200_is_an_answer_unless_a_provider_says_otherwise():
    assert Vendor().accepts(ASKED, 200)
    assert not Vendor().accepts(ASKED, 404)
