from assets.sheets.columns import SUPPLY
from assets.sheets.schema import IDENTITY, as_of


def test_a_sheet_knows_its_columns_by_name():
    assert SUPPLY.required == ("as_of",)
    assert SUPPLY.by_name["total"].name == "total"


def test_identity_is_never_required_of_one_column():
    assert not any(column.required for column in IDENTITY)


def test_a_date_of_facts_is_of_the_past():
    assert as_of(required=True).past
    assert as_of(required=True).help != as_of(required=False).help
