from decimal import Decimal

import pytest

from assets.providers.goplus.values import Values, address_of_key, fraction_of
from assets.sourcing.reading import RowReader


@pytest.mark.parametrize(
    ("value", "share"),
    [
        ("1", 1.0),
        ("0.05", 0.05),
        (0.05, 0.05),
        ("99%", 0.99),
        (" 0.1 % ", 0.001),
        ("1.000000000000022463", 1.0),
        ("", None),
        (None, None),
        ("%", None),
        ("1.5", None),
        ("150%", None),
        ("-1", None),
        ("much", None),
    ],
)
def test_a_share_in_all_its_writings(value, share):
    assert Values({"tax": value}, RowReader()).share("tax") == pytest.approx(share)


def test_what_is_no_share_is_remarked_and_what_is_empty_is_not():
    for value, remarks in (("150%", 1), ("much", 1), ("", 0), (None, 0)):
        reader = RowReader()
        Values({"tax": value}, reader).share("tax")
        assert len(reader.parsed([]).remarks) == remarks


def test_a_fraction_keeps_its_digits():
    assert fraction_of("12.5%") == Decimal("0.125")


@pytest.mark.parametrize(("flag", "said"), [({"status": "1"}, True), ("0", False), ({}, None), ("", None)])
def test_a_flag_may_stand_in_an_object(flag, said):
    assert Values({"closable": flag}, RowReader()).status("closable") is said


def test_what_is_no_list_lists_nothing():
    values = Values({"a": [{"x": 1}, 5], "b": {"x": 1}}, RowReader())
    assert (values.listed("a"), values.listed("b"), values.listed("c")) == ([{"x": 1}], [], [])


def test_a_key_that_is_no_address():
    assert address_of_key(["x"]) == ""
    assert address_of_key("0xABC") == "0xabc"
