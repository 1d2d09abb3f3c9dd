import pytest

from assets.sourcing.contract import UnreadableError
from assets.sourcing.jsonapi import Document, attributes, related

RESOURCE = {
    "id": "eth_0x1",
    "attributes": {"name": "A"},
    "relationships": {"dex": {"data": {"id": "swap", "type": "dex"}}, "lost": {"data": None}},
}


def test_a_list_and_what_came_along():
    document = Document({"data": [RESOURCE], "included": [RESOURCE, {"id": 5}, "x"]}, of="Vendor")
    assert document.items == [RESOURCE]
    assert document.included == {"eth_0x1": {"name": "A"}}


def test_one_resource():
    assert Document({"data": RESOURCE}, of="Vendor").item == {"name": "A"}


@pytest.mark.parametrize("body", [None, [], "x", {}, {"data": None}, {"data": 5}])
def test_a_body_of_another_shape_is_unreadable(body):
    document = Document(body, of="Vendor")
    with pytest.raises(UnreadableError, match=r"^Vendor sent"):
        _ = document.items
    with pytest.raises(UnreadableError, match=r"^Vendor sent"):
        _ = document.item
    assert document.included == {}


def test_what_is_missing_is_empty():
    assert related(RESOURCE, "dex") == "swap"
    assert related(RESOURCE, "lost") == related(RESOURCE, "base_token") == related(None, "dex") == ""
    assert attributes({"attributes": None}) == attributes(5) == {}
