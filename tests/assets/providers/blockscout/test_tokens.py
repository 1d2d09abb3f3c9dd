from decimal import Decimal

import pytest

from assets.providers.blockscout.tokens import amount_in, decimals_of, units_of


@pytest.mark.parametrize(("value", "units"), [("5", 5), ("", None), (None, None), ("9" * 78, int("9" * 78))])
def test_amounts_are_whole_numbers_of_any_length(value, units):
    assert units_of(value) == units


@pytest.mark.parametrize("value", ["-1", "1.5", 5, "٣", "9" * 79])
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(ValueError, match="is"):
        units_of(value)


def test_decimals_have_an_end():
    assert decimals_of("18") == 18
    with pytest.raises(ValueError, match="is not a number of decimals"):
        decimals_of("256")


@pytest.mark.parametrize(
    ("units", "decimals", "amount"),
    [(15 * 10**17, 18, Decimal("1.5")), (None, 18, None), (5, None, None), (10**77, 0, None)],
)
def test_whole_tokens(units, decimals, amount):
    assert amount_in(units, decimals) == amount
