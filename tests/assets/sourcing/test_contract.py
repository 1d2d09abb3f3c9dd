import json

import pytest

from assets.sourcing.contract import (
    Need,
    Rate,
    RefusedError,
    Request,
    TransientError,
    UnreadableError,
    UnsupportedError,
)
from tests.assets.sourcing.vendor import ASKED, Vendor


def test_a_request_survives_the_database():
    request = Request(family="books", path="/a", params={"page": "2"}, context={"coin": "x"})
    posted = Request(family="books", path="/", body=[{"id": 1}])
    for each in (request, posted):
        assert Request.from_json(json.loads(json.dumps(each.to_json()))) == each


def test_the_key_of_a_request_is_the_call():
    same = Request(family="market", path="/coins", params={"page": "1"})
    other = Request(family="market", path="/coins", params={"page": "2"})
    posted = Request(family="market", path="/coins", params={"page": "1"}, body={"page": 1})
    assert same.key == ASKED.key != other.key
    assert len({same.key, other.key, posted.key}) == 3


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


class Careful(Vendor):
    """It walks the market, tells holders one by one, lists all at once, and knows assets by numbers."""

    families = ("market", "holders", "listing")
    per_asset = frozenset({"holders"})
    at_once = frozenset({"listing"})
    one_by_one = "coin by coin"
    known_by = "number"

    def known(self, family, identifiers):
        own = super().known(family, identifiers)
        if any(not value.isdecimal() for _namespace, value in own):
            raise ValueError("is not a number")
        return own

    def _requests(self, need, known):
        return tuple(Request(family=need.family, path=f"/{value}") for _namespace, value in known)


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="weather"), "Vendor has no weather; it has: market, holders, listing."),
        (Need(family="holders"), "Vendor gives holders coin by coin; name the assets."),
        (
            Need(family="listing", identifiers=(("vendor", "1"),)),
            "Vendor gives listing of all assets at once; ask without an asset.",
        ),
        (
            Need(family="holders", identifiers=(("other", "1"),)),
            "Vendor can't be asked about this asset: its number is not known.",
        ),
        (
            Need(family="holders", identifiers=()),
            "Vendor can't be asked about this asset: its number is not known.",
        ),
        (
            Need(family="market", identifiers=(("vendor", "x"),)),
            "Vendor can't be asked about this asset: its number is not a number.",
        ),
    ],
)
def test_what_can_not_be_asked_is_refused_before_the_provider_sees_it(need, says):
    with pytest.raises(UnsupportedError) as refusal:
        Careful().requests(need)
    assert str(refusal.value) == says


def test_a_provider_is_given_the_identifiers_that_it_knows():
    need = Need(family="holders", identifiers=(("other", "1"), ("vendor", "2"), ("vendor", "3")))
    assert [request.path for request in Careful().requests(need)] == ["/2", "/3"]
    assert Careful().requests(Need(family="market")) == ()


def test_who_has_terms_is_off_until_they_are_accepted():
    class Careless(Careful):
        terms = "https://vendor.example/terms"

    with pytest.raises(UnsupportedError, match=r"its terms .*example/terms.* ASSAY_VENDOR_TERMS=accepted"):
        Careless(key="secret").requests(Need(family="market"))
    assert Careless(accepted=True).requests(Need(family="market")) == ()
    assert (Careless(key="secret").is_set_up, Careless(accepted=True).is_set_up) == (False, True)


def test_who_answers_with_a_key_only_names_its_variable():
    class Keyed(Careful):
        needs_key = True

    with pytest.raises(UnsupportedError, match="Vendor answers with a key only; set ASSAY_VENDOR_KEY"):
        Keyed().requests(Need(family="market"))
    assert Keyed(key="secret").requests(Need(family="market")) == ()
