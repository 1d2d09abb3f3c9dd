import pytest

from assets.providers.blockscout.holders import positions_in
from assets.sourcing.reading import RowReader


def holder(number, value, **about):
    return {"address": {"hash": f"0x{'c5' * 18}{number:04x}", "is_contract": False} | about, "value": value}


def read(*items, supply=100):
    reader = RowReader()
    return positions_in(items, supply=supply, decimals=0, chain="base", reader=reader), reader.parsed(
        []
    ).remarks


def test_shares_are_of_the_supply():
    positions, _remarks = read(holder(1, "60"), holder(2, "30"), holder(3, "0"))
    assert [(each.share, each.holder_type) for each in positions] == [(0.6, "wallet"), (0.3, "wallet")]


@pytest.mark.parametrize("unread", [holder(2, "x"), holder(2, "101"), "x", {}])
def test_the_list_ends_with_who_can_not_be_read(unread):
    positions, remarks = read(holder(1, "60"), unread, holder(3, "30"))
    assert [each.share for each in positions] == [0.6]
    assert remarks
