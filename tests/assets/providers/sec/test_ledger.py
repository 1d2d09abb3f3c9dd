from datetime import date, timedelta
from decimal import Decimal

import pytest

from assets.providers.sec.concepts import Total, either
from assets.providers.sec.ledger import FiledFigure, Ledger, balance_of, flow_of

EVER = date.max
FIRST, SECOND, THIRD = date(2024, 2, 20), date(2025, 2, 20), date(2025, 11, 5)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def ledger(*values, tag="T"):
    book = Ledger()
    for start, end, value, filed in values:
        book.add(
            tag,
            (start and date.fromisoformat(start), date.fromisoformat(end)),
            value=Decimal(value),
            filed=filed,
        )
    return book


def test_the_last_filed_value_counts_since_it_was_told_first():
    book = ledger(
        ("2024-01-01", "2024-12-31", 5, SECOND),
        ("2024-01-01", "2024-12-31", 4, FIRST),
        ("2024-01-01", "2024-12-31", 5, THIRD),
    )
    assert book.known("T", YEAR, by=EVER) == FiledFigure(Decimal(5), SECOND)
    assert book.known("T", YEAR, by=SECOND) == FiledFigure(Decimal(4), FIRST)
    assert book.known("T", YEAR, by=FIRST) is None


def test_a_year_is_taken_as_it_is():
    book = ledger(("2024-01-01", "2024-12-31", 480, SECOND))
    assert book.flow("T", date(2024, 12, 31), by=EVER) == FiledFigure(Decimal(480), SECOND)


def test_twelve_months_are_the_last_year_and_this_one_so_far_without_the_same_part():
    book = ledger(
        ("2024-01-01", "2024-12-31", 480, SECOND),
        ("2024-01-01", "2024-09-30", 350, FIRST),
        ("2025-01-01", "2025-09-30", 420, THIRD),
        ("2025-07-01", "2025-09-30", 150, THIRD),
    )
    assert book.flow("T", date(2025, 9, 30), by=EVER) == FiledFigure(Decimal(550), THIRD)


def test_years_of_52_and_53_weeks_match():
    book = ledger(
        ("2023-10-01", "2024-09-28", 391, FIRST),
        ("2023-10-01", "2023-12-30", 119, FIRST),
        ("2024-09-29", "2024-12-28", 124, SECOND),
    )
    assert book.flow("T", date(2024, 12, 28), by=EVER).value == 396


@pytest.mark.parametrize("missing", range(3))
def test_without_one_of_the_parts_twelve_months_are_not_known(missing):
    parts = [
        ("2024-01-01", "2024-12-31", 480, SECOND),
        ("2024-01-01", "2024-09-30", 350, FIRST),
        ("2025-01-01", "2025-09-30", 420, THIRD),
    ]
    del parts[missing]
    assert ledger(*parts).flow("T", date(2025, 9, 30), by=EVER) is None


def quarters(count):
    end = date(2025, 9, 30)
    for number in range(count):
        start = (end - timedelta(days=80)).replace(day=1)
        yield start.isoformat(), end.isoformat(), 10 + number, SECOND
        end = start - timedelta(days=1)


def test_four_quarters_make_a_year_and_three_do_not():
    assert ledger(*quarters(4)).flow("T", date(2025, 9, 30), by=EVER).value == 10 + 11 + 12 + 13
    assert ledger(*quarters(3)).flow("T", date(2025, 9, 30), by=EVER) is None


def test_the_twelve_months_before_are_found_a_year_earlier():
    book = ledger(("2023-01-01", "2023-12-31", 400, FIRST), ("2024-01-01", "2024-12-31", 480, SECOND))
    assert book.flow_before("T", date(2024, 12, 31), by=EVER).value == 400
    assert book.flow_before("T", date(2023, 12, 31), by=EVER) is None


def test_growth_compares_the_same_tags():
    book = ledger(("2024-01-01", "2024-12-31", 480, SECOND), tag="New")
    book.add("Old", (date(2023, 1, 1), date(2023, 12, 31)), value=Decimal(400), filed=FIRST)
    now, before = flow_of(book, either("New", "Old"), date(2024, 12, 31), by=EVER)
    assert (now.value, before) == (480, None)


def test_the_first_tag_that_is_told_counts_and_what_is_told_beside_it_is_added():
    day = date(2024, 12, 31)
    book = ledger((None, "2024-12-31", 50, SECOND), tag="Cash")
    cash = (Total(("All",)), Total(("Cash",), also=(("Bills", "Notes"),)))
    assert balance_of(book, cash, day, by=EVER).value == 50
    book.add("Notes", (None, day), value=Decimal(7), filed=THIRD)
    assert balance_of(book, cash, day, by=EVER) == FiledFigure(Decimal(57), THIRD)
    book.add("All", (None, day), value=Decimal(60), filed=THIRD)
    assert balance_of(book, cash, day, by=EVER).value == 60
    assert balance_of(book, (Total(("Cash", "None")),), day, by=EVER) is None
