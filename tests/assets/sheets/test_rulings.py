from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assets.metrics import families
from assets.sheets.rulings import Ruling, number_type, read_ruling
from assets.sourcing.contract import UnreadableError
from assets.sourcing.rows import AssetRef, HolderRow, SupplyRow

ASSET = AssetRef(kind="token", identifiers=(("coingecko", "worked"),))
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)


def written(family, field, value):
    return Ruling(family=family, field=field, value=Decimal(value), as_of=AS_OF, reason="Seen.").body


def test_a_ruling_is_read_as_it_was_written():
    body = written(families.SUPPLY, "circulating", "100.25")
    parsed = read_ruling(body, family=families.SUPPLY, asset=ASSET)
    assert parsed.rows == (SupplyRow(asset=ASSET, as_of=AS_OF, circulating=Decimal("100.25")),)
    body = written(families.HOLDERS, "holder_count", "12")
    assert read_ruling(body, family=families.HOLDERS, asset=ASSET).rows == (
        HolderRow(asset=ASSET, as_of=AS_OF, holder_count=12),
    )


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", written(families.SUPPLY, "uncapped", "1")])
def test_what_is_no_ruling_is_refused(body):
    with pytest.raises(UnreadableError):
        read_ruling(body, family=families.SUPPLY, asset=ASSET)


def test_only_numbers_of_one_row_an_asset_can_be_ruled():
    assert number_type(families.SUPPLY, "circulating") is Decimal
    assert number_type(families.HOLDERS, "top_ten_share") is float
    assert number_type(families.HOLDERS, "positions") is None
    assert number_type(families.POOLS, "reserve_usd") is None
