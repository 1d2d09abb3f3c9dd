from decimal import Decimal

import pytest

from assets.sheets.units import NO_UNIT, HeaderUnit, unit_of, unit_of_header, unit_of_title, units_of_line

K, M, B = (Decimal(10) ** power for power in (3, 6, 9))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("in thousands", HeaderUnit(K)),
        ("US$ 000s", HeaderUnit(K, "USD")),
        ("$'000", HeaderUnit(K, "USD")),
        ("$ in 000's", HeaderUnit(K, "USD")),
        ("x1000", HeaderUnit(K)),
        ("x 1,000", HeaderUnit(K)),
        ("thousands of U.S. dollars", HeaderUnit(K, "USD")),
        ("TUSD", HeaderUnit(K, "USD")),
        ("k", HeaderUnit(K)),
        ("USD mn", HeaderUnit(M, "USD")),
        ("USD, mn", HeaderUnit(M, "USD")),
        ("Mio. USD", HeaderUnit(M, "USD")),
        ("USDm", HeaderUnit(M, "USD")),
        ("$mn", HeaderUnit(M, "USD")),
        ("bn", HeaderUnit(B)),
        ("unaudited, in thousands", HeaderUnit(K)),
        ("EUR", HeaderUnit(None, "EUR")),
        ("TEUR", HeaderUnit(K, "EUR")),
        ("T€", HeaderUnit(K, "EUR")),
        ("C$ millions", HeaderUnit(M, "CAD")),
        ("RMB million", HeaderUnit(M, "CNY")),
        ("%", HeaderUnit(is_percent=True)),
        ("in %", HeaderUnit(is_percent=True)),
        ("per cent", HeaderUnit(is_percent=True)),
    ],
)
def test_units_as_headers_write_them(text, unit):
    assert unit_of(text) == unit_of(text.upper()) == unit
    assert unit_of_header(f"Revenue ({text})") == unit_of_header(f"Revenue [{text}]") == unit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "UTC",
        "audited",
        "1",
        "Note 3",
        "FY2025",
        "12 months",
        "T",
        "restated",
        "USD EUR",
        "kindly",
        "in use",
    ],
)
def test_other_words_are_no_unit(text):
    assert unit_of(text) == NO_UNIT
    assert not unit_of_header(f"Revenue ({text})")
    assert not unit_of_header("Millions of users")


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Balance sheet (in thousands of USD)", HeaderUnit(K, "USD")),
        ("(Amounts in thousands, except share data)", HeaderUnit(K)),
        ("USD millions", HeaderUnit(M, "USD")),
        ("Angaben in Tsd. USD", HeaderUnit(K, "USD")),
        ("Alle Angaben in EUR", HeaderUnit(None, "EUR")),
        ("Balance sheet, EUR", HeaderUnit(None, "EUR")),
        ("Example Corp - in millions", HeaderUnit(M)),
        ("Balance sheet", NO_UNIT),
        ("EURO index export", NO_UNIT),
        ("Company in focus", NO_UNIT),
        ("Assets in Germany", NO_UNIT),
        ("Export of 1000 rows", NO_UNIT),
        ("Generated 2026-11-27 by a vendor", NO_UNIT),
    ],
)
def test_units_in_a_line_above_the_header(title, unit):
    assert unit_of_title(title) == unit


def test_a_line_of_units_and_nothing_else():
    assert units_of_line(["USD k", None, "%"]) == [HeaderUnit(K, "USD"), NO_UNIT, HeaderUnit(is_percent=True)]
    assert units_of_line(["USD k", "a note"]) is None
    assert units_of_line(["USD k", 5]) is None
    assert units_of_line([None, None]) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("cents", HeaderUnit(Decimal("0.01"))),
        ("US cents", HeaderUnit(Decimal("0.01"))),
        ("¢", HeaderUnit(Decimal("0.01"))),
        ("pence", HeaderUnit(Decimal("0.01"), "GBP")),
    ],
)
def test_parts_of_a_currency(text, unit):
    assert unit_of(text) == unit
