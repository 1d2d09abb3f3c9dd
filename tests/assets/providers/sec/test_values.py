from datetime import date
from decimal import Decimal

import pytest

from assets.providers.sec.values import currencies, filed_values
from assets.sourcing.reading import RowReader

TODAY = date(2026, 3, 1)
SOUND = {
    "start": "2025-01-01",
    "end": "2025-12-31",
    "val": 5,
    "accn": "0001999001-26-000002",
    "form": "10-K",
    "filed": "2026-02-20",
}


def read(*items, is_amount=True, unit="USD"):
    reader = RowReader()
    facts = {"us-gaap": {"Assets": {"label": None, "units": {unit: list(items)}}}}
    values = list(filed_values(facts, "us-gaap", "Assets", "USD", reader, today=TODAY, is_amount=is_amount))
    return values, reader.parsed([])


def test_a_value_has_a_period_and_a_filing():
    (value,), parsed = read(SOUND)
    assert (value.value, value.span) == (Decimal(5), (date(2025, 1, 1), date(2025, 12, 31)))
    assert (value.day, value.form, value.accession) == (date(2026, 2, 20), "10-K", SOUND["accn"])
    assert parsed.remarks == ()


def test_values_come_in_the_order_of_filing():
    values, _parsed = read(SOUND, SOUND | {"filed": "2026-01-20"})
    assert [each.day.month for each in values] == [1, 2]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"val": "x"}, "is not a number"),
        ({"val": None}, "is not given"),
        ({"val": 10**31}, "is absurdly large"),
        ({"end": "2025-02-30"}, "is not a day"),
        ({"end": None}, "is not given"),
        ({"filed": ""}, "is not given"),
        ({"start": "2026-01-01"}, "ends before it starts"),
        ({"accn": 5}, "is not an accession number"),
        ({"form": 5}, "is not a text"),
    ],
)
def test_a_broken_value_is_left_out_and_the_others_land(change, complaint):
    values, parsed = read(SOUND, SOUND | change)
    assert (len(values), parsed.rejected) == (1, 1)
    assert complaint in parsed.remarks[0]


def test_an_amount_below_zero_is_left_out_and_says_nothing_of_the_body():
    values, parsed = read(SOUND, SOUND | {"val": -1})
    assert (len(values), parsed.rejected) == (1, 0)
    assert parsed.remarks == ("Assets: amounts below zero are left out: 1.",)


def test_a_signed_figure_may_be_negative():
    assert read(SOUND | {"val": -1}, is_amount=False)[0][0].value == -1


@pytest.mark.parametrize("change", [{"filed": "2026-03-02"}, {"end": "2026-06-30"}])
def test_what_lies_ahead_is_not_known_yet(change):
    values, parsed = read(SOUND | change)
    assert values == []
    assert parsed.remarks == ("Assets: values of days to come are left out: 1.",)


@pytest.mark.parametrize("facts", [{}, {"us-gaap": None}, {"us-gaap": {"Assets": {"units": {"USD": 5}}}}])
def test_a_tag_that_is_not_told_has_no_values(facts):
    reader = RowReader()
    assert list(filed_values(facts, "us-gaap", "Assets", "USD", reader, today=TODAY, is_amount=True)) == []


def test_other_units_are_other_currencies():
    facts = {"ifrs-full": {"Assets": {"units": {"EUR": [], "EUR/shares": []}}}}
    assert currencies(facts, "ifrs-full", "Assets") == {"EUR"}
    assert read(SOUND, unit="EUR")[0] == []
